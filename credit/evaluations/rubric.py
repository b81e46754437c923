"""What an evaluation asks: the objectives agreed upon, and the competencies named in them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.agreements.models import LearningObjective
from credit.competencies import levels
from credit.competencies import queries as competencies
from credit.competencies.models import Competency


@dataclass(frozen=True)
class Target:
    key: str
    """Name of the answer in forms and drafts."""
    title: str
    hint: str
    anchors: dict[int, str]
    """A sentence for each level, lowest first."""
    lineage: str | None = None
    competency_id: int | None = None


def targets(session: Session, placement: Placement) -> list[Target]:
    """The same for supervisor and student, so that their answers stand side by side."""
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    objectives = agreement.objectives if agreement is not None else []
    named = {o.competency.id: o.competency for o in objectives if o.competency is not None}
    asked = list(named.values()) or competencies.common_ones(session, placement.institution_id)
    return [_objective(o) for o in objectives] + [_competency(c) for c in asked]


def _objective(objective: LearningObjective) -> Target:
    return Target(
        key=f"o_{objective.lineage}",
        title=objective.text,
        hint=objective.activity,
        anchors=levels.OBJECTIVE_ANCHORS,
        lineage=objective.lineage,
    )


def _competency(competency: Competency) -> Target:
    return Target(
        key=f"c_{competency.id}",
        title=competency.label,
        hint=competency.description,
        anchors=dict(enumerate(map(str, competency.anchors), 1)),
        competency_id=competency.id,
    )
