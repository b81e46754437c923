"""Evaluations that came after the decision: kept beside it, for whoever decides to read."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit
from careerlink.audit import AuditEntry
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import NextStep
from credit import addresses
from credit.evaluations import queries
from credit.evaluations.models import Evaluation, EvaluationSubmission

NOTED = "evaluation:note_addendum"
MOST = 20


def to_note(session: Session, placement: Placement, *, actor: Actor) -> Sequence[Evaluation]:
    """Of one placement, those that this actor has to see."""
    if not actor.may_decide(placement.course_id):
        return []
    return session.scalars(_unseen(actor).where(Evaluation.placement_id == placement.id)).all()


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.may_decide(course_id):
        return []
    found = session.scalars(
        _unseen(actor)
        .join(Evaluation.placement)
        .where(Placement.course_id == course_id)
        .options(
            joinedload(Evaluation.placement).joinedload(Placement.course),
            joinedload(Evaluation.placement).joinedload(Placement.person),
        )
        .limit(MOST)
    ).all()
    return [
        NextStep(
            title=f"read the evaluation of {one.placement.person.label} that came late",
            url=addresses.of(one.placement, "evaluation"),
            action="Read the evaluation",
            why="It came after your decision, which stands until you void it.",
            urgency=35,
        )
        for one in found
    ]


def note(session: Session, evaluation: Evaluation, *, actor: Actor) -> None:
    """The decision stays as it is; pressing it twice says it once."""
    if not actor.may_decide(evaluation.placement.course_id):
        raise NotPermitted(actor.why_not_decide(evaluation.placement.course_id))
    waits = _unseen(actor).where(Evaluation.id == evaluation.id)
    if session.scalar(waits) is not None:
        audit.record(session, NOTED, evaluation, actor=actor)


def _unseen(actor: Actor) -> Select[Evaluation]:
    return queries.visible_to(actor).where(
        exists()
        .where(
            EvaluationSubmission.evaluation_id == Evaluation.id,
            EvaluationSubmission.is_addendum,
            ~_noted(),
        )
        .correlate(Evaluation)
    )


def _noted() -> ColumnElement[bool]:
    """Somebody who decides has said so since this version came."""
    return (
        select(AuditEntry.id)
        .where(
            AuditEntry.subject_type == Evaluation.__tablename__,
            AuditEntry.subject_id == Evaluation.id,
            AuditEntry.action == NOTED,
            AuditEntry.recorded_at >= EvaluationSubmission.submitted_at,
        )
        .correlate(Evaluation, EvaluationSubmission)
        .exists()
    )
