"""What an evaluation asks: the objectives agreed upon, and the competencies named in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.agreements.models import LearningObjective
from credit.competencies import levels, wordings
from credit.competencies import queries as competencies
from credit.competencies.models import Competency, CompetencyWording
from credit.evaluations.models import Evaluation


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
    wording_id: int | None = None
    """The competency's text as it was signed; absent where no plan names it."""


def targets(
    session: Session, placement: Placement, evaluation: Evaluation | None = None
) -> list[Target]:
    """The same for supervisor and student, so that their answers stand side by side.

    A short evaluation asks about the objectives, and about competencies where there are none.
    """
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    objectives = agreement.objectives if agreement is not None else []
    if evaluation is not None and evaluation.is_short and objectives:
        return [_objective(o) for o in objectives]
    # In the words that were signed, whatever the office has edited since.
    named = {o.competency.id: o.wording or o.competency for o in objectives if o.competency}
    rated = [_competency(said, key) for key, said in named.items()]
    rated = rated or _common(session, placement)
    return [_objective(o) for o in objectives] + rated


def as_rated(session: Session, asked: Sequence[Target]) -> list[Target]:
    """Each competency bound to the wording that was shown, for the answers to refer to."""
    loose = [one.competency_id for one in asked if one.competency_id and not one.wording_id]
    rows = session.scalars(select(Competency).where(Competency.id.in_(loose))) if loose else ()
    kept = wordings.keep(session, rows) if loose else {}
    return [
        replace(one, wording_id=kept[one.competency_id].id)
        if one.competency_id in kept
        else one
        for one in asked
    ]


def _objective(objective: LearningObjective) -> Target:
    return Target(
        key=f"o_{objective.lineage}",
        title=objective.text,
        hint=objective.activity,
        anchors=levels.OBJECTIVE_ANCHORS,
        lineage=objective.lineage,
    )


def _common(session: Session, placement: Placement) -> list[Target]:
    asked = competencies.common_ones(session, placement.course)
    return [_competency(competency, competency.id) for competency in asked]


def _competency(said: Competency | CompetencyWording, competency_id: int | None) -> Target:
    sentences = dict(enumerate(map(str, said.anchors), 1))
    return Target(
        key=f"c_{competency_id}",
        title=said.label,
        hint=said.description,
        anchors=sentences or levels.OBJECTIVE_ANCHORS,
        competency_id=competency_id,
        wording_id=said.id if isinstance(said, CompetencyWording) else None,
    )
