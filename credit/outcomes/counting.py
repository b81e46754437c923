"""From standing answers to lines: a fixed number of queries, whatever the term's size."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Objective
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.competencies.models import Competency, CompetencyFramework, CompetencyWording
from credit.outcomes import answers, scope
from credit.outcomes.lines import OWN, UNSEEN, Line, Side, Spread, key_of
from credit.outcomes.scope import Scope

OBJECTIVES = "Objectives of the course"
OWN_OBJECTIVES = "Students’ own objectives"


@dataclass(frozen=True)
class Counted:
    students: int
    """With a project in this scope, once a course."""
    assessed: int
    """Of them, those of whom a supervisor answered anything."""
    competencies: list[Line]
    objectives: list[Line]

    @property
    def charted(self) -> list[Line]:
        """One kind of outcome, so that the marks compare: competencies where there are any."""
        lines = self.competencies or self.objectives
        return [line for line in lines if line.spread(Side.SUPERVISOR).assessed]

    @property
    def lines(self) -> list[Line]:
        return [*self.competencies, *self.objectives]


Found = dict[str, dict[Side, Spread]]


def count(session: Session, actor: Actor, wanted: Scope) -> Counted:
    ids = scope.placements_in(actor, wanted)
    found = _ratings(session, ids, wanted.framework_id)
    if wanted.framework_id is None:
        for key, spread in _verdicts(session, ids).items():
            found[key][Side.INSTRUCTOR] = spread
    students, assessed = _students(session, ids)
    return Counted(
        students, assessed, _competency_lines(session, found), _objective_lines(session, found)
    )


def _students(session: Session, ids: Select[Any]) -> tuple[int, int]:
    in_scope = select(Placement.person_id, Placement.course_id).where(Placement.id.in_(ids))
    everybody = in_scope.distinct().subquery()
    stands = answers.standing_ratings(ids)
    rated = (
        select(stands.c.person_id, stands.c.course_id)
        .where(stands.c.side == Side.SUPERVISOR.value)
        .distinct()
        .subquery()
    )
    one = select(
        select(func.count()).select_from(everybody).scalar_subquery(),
        select(func.count()).select_from(rated).scalar_subquery(),
    )
    students, assessed = session.execute(one).one()
    return int(students), int(assessed)


def _ratings(session: Session, ids: Select[Any], framework_id: int | None) -> Found:
    stands = answers.standing_ratings(ids, framework_id)
    which = (stands.c.side, stands.c.competency_id, stands.c.wording_id, stands.c.objective_id)
    rows = session.execute(
        select(
            *which,
            stands.c.level,
            func.count(),
            func.sum(case((stands.c.is_addendum, 1), else_=0)),
            func.sum(case((stands.c.is_partial, 1), else_=0)),
        ).group_by(*which, stands.c.level)
    )
    found: Found = defaultdict(dict)
    for side, competency_id, wording_id, objective_id, level, number, late, partial in rows:
        whose = Side(side)
        sides = found[key_of(competency_id, wording_id, objective_id)]
        before = sides.get(whose) or Spread(side=whose)
        cell = UNSEEN if level is None else str(level)
        sides[whose] = replace(
            before,
            counts={**before.counts, cell: before.count(cell) + int(number)},
            late=before.late + int(late),
            partial=before.partial + int(partial),
        )
    return found


def _verdicts(session: Session, ids: Select[Any]) -> dict[str, Spread]:
    stands = answers.standing_verdicts(ids)
    rows = session.execute(
        select(stands.c.objective_id, stands.c.verdict, func.count()).group_by(
            stands.c.objective_id, stands.c.verdict
        )
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for objective_id, verdict, number in rows:
        found[key_of(None, None, objective_id)][str(verdict)] = int(number)
    return {key: Spread(counts, side=Side.INSTRUCTOR) for key, counts in found.items()}


def _competency_lines(session: Session, found: Found) -> list[Line]:
    """In the order of the frameworks; one line for each wording that was answered to."""
    ids = {int(key[1:].partition("-")[0]) for key in found if key.startswith("c")}
    rows = session.execute(
        select(Competency, CompetencyFramework.name, CompetencyWording)
        .join(CompetencyFramework, CompetencyFramework.id == Competency.framework_id)
        .outerjoin(CompetencyWording, CompetencyWording.competency_id == Competency.id)
        .where(Competency.id.in_(ids))
        .order_by(
            CompetencyFramework.id, Competency.position, Competency.id, CompetencyWording.id
        )
    ).all()
    texts = {(row.id, said.id): said for row, _, said in rows if said is not None}
    lines: list[Line] = []
    for row, name in dict.fromkeys((row, name) for row, name, _ in rows):
        keys = sorted(
            (key for key in found if key.startswith(f"c{row.id}-")),
            key=lambda key: int(key.partition("-")[2]),
        )
        for key in keys:
            said = texts.get((row.id, int(key.partition("-")[2])))
            lines.append(
                Line(
                    key=key,
                    label=said.label if said is not None else row.label,
                    code=row.code,
                    note=_wording_note(said.kept_at if said else None, len(keys)),
                    uri=row.uri,
                    group=name,
                    competency_id=row.id,
                    spreads=found[key],
                )
            )
    return lines


def _wording_note(kept_at: datetime | None, wordings: int) -> str:
    if wordings < 2:
        return ""
    if kept_at is None:
        return "in its earliest words"
    return f"in its words since {kept_at.day} {kept_at:%b %Y}"


def _objective_lines(session: Session, found: Found) -> list[Line]:
    ids = {int(key[1:]) for key in found if key.startswith("o") and key != OWN}
    rows = session.scalars(
        select(Objective)
        .where(Objective.id.in_(ids))
        .order_by(Objective.position, Objective.id)
    )
    lines = [
        Line(
            key=f"o{row.id}",
            label=row.title,
            code=row.code,
            uri=row.uri,
            group=OBJECTIVES,
            objective_id=row.id,
            spreads=found[f"o{row.id}"],
        )
        for row in rows
    ]
    if OWN in found:
        lines.append(
            Line(OWN, OWN_OBJECTIVES, note="each counts by itself", group=OBJECTIVES,
                 spreads=found[OWN])
        )  # fmt: skip
    return lines
