"""What credit cases mean for the course that they are in."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import OpenEnd, OpenItem
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases.models import CaseState, CreditCase
from credit.evaluations.models import Author, Evaluation, EvaluationState

UNDECIDED = (
    CaseState.OPEN,
    CaseState.READY,
    CaseState.IN_APPROVAL,
    CaseState.RETURNED,
    CaseState.INCOMPLETE,
)
UNSIGNED = (
    AgreementState.AWAITING_SUPERVISOR,
    AgreementState.AWAITING_INSTRUCTOR,
    AgreementState.AWAITING_SIGNATURES,
)
AWAITED = (EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS)
NAMED = 10
"""So many of each kind are named one by one."""
WHOSE = {Author.STUDENT: "the student’s own", Author.SUPERVISOR: "the supervisor’s"}


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
    unsigned = _of_placements(LearningAgreement, course).where(
        LearningAgreement.state.in_(UNSIGNED)
    )
    awaited = _of_placements(Evaluation, course).where(Evaluation.state.in_(AWAITED))
    found = (
        _end(session, _cases(course, UNDECIDED), _case, "cases", "queue?show=all",
             "credit case without a decision", "credit cases without a decision"),
        _end(session, _cases(course, [CaseState.APPEALED]), _case, "appeals", "queue?show=all",
             "appeal without an answer", "appeals without an answer"),
        _end(session, unsigned, _agreement, "agreements", "students",
             "learning agreement without its signatures",
             "learning agreements without signatures"),
        _end(session, awaited, _evaluation, "evaluations", "students",
             "evaluation still awaited", "evaluations still awaited"),
    )  # fmt: skip
    return [end for end in found if end is not None]


def _end(
    session: Session,
    query: Select[*tuple[Any, ...]],
    item: Callable[[Any], OpenItem],
    kind: str,
    page: str,
    one: str,
    many: str,
) -> OpenEnd | None:
    counting = query.with_only_columns(func.count(), maintain_column_froms=True)
    number = session.scalar(counting.order_by(None)) or 0
    if not number:
        return None
    items = tuple(item(row) for row in session.execute(query.limit(NAMED)))
    return OpenEnd(kind, f"{number} {one if number == 1 else many}", page, items)


def _cases(course: Course, states: Sequence[CaseState]) -> Select[str, Person]:
    return (
        select(CreditCase.public_id, Person)
        .join(Person, Person.id == CreditCase.person_id)
        .where(CreditCase.course_id == course.id, CreditCase.state.in_(states))
        .order_by(CreditCase.state_since, CreditCase.id)
    )


def _of_placements(
    model: type[LearningAgreement] | type[Evaluation], course: Course
) -> Select[Any, Placement, Person]:
    return (
        select(model, Placement, Person)
        .join(Placement, Placement.id == model.placement_id)
        .join(Person, Person.id == Placement.person_id)
        .where(Placement.course_id == course.id)
        .order_by(model.id)
    )


def _case(row: Any) -> OpenItem:
    public_id, person = row
    return OpenItem(person.label, f"cases/{public_id}")


def _agreement(row: Any) -> OpenItem:
    _agreement, placement, person = row
    page = f"placements/{placement.public_id}/agreement"
    return OpenItem(f"{person.label}: “{placement.title}”", page)


def _evaluation(row: Any) -> OpenItem:
    evaluation, placement, person = row
    page = f"placements/{placement.public_id}/evaluation"
    return OpenItem(f"{person.label}, {WHOSE[evaluation.author]}: “{placement.title}”", page)
