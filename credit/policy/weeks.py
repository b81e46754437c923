"""How a weekly limit is shared out among projects: as much counts as can count at all.

By the order of the days alone, hours that count for nothing anyhow (not confirmed, over the
plan) would use up the week of those that do, and fewer hours could earn more. So the limit is
a flow from projects through weeks, and its maximum counts (Edmonds and Karp, 1972).
"""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date

Node = tuple[str, object]
SOURCE: Node = ("source", None)
SINK: Node = ("sink", None)


def shared_out(
    limits: Sequence[int], worked: Sequence[Mapping[date, int]], most: int
) -> list[int]:
    """What counts of each project: ``limits`` without the weekly one, ``worked`` by week."""
    room: dict[Node, dict[Node, int]] = {SOURCE: {}, SINK: {}}

    def join(one: Node, other: Node, capacity: int) -> None:
        room.setdefault(one, {})[other] = capacity
        room.setdefault(other, {})[one] = 0

    for number, limit in enumerate(limits):
        join(SOURCE, ("project", number), limit)
        for week, minutes in sorted(worked[number].items()):
            join(("project", number), ("week", week), minutes)
            if ("week", week) not in room or SINK not in room["week", week]:
                join(("week", week), SINK, most)
    while (path := _path(room)) is not None:
        taken = min(room[one][other] for one, other in path)
        for one, other in path:
            room[one][other] -= taken
            room[other][one] += taken
    return [room["project", number][SOURCE] for number in range(len(limits))]


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
