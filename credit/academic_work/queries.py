"""Reading what instructors found of academic work."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from credit.academic_work.models import AcademicAssessment
from credit.cases.models import CreditCase
from credit.policy.models import CreditPolicyVersion


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


def assessed(session: Session, cases: Collection[CreditCase]) -> set[int]:
    """Ids of those of which the instructor gave levels by the rubric that holds for them now;
    the policy's version from before may have asked for other lines."""
    rows = session.execute(
        select(AcademicAssessment.credit_case_id, CreditPolicyVersion)
        .join(AcademicAssessment.policy_version)
        .where(AcademicAssessment.credit_case_id.in_([case.id for case in cases]))
        .order_by(AcademicAssessment.number)
    )
    by = {row[0]: row[1] for row in rows}
    return {
        case.id
        for case in cases
        if case.id in by and _rubric(by[case.id]) == _rubric(case.policy_version)
    }


def _rubric(version: CreditPolicyVersion) -> Any:
    return version.parameters.get("rubric")
