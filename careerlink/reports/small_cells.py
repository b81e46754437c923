"""Figures about few people, hidden from readers who may not see the people themselves."""

from collections.abc import Sequence

LEAST = 5
"""Fewer than five in a cell is hidden. FERPA names no number: 34 CFR 99.31(b)(1) asks that
nobody can be identified by what is left, and campuses choose one; five fits small classes."""


def shown(cells: Sequence[int], *, least: int = LEAST) -> list[int | None]:
    """The cells of one total; ``None`` where one is hidden.

    A total is often known elsewhere, so one hidden cell is never alone: the smallest of the
    others goes with it until what is hidden covers at least ``least`` people.
    """
    total = sum(cells)
    if 0 < total < least:
        return [None for _ in cells]
    hidden = {at for at, count in enumerate(cells) if 0 < count < least}
    while hidden and (len(hidden) < 2 or sum(cells[at] for at in hidden) < least):
        rest = [at for at, count in enumerate(cells) if at not in hidden and count]
        if not rest:
            return [None for _ in cells]
        hidden.add(min(rest, key=lambda at: cells[at]))
    return [None if at in hidden else count for at, count in enumerate(cells)]


def total_shown(cells: Sequence[int], *, least: int = LEAST) -> int | None:
    total = sum(cells)
    return None if 0 < total < least else total


def words(count: int | None, *, least: int = LEAST) -> str:
    return f"fewer than {least}" if count is None else str(count)
