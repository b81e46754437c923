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
from credit.evidence import judging
from credit.evidence.gaps import Gap, Rated
from credit.evidence.judging import Finding
from credit.evidence.models import DeliverableObjective, DeliverableVersion
from credit.hours.models import HoursEntry

MET_FROM, PARTLY_FROM = 3, 2
"""Level 3 is "on their own, well enough to rely on"."""


class Result(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    OPEN = "open"


@dataclass(frozen=True)
class Line:
    number: int
    objective: LearningObjective
    pieces: int
    minutes: int
    gap: Gap
    finding: Finding | None
    """The instructor's, as far as this reader may know it."""

    @property
    def own(self) -> Rated | None:
        return self.gap.own

    @property
    def supervisor(self) -> Rated | None:
        return self.gap.supervisor

    @property
    def result(self) -> Result:
        return result_of(self.objective.judge, self.gap, self.finding)


def result_of(judge: Judge, gap: Gap, finding: Finding | None) -> Result:
    """The instructor's word where there is one; until then the supervisor's, if the agreement
    names them as the only judge. What was not observed is not enough evidence, and no zero.
    """
    if finding is not None:
        return Result(finding.verdict.value)
    said = gap.supervisor
    if said is None:
        return Result.OPEN
    if said.level is None:
        seen = gap.own is not None and gap.own.level is not None
        return Result.OPEN if seen and judge != Judge.SUPERVISOR else Result.NOT_ENOUGH_EVIDENCE
    if judge != Judge.SUPERVISOR:
        return Result.OPEN
    if said.level >= MET_FROM:
        return Result.MET
    return Result.PARTLY if said.level >= PARTLY_FROM else Result.NOT_YET


def board(session: Session, placement: Placement, *, actor: Actor) -> list[Line]:
    """A line for each objective of the agreement in force, in its order.

    The same number of queries whatever there is. What ``actor`` may not read yet (ratings
    before both sides are in, findings before the decision) is not in it.
    """
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    if agreement is None:
        return []
    pieces = _pieces(session, placement)
    minutes = _minutes(session, placement)
    readable = evaluations.readable(session, actor, placement)
    own = _levels(readable, Author.STUDENT)
    theirs = _levels(readable, Author.SUPERVISOR)
    found = judging.visible(session, placement, actor=actor)
    return [
        Line(
            number=number,
            objective=objective,
            pieces=pieces.get(objective.lineage, 0),
            minutes=minutes.get(objective.lineage, 0),
            gap=Gap(objective.text, own.get(objective.lineage), theirs.get(objective.lineage)),
            finding=found.get(objective.lineage),
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


def _levels(found: Sequence[Submitted], author: Author) -> dict[str, Rated]:
    """The final word over the midpoint's, a later supervisor's over an earlier one's.

    "Did not see this" takes nobody's word back.
    """
    said = [one for one in found if one.author == author]
    said.sort(key=lambda one: (one.kind == EvaluationKind.FINAL, one.submitted_at))
    rated: dict[str, Rated] = {}
    for answer in (answer for one in said for answer in one.ratings):
        if answer.lineage is None:
            continue
        if answer.level is not None or answer.lineage not in rated:
            rated[answer.lineage] = Rated(answer.level)
    return rated
