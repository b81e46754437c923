"""Reading what instructors found of academic work."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from credit.academic_work.models import AcademicAssessment
from credit.cases.models import CreditCase


def assessments(session: Session, case: CreditCase) -> Sequence[AcademicAssessment]:
    """The latest first; it stands."""
    return session.scalars(
        select(AcademicAssessment)
        .where(AcademicAssessment.credit_case_id == case.id)
        .options(
            joinedload(AcademicAssessment.comment),
            joinedload(AcademicAssessment.assessed_by),
            joinedload(AcademicAssessment.acting_for),
            joinedload(AcademicAssessment.policy_version),
            selectinload(AcademicAssessment.levels),
        )
        .order_by(AcademicAssessment.number.desc())
    ).all()


def assessed(session: Session, case_ids: Collection[int]) -> set[int]:
    """Those of which the instructor gave levels."""
    return set(
        session.scalars(
            select(AcademicAssessment.credit_case_id).where(
                AcademicAssessment.credit_case_id.in_(case_ids)
            )
        )
    )
