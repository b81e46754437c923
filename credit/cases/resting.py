"""What credit cases mean for the course that they are in."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import OpenEnd
from careerlink.placements.models import Placement
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases.models import CaseState, CreditCase
from credit.evaluations.models import Evaluation, EvaluationState

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


def open_ends(session: Session, course: Course) -> list[OpenEnd]:
    """Also what keeps cases from being decided: signatures and evaluations that are awaited."""
    here = CreditCase.course_id == course.id
    appealed = CreditCase.state == CaseState.APPEALED
    open_cases = CreditCase.state.in_([one for one in UNDECIDED if one != CaseState.APPEALED])
    counted = [
        ("cases", _count(session, select(CreditCase.id).where(here, open_cases)),
         "credit case without a decision", "credit cases without a decision"),
        ("appeals", _count(session, select(CreditCase.id).where(here, appealed)),
         "appeal without an answer", "appeals without an answer"),
        ("agreements", _count(session, _of_placements(LearningAgreement, course).where(
            LearningAgreement.state.in_(UNSIGNED))),
         "learning agreement without its signatures", "learning agreements without signatures"),
        ("evaluations", _count(session, _of_placements(Evaluation, course).where(
            Evaluation.state.in_(AWAITED))),
         "evaluation still awaited", "evaluations still awaited"),
    ]  # fmt: skip
    return [
        OpenEnd(kind, f"{number} {one if number == 1 else many}", "queue")
        for kind, number, one, many in counted
        if number
    ]


UNSIGNED = (
    AgreementState.AWAITING_SUPERVISOR,
    AgreementState.AWAITING_INSTRUCTOR,
    AgreementState.AWAITING_SIGNATURES,
)
AWAITED = (EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS)


def _of_placements(
    model: type[LearningAgreement] | type[Evaluation], course: Course
) -> Select[int]:
    return (
        select(model.id)
        .join(Placement, Placement.id == model.placement_id)
        .where(Placement.course_id == course.id)
    )


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
