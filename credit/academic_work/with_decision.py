"""What the student reads of their academic work: the levels that stood with the decision."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from credit.academic_work import page, queries
from credit.cases.models import CreditCase, Decision


def shown(
    session: Session, case: CreditCase, decisions: Sequence[Decision]
) -> page.Shown | None:
    """Nothing before a decision."""
    if not decisions:
        return None
    found = queries.assessments(session, case)
    standing = page.standing_at(found, decisions[-1].decided_at)
    return page.shown(standing) if standing is not None else None
