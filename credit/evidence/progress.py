"""How far each objective is: planned, worked on, shown, rated, met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.agreements.models import Judge, LearningObjective
from credit.evaluations import queries as evaluations
from credit.evaluations.models import Author, EvaluationKind
from credit.evaluations.sent import Submitted
from credit.evidence.models import DeliverableObjective, DeliverableVersion
from credit.hours.models import HoursEntry

MET_FROM = 3
"""On their own, well enough to rely on."""


class Result(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"


@dataclass(frozen=True)
class Line:
    number: int
    objective: LearningObjective
    pieces: int
    minutes: int
    own_rated: bool
    own_level: int | None
    supervisor_rated: bool
    supervisor_level: int | None
    """``None`` beside ``supervisor_rated`` is "did not see this", never a low level."""

    @property
    def result(self) -> Result:
        return result_of(
            self.objective.judge,
            supervisor=self.supervisor_level if self.supervisor_rated else None,
            instructor=None,
        )


def result_of(judge: Judge, *, supervisor: int | None, instructor: int | None) -> Result:
    """Met is level 3 or more in the words of whoever the agreement names as judge.

    Of two judges both have to; what nobody observed stays open.
    """
    asked = {
        Judge.SUPERVISOR: (supervisor,),
        Judge.INSTRUCTOR: (instructor,),
        Judge.BOTH: (supervisor, instructor),
    }[judge]
    if any(level is not None and level < MET_FROM for level in asked):
        return Result.NOT_MET
    return Result.MET if all(level is not None for level in asked) else Result.OPEN


def board(session: Session, placement: Placement, *, actor: Actor) -> list[Line]:
    """A line for each objective of the agreement in force, in its order.

    The same number of queries whatever there is. What ``actor`` may not read yet (the
    supervisor's ratings, before the student's own are in) is not in it.
    """
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    if agreement is None:
        return []
    pieces = _pieces(session, placement)
    minutes = _minutes(session, placement)
    readable = evaluations.readable(session, actor, placement)
    own = _levels(readable, Author.STUDENT)
    theirs = _levels(readable, Author.SUPERVISOR)
    return [
        Line(
            number=number,
            objective=objective,
            pieces=pieces.get(objective.lineage, 0),
            minutes=minutes.get(objective.lineage, 0),
            own_rated=objective.lineage in own,
            own_level=own.get(objective.lineage),
            supervisor_rated=objective.lineage in theirs,
            supervisor_level=theirs.get(objective.lineage),
        )
        for number, objective in enumerate(agreement.objectives, 1)
    ]


def _pieces(session: Session, placement: Placement) -> Mapping[str, int]:
    """How many pieces show an objective, by what their latest version says."""
    newest = (
        select(func.max(DeliverableVersion.id))
        .where(DeliverableVersion.placement_id == placement.id)
        .group_by(DeliverableVersion.piece)
    )
    rows = session.execute(
        select(DeliverableObjective.objective_lineage, func.count())
        .where(DeliverableObjective.deliverable_version_id.in_(newest))
        .group_by(DeliverableObjective.objective_lineage)
    )
    return {row[0]: row[1] for row in rows}


def _minutes(session: Session, placement: Placement) -> Mapping[str, int]:
    rows = session.execute(
        select(HoursEntry.objective_lineage, func.sum(HoursEntry.minutes))
        .where(
            HoursEntry.placement_id == placement.id,
            HoursEntry.removed_at.is_(None),
            HoursEntry.objective_lineage.is_not(None),
        )
        .group_by(HoursEntry.objective_lineage)
    )
    return {str(lineage): int(minutes) for lineage, minutes in rows}


def _levels(found: Sequence[Submitted], author: Author) -> dict[str, int | None]:
    """The final word over the midpoint's, a later supervisor's over an earlier one's."""
    said = [one for one in found if one.author == author]
    said.sort(key=lambda one: (one.kind == EvaluationKind.FINAL, one.submitted_at))
    levels: dict[str, int | None] = {}
    for answer in (answer for one in said for answer in one.ratings):
        if answer.lineage is not None:
            levels[answer.lineage] = answer.level
    return levels
