"""Where a student's own view and the supervisor's differ, in words. Free of the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from credit.competencies import levels

STEPS = {1: "one level", 2: "two levels", 3: "three levels"}


@dataclass(frozen=True)
class Rated:
    """What one side said; ``level`` is ``None`` for "did not see this", never a low level."""

    level: int | None

    @property
    def words(self) -> str:
        return levels.words(self.level)


@dataclass(frozen=True)
class Gap:
    """One objective by both sides; ``None`` where a side has not said, or may not be read."""

    label: str
    own: Rated | None
    supervisor: Rated | None

    @property
    def difference(self) -> int | None:
        """Levels that the supervisor is above the student; ``None`` where nothing compares."""
        if self.own is None or self.supervisor is None:
            return None
        if self.own.level is None or self.supervisor.level is None:
            return None
        return self.supervisor.level - self.own.level

    @property
    def words(self) -> str:
        if self.own is None or self.supervisor is None:
            return "Not compared yet."
        if self.own.level is None and self.supervisor.level is None:
            return "Nobody saw this: not enough evidence."
        if self.supervisor.level is None:
            return "The supervisor did not see this."
        if self.own.level is None:
            return "Only the supervisor saw this."
        if not self.difference:
            return "Both see it the same way."
        where = "higher" if self.difference > 0 else "lower"
        return f"The supervisor sees it {STEPS[abs(self.difference)]} {where}."


def message(gaps: Sequence[Gap], *, is_own: bool = False) -> str:
    """The title of the chart; empty while nothing can be compared."""
    differences = [gap.difference for gap in gaps if gap.difference is not None]
    if not differences:
        return ""
    same, higher = differences.count(0), sum(one > 0 for one in differences)
    lower = len(differences) - same - higher
    if same == len(differences):
        return f"Both see all {same} the same way" if same > 1 else "Both see it the same way"
    parts = [
        f"{number} {word}" for number, word in ((higher, "higher"), (lower, "lower")) if number
    ]
    whom = "you do" if is_own else "the student does"
    return f"Of {len(differences)}, the supervisor rates {' and '.join(parts)} than {whom}"
