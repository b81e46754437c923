"""Credits as people type them."""

import pytest

from careerlink.errors import InvalidInput
from credit.cases.forms import thousandths


def test_a_figure_is_kept_to_the_thousandth() -> None:
    written = ("1", "0.333", "1,5", " 0.5000 ", "")
    assert [thousandths(text) for text in written] == [1000, 333, 1500, 500, None]


@pytest.mark.parametrize("text", ["0.3333", "0.00000001", "1_5", "1e3", "-1", "NaN", "1.5.5"])
def test_nothing_is_cut_off_and_nothing_guessed(text: str) -> None:
    with pytest.raises(InvalidInput, match="as a number"):
        thousandths(text)
