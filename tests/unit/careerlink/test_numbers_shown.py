"""A number that a page carried along comes back as it was, or as nothing at all."""

import pytest

from careerlink.web.forms import as_number


@pytest.mark.parametrize(
    "sent", ["", None, "x", "-1", "1.5", "\u00b2", "\u0663", "9" * 10, "9" * 5000]
)
def test_whatever_else_somebody_sends_is_no_number(sent: str | None) -> None:
    assert as_number(sent, None) is None


def test_a_number_of_ours_comes_back() -> None:
    assert (as_number("0", -1), as_number("12", -1), as_number(7, -1)) == (0, 12, 7)
