"""Reading the comments of returns."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from careerlink.audit import AuditEntry
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.returning.models import PinAnswer, ReturnPin

PIN_NEEDS = (
    joinedload(ReturnPin.text),
    joinedload(ReturnPin.placement),
    selectinload(ReturnPin.answers).joinedload(PinAnswer.text),
)


def last_return(decisions: Sequence[Decision]) -> Decision | None:
    """Of a case's decisions, oldest first."""
    returned = [one for one in decisions if one.outcome == DecisionOutcome.RETURNED]
    return returned[-1] if returned else None


def pins(session: Session, decision: Decision) -> Sequence[ReturnPin]:
    """In the order of the packet."""
    return session.scalars(
        select(ReturnPin)
        .where(ReturnPin.decision_id == decision.id)
        .options(*PIN_NEEDS)
        .order_by(ReturnPin.id)
    ).all()


def pins_of_case(session: Session, case: CreditCase) -> Sequence[ReturnPin]:
    """Those of the latest return."""
    latest = session.scalar(
        select(Decision)
        .where(Decision.credit_case_id == case.id, Decision.outcome == DecisionOutcome.RETURNED)
        .order_by(Decision.number.desc())
        .limit(1)
    )
    return pins(session, latest) if latest is not None else []


def last_note(session: Session, case: CreditCase) -> str:
    """What the student wrote when the case was sent back; empty where nothing."""
    entry = session.scalar(
        select(AuditEntry)
        .where(
            AuditEntry.subject_type == CreditCase.__tablename__,
            AuditEntry.subject_id == case.id,
            AuditEntry.action == "credit_case:resubmit",
        )
        .options(joinedload(AuditEntry.reason))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return (entry.reason.text or "") if entry is not None and entry.reason is not None else ""
