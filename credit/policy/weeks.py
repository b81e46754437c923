"""How a weekly limit is shared out among projects: as much counts as can count at all.

By the order of the days alone, hours that count for nothing anyhow (not confirmed, over the
plan) would use up the week of those that do, and fewer hours could earn more. So the limit is
a flow from projects through weeks, and its maximum counts (Edmonds and Karp, 1972).
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from datetime import date

Node = tuple[str, object]
SOURCE: Node = ("source", None)
SINK: Node = ("sink", None)


def shared_out(
    limits: Sequence[int],
    worked: Sequence[Mapping[date, int]],
    most: int,
    *,
    first: Collection[int] = (),
) -> list[int]:
    """What counts of each project: ``limits`` without the weekly one, ``worked`` by week.

    Nothing that the others worked lessens the share of those that go ``first``.
    """
    room: dict[Node, dict[Node, int]] = {SOURCE: {}, SINK: {}}

    def join(one: Node, other: Node, capacity: int) -> None:
        room.setdefault(one, {})[other] = capacity
        room.setdefault(other, {})[one] = 0

    for number, weeks in enumerate(worked):
        for week, minutes in sorted(weeks.items()):
            join(("project", number), ("week", week), minutes)
            if SINK not in room["week", week]:
                join(("week", week), SINK, most)
    everybody = range(len(limits))
    for group in (first, [number for number in everybody if number not in first]):
        for number in group:
            join(SOURCE, ("project", number), limits[number])
        _fill(room)
    return [room["project", number][SOURCE] for number in everybody]


def _fill(room: dict[Node, dict[Node, int]]) -> None:
    """Until nothing more fits; what already came from the source stays."""
    while (path := _path(room)) is not None:
        taken = min(room[one][other] for one, other in path)
        for one, other in path:
            room[one][other] -= taken
            room[other][one] += taken


def _path(room: Mapping[Node, Mapping[Node, int]]) -> list[tuple[Node, Node]] | None:
    """The shortest one on which something is left, as its steps."""
    came: dict[Node, Node] = {}
    waiting = deque([SOURCE])
    while waiting:
        here = waiting.popleft()
        for there, left in room[here].items():
            if left > 0 and there != SOURCE and there not in came:
                came[there] = here
                waiting.append(there)
        if SINK in came:
            break
    if SINK not in came:
        return None
    path, here = [], SINK
    while here != SOURCE:
        path.append((came[here], here))
        here = came[here]
    return path
