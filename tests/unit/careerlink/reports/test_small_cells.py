"""Small cells: what is shown of one total never tells how few are in a hidden cell."""

from hypothesis import given
from hypothesis import strategies as st

from careerlink.reports import small_cells

CELLS = st.lists(st.integers(0, 40), min_size=1, max_size=6)


def test_a_small_cell_takes_the_next_smallest_with_it() -> None:
    assert small_cells.shown([12, 3, 7, 0]) == [12, None, None, 0]
    assert small_cells.shown([12, 5, 0]) == [12, 5, 0]
    assert small_cells.shown([12, 1]) == [None, None]


def test_of_few_people_nothing_is_shown() -> None:
    assert small_cells.shown([1, 2, 0]) == [None, None, None]
    assert small_cells.total_shown([1, 2, 0]) is None
    assert small_cells.shown([0, 0]) == [0, 0]


@given(CELLS)
def test_what_is_hidden_covers_enough_people_and_is_never_alone(cells: list[int]) -> None:
    shown = small_cells.shown(cells)

    hidden = [count for count, seen in zip(cells, shown, strict=True) if seen is None]
    assert all(seen is None or seen == count for count, seen in zip(cells, shown, strict=True))
    assert not any(0 < seen < small_cells.LEAST for seen in shown if seen is not None)
    if hidden and sum(cells) >= small_cells.LEAST:
        assert sum(hidden) >= small_cells.LEAST
        assert len(hidden) > 1 or len(cells) == 1
