"""Levels of the academic work in words, and the form that gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from careerlink.web.forms import as_number
from credit.academic_work.models import AcademicAssessment
from credit.policy.parameters import Parameters, RubricLine

FIELD = "level-"
TOO_LITTLE = "none"


@dataclass(frozen=True)
class Shown:
    """One assessment in words."""

    lines: Sequence[tuple[str, str]]
    """Title and level; the level is empty where there was too little to say."""
    comment: str
    by: str
    at: datetime
    number: int


def shown(one: AcademicAssessment) -> Shown:
    rubric = Parameters.model_validate(one.policy_version.parameters).rubric
    given = {level.line: level.level for level in one.levels}
    name = one.assessed_by.label
    return Shown(
        lines=[
            (line.title, _words(line, given[line.key])) for line in rubric if line.key in given
        ],
        comment=(one.comment.text or "") if one.comment is not None else "",
        by=f"{name} for {one.acting_for.label}" if one.acting_for else name,
        at=one.assessed_at,
        number=one.number,
    )


def standing_at(
    found: Sequence[AcademicAssessment], moment: datetime
) -> AcademicAssessment | None:
    """The one that stood when the decision was made; ``found`` has the latest first."""
    return next((one for one in found if one.assessed_at <= moment), None)


def typed(sent: Mapping[str, str]) -> dict[str, int | None]:
    """What the form says, by line; whatever is no answer of it is left out."""
    found: dict[str, int | None] = {}
    for name, value in sent.items():
        if name.startswith(FIELD):
            number = as_number(value, None)
            if number is not None or value == TOO_LITTLE:
                found[name.removeprefix(FIELD)] = number
    return found


def errors(missing: Sequence[RubricLine]) -> list[tuple[str, str]]:
    """For the summary: the first choice of each line, and what to do."""
    return [
        (f"{FIELD}{line.key}-0", f"{line.title}: choose a level, or “Too little to say”.")
        for line in missing
    ]


def chosen(one: AcademicAssessment | None) -> dict[str, int | None]:
    return {level.line: level.level for level in one.levels} if one is not None else {}


def _words(line: RubricLine, level: int | None) -> str:
    return line.levels[level] if level is not None and level < len(line.levels) else ""
