"""One outcome with what each side said of it, as figures. Free of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from careerlink.reports import small_cells
from credit.competencies import levels
from credit.evidence.judging import VERDICT_WORDS

UNSEEN = "unseen"
RATED_CELLS = {
    **{str(level): name for level, name in levels.LEVELS.items()},
    UNSEEN: levels.NOT_OBSERVED,
}
JUDGED_CELLS = {verdict.value: name for verdict, name in VERDICT_WORDS.items()}
NO_EVIDENCE = "not_enough_evidence"


class Side(StrEnum):
    SUPERVISOR = "supervisor"
    STUDENT = "student"
    INSTRUCTOR = "instructor"


SIDE_WORDS = {
    Side.SUPERVISOR: "Supervisors",
    Side.STUDENT: "Students themselves",
    Side.INSTRUCTOR: "Instructor",
}


@dataclass(frozen=True)
class Spread:
    """How many students got which answer from one side."""

    counts: Mapping[str, int] = field(default_factory=dict)
    late: int = 0
    """Of them, said after the decision on credit."""
    partial: int = 0
    """Of them, by somebody who answered for some of the project's dates."""
    side: Side = Side.SUPERVISOR

    @property
    def cells(self) -> Mapping[str, str]:
        return JUDGED_CELLS if self.side == Side.INSTRUCTOR else RATED_CELLS

    @property
    def apart(self) -> str:
        """The answer that says nothing of the student: counted apart, never as a low one."""
        return NO_EVIDENCE if self.side == Side.INSTRUCTOR else UNSEEN

    @property
    def assessed(self) -> int:
        return sum(count for key, count in self.counts.items() if key != self.apart)

    @property
    def reached(self) -> int:
        """On their own or better; met, where an instructor judged."""
        wanted = ("met",) if self.side == Side.INSTRUCTOR else ("3", "4")
        return sum(self.counts.get(key, 0) for key in wanted)

    def count(self, key: str) -> int:
        return self.counts.get(key, 0)

    def shown(self, *, hides: bool) -> list[tuple[str, str, int | None]]:
        """Key, words and figure of each cell; the figure is ``None`` where it is hidden."""
        levels_only = [key for key in self.cells if key != self.apart]
        figures: dict[str, int | None] = {key: self.count(key) for key in self.cells}
        if hides:
            rated = small_cells.shown([self.count(key) for key in levels_only])
            apart = small_cells.total_shown([self.count(self.apart)])
            figures = {**dict(zip(levels_only, rated, strict=True)), self.apart: apart}
        return [(key, name, figures[key]) for key, name in self.cells.items()]

    def assessed_shown(self, *, hides: bool) -> int | None:
        return small_cells.total_shown([self.assessed]) if hides else self.assessed


@dataclass(frozen=True)
class Line:
    key: str
    """In addresses: ``c4-9`` a competency in one wording, ``o3`` an objective, or ``own``."""
    label: str
    code: str = ""
    note: str = ""
    uri: str = ""
    group: str = ""
    """The framework's name, or whose objectives they are."""
    competency_id: int | None = None
    objective_id: int | None = None
    spreads: Mapping[Side, Spread] = field(default_factory=dict)

    @property
    def is_judged(self) -> bool:
        return Side.INSTRUCTOR in self.spreads

    @property
    def has_ratings(self) -> bool:
        return bool({Side.SUPERVISOR, Side.STUDENT} & set(self.spreads))

    def spread(self, side: Side) -> Spread:
        return self.spreads.get(side) or Spread(side=side)


OWN = "own"


def key_of(competency_id: int | None, wording_id: int | None, objective_id: int | None) -> str:
    if competency_id is not None:
        return f"c{competency_id}-{wording_id or 0}"
    return f"o{objective_id}" if objective_id is not None else OWN


def message(lines: list[Line]) -> str:
    """The title of the chart: the outcome that most students reached by their supervisors."""
    best = max(
        lines,
        key=lambda line: (line.spread(Side.SUPERVISOR).reached, line.label),
        default=None,
    )
    if best is None or not best.spread(Side.SUPERVISOR).assessed:
        return ""
    said = best.spread(Side.SUPERVISOR)
    return (
        f"{said.reached} of {said.assessed} students work on their own or better in "
        f"“{best.label}”"
    )
