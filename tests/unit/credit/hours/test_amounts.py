"""Hours as people write them, exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerlink.errors import InvalidInput
from credit.hours.amounts import DAY, parse_minutes, written


@given(st.integers(1, DAY // 15).map(lambda quarters: quarters * 15))
def test_what_is_written_is_read_back(minutes: int) -> None:
    assert parse_minutes(written(minutes)) == minutes
    assert parse_minutes(written(minutes).replace(".", ",")) == minutes
    assert parse_minutes(f"{minutes // 60}:{minutes % 60:02}") == minutes


@pytest.mark.parametrize(
    "text", ["", "x", "1:60", "1:5", "1.", ".5", "½", "1 5", "0x10", "nan"]
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_minutes(text)
