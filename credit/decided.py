"""Whether the credit case of a placement still takes anything new."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.placements.models import Placement
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement

CLOSED = {
    CaseState.IN_APPROVAL: "The case is in approval; what it rests on is fixed.",
    CaseState.APPROVED: "The case is decided; what it rested on is fixed.",
    CaseState.DENIED: "The case is decided; what it rested on is fixed. You can still appeal.",
    CaseState.APPEALED: "The decision is appealed; what it rested on is fixed.",
}


def why_closed(session: Session, placement: Placement) -> str:
    """Empty while hours, evidence and rulings may still change, else why not, in words."""
    state = session.scalar(
        select(CreditCase.state)
        .join(CreditCasePlacement, CreditCasePlacement.credit_case_id == CreditCase.id)
        .where(
            CreditCasePlacement.placement_id == placement.id,
            CreditCasePlacement.moved_at.is_(None),
            CreditCasePlacement.left_out_at.is_(None),
        )
    )
    return CLOSED.get(state, "") if state is not None else ""
