"""When each side reads the other. The one place that decides it, for every page.

Blind until both are in: whoever still writes does not read ahead. The release date and a final
decision end that, so that a silent side never hides the other for good.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.actors import Actor
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.evaluations import plan
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationState,
    EvaluationSubmission,
    SubmissionSource,
)


def released(evaluations: Sequence[Evaluation], *, now: datetime) -> set[int]:
    """Which evaluations of one placement the student reads.

    A former supervisor is asked weeks before the end: their release date opens theirs alone.
    """
    own_is_in = {one.kind for one in evaluations if _is_students(one)}
    return {one.id for one in evaluations if one.kind in own_is_in or _is_due(one, now)}


def _is_students(one: Evaluation) -> bool:
    return one.author == Author.STUDENT and one.state == EvaluationState.SUBMITTED


def _is_due(one: Evaluation, now: datetime) -> bool:
    return one.release_at is not None and one.release_at <= now


def is_read_by_student(evaluations: Sequence[Evaluation], evaluation: Evaluation) -> bool:
    return evaluation.id in released(evaluations, now=clock.now())


def correctable_until(
    evaluation: Evaluation, sent: EvaluationSubmission, evaluations: Sequence[Evaluation]
) -> datetime | None:
    """Until when the supervisor may send another version; ``None`` when that is over.

    What staff wrote down may be corrected for a week in any case: its author saw it only then.
    """
    now = clock.now()
    if sent.source == SubmissionSource.TRANSCRIBED:
        until = sent.submitted_at + timedelta(days=plan.CORRECT_DAYS)
        return until if until > now else None
    if is_read_by_student(evaluations, evaluation):
        return None
    return evaluation.release_at or now + timedelta(days=plan.RELEASE_DAYS)


def when_decided(session: Session, case: CreditCase, actor: Actor) -> None:
    """Reaction to a final decision: nothing is held back any more."""
    now = clock.now()
    placements = select(CreditCasePlacement.placement_id).where(
        CreditCasePlacement.credit_case_id == case.id, CreditCasePlacement.moved_at.is_(None)
    )
    for evaluation in session.scalars(
        select(Evaluation).where(Evaluation.placement_id.in_(placements))
    ):
        if evaluation.release_at is None or evaluation.release_at > now:
            evaluation.release_at = now
    session.flush()
