"""What credit cases mean for the course that they are in."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from credit.cases.models import CaseState, CreditCase

UNDECIDED = (
    CaseState.OPEN,
    CaseState.READY,
    CaseState.IN_APPROVAL,
    CaseState.RETURNED,
    CaseState.INCOMPLETE,
    CaseState.APPEALED,
)


def student_work(
    session: Session, course: Course, person_ids: Collection[int] | None
) -> list[str]:
    query = select(func.count()).select_from(CreditCase)
    query = query.where(CreditCase.course_id == course.id)
    if person_ids is not None:
        query = query.where(CreditCase.person_id.in_(person_ids))
    number = session.scalar(query) or 0
    return [f"{number} credit {'case' if number == 1 else 'cases'}"] if number else []


def open_ends(session: Session, course: Course) -> list[str]:
    number = session.scalar(
        select(func.count())
        .select_from(CreditCase)
        .where(CreditCase.course_id == course.id, CreditCase.state.in_(UNDECIDED))
    )
    if not number:
        return []
    return [f"{number} credit {'case' if number == 1 else 'cases'} without a decision"]
