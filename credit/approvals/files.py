"""Files of a packet, for whoever approves at a later step of its case."""

from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit.approvals import queries
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.evaluations.models import Evaluation, EvaluationSubmission
from credit.evidence.models import DeliverableVersion


def reads_file(session: Session, actor: Actor, attachment: Any) -> bool:
    """Handed in work, and the original of an evaluation that was written down."""
    if not actor.approves:
        return False
    work = select(DeliverableVersion.placement_id).where(
        DeliverableVersion.attachment_id == attachment.id
    )
    original = (
        select(Evaluation.placement_id)
        .join(EvaluationSubmission, EvaluationSubmission.evaluation_id == Evaluation.id)
        .where(EvaluationSubmission.attachment_id == attachment.id)
    )
    in_case = exists().where(
        CreditCasePlacement.credit_case_id == CreditCase.id,
        CreditCasePlacement.moved_at.is_(None),
        or_(
            CreditCasePlacement.placement_id.in_(work),
            CreditCasePlacement.placement_id.in_(original),
        ),
    )
    found = queries.visible_to(actor).where(in_case).with_only_columns(CreditCase.id)
    return session.scalar(found.limit(1)) is not None
