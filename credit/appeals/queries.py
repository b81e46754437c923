"""Reading appeals."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from credit.appeals.models import Appeal, AppealState, AppealStatement, Side
from credit.cases.models import CreditCase, Decision

NEEDS = (
    joinedload(Appeal.decision).joinedload(Decision.decided_by),
    joinedload(Appeal.decision).joinedload(Decision.acting_for),
    joinedload(Appeal.decision).joinedload(Decision.reason),
    joinedload(Appeal.answered_by),
    joinedload(Appeal.acting_for),
)


def of_case(session: Session, case: CreditCase) -> Sequence[Appeal]:
    """Oldest first."""
    return session.scalars(
        select(Appeal)
        .where(Appeal.credit_case_id == case.id)
        .options(*NEEDS)
        .order_by(Appeal.id)
    ).all()


def open_one(session: Session, case: CreditCase) -> Appeal | None:
    return session.scalar(
        select(Appeal)
        .where(Appeal.credit_case_id == case.id, Appeal.state == AppealState.OPEN)
        .options(*NEEDS)
    )


def answered(session: Session, decision: Decision) -> bool:
    """Did a second reader bring this decision about, or uphold it?"""
    upheld = (Appeal.decision_id == decision.id) & (Appeal.state == AppealState.UPHELD)
    amended = (Appeal.answer_id == decision.id) & (Appeal.state == AppealState.AMENDED)
    return session.scalar(select(Appeal.id).where(or_(upheld, amended)).limit(1)) is not None


def spoke_for_decision(
    session: Session, case: CreditCase, person_ids: Collection[int | None]
) -> bool:
    """Did one of them add the instructor's side to the appeal that is open?"""
    found = session.scalar(
        select(AppealStatement.id)
        .join(AppealStatement.appeal)
        .where(
            Appeal.credit_case_id == case.id,
            Appeal.state == AppealState.OPEN,
            AppealStatement.side == Side.INSTRUCTOR,
            or_(
                AppealStatement.person_id.in_(person_ids),
                AppealStatement.acting_for_id.in_(person_ids),
            ),
        )
        .limit(1)
    )
    return found is not None


def statements(
    session: Session, appeal_ids: Collection[int]
) -> dict[int, list[AppealStatement]]:
    """By appeal, in the order of writing."""
    found: dict[int, list[AppealStatement]] = {}
    rows = session.scalars(
        select(AppealStatement)
        .where(AppealStatement.appeal_id.in_(appeal_ids))
        .options(joinedload(AppealStatement.person), joinedload(AppealStatement.text))
        .order_by(AppealStatement.id)
    )
    for row in rows:
        found.setdefault(row.appeal_id, []).append(row)
    return found


def said_by(rows: Sequence[AppealStatement], side: Side) -> str:
    """The first of one side."""
    return next(((row.text.text or "") for row in rows if row.side == side), "")
