"""Reading what instructors wrote while the work ran."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from credit.cases.models import CreditCase
from credit.midpoint.models import MidpointComment


def comments(session: Session, case: CreditCase) -> Sequence[MidpointComment]:
    """Oldest first."""
    return session.scalars(
        select(MidpointComment)
        .where(MidpointComment.credit_case_id == case.id)
        .options(
            joinedload(MidpointComment.text),
            joinedload(MidpointComment.written_by),
            joinedload(MidpointComment.acting_for),
        )
        .order_by(MidpointComment.id)
    ).all()
