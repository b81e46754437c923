"""What platforms say of their columns."""

from typing import Any

import pytest

from lti.line_items import FULL_MAXIMUM, maximum_of


@pytest.mark.parametrize(
    ("told", "thousandths"),
    [
        (12.5, 12_500),
        (2_000_000, 2_000_000_000),
        (2_000_001, FULL_MAXIMUM),
        (0.0001, FULL_MAXIMUM),
        (0, FULL_MAXIMUM),
        (-1, FULL_MAXIMUM),
        (float("inf"), FULL_MAXIMUM),
        (float("nan"), FULL_MAXIMUM),
        (True, FULL_MAXIMUM),
        ("100", FULL_MAXIMUM),
        (None, FULL_MAXIMUM),
    ],
)
def test_a_maximum_that_no_column_can_keep_is_the_usual_one(
    told: Any, thousandths: int
) -> None:
    assert maximum_of({"scoreMaximum": told}) == thousandths
