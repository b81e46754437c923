"""What can be unfinished at the end of a term: a query, a line of words and a deed for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from careerlink.courses.models import Course
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.agreements.models import AgreementState, LearningAgreement
from credit.appeals.models import Appeal, AppealState
from credit.cases.models import (
    CaseState,
    CreditCase,
    Decision,
    DecisionOutcome,
    GradeDelivery,
)
from credit.evaluations.models import Author, Evaluation
from credit.evaluations.queries import OPEN
from credit.registrar.models import RegistrarRow
from lti import grade_choices
from lti.models import LtiContext

UNDECIDED = (CaseState.OPEN, CaseState.READY, CaseState.RETURNED, CaseState.IN_APPROVAL)
UNSIGNED = (
    AgreementState.DRAFT,
    AgreementState.AWAITING_SUPERVISOR,
    AgreementState.AWAITING_INSTRUCTOR,
    AgreementState.AWAITING_SIGNATURES,
)
GONE = (PlacementState.CANCELLED, PlacementState.ENDED_EARLY)


class Deed(StrEnum):
    """What staff may do to many at once, each with the operation that there is for one."""

    CANCEL = "cancel"
    LAPSE = "lapse"
    PROPOSE = "propose"


@dataclass(frozen=True)
class Item:
    id: int
    student: str
    title: str
    where: str
    url: str
    state: str
    since: datetime


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    who: str
    """Whose move it is."""
    text: str
    query: Callable[[Actor, Term], Select[Any]]
    key_column: Any
    item: Callable[[Any], Item]
    deed: Deed | None = None


def _in_term(actor: Actor, term: Term) -> ColumnElement[bool]:
    return (
        (Course.institution_id == actor.institution_id)
        & (Course.term_id == term.id)
        & Course.joined_id.is_(None)
    )


WORK = (
    joinedload(Placement.person),
    joinedload(Placement.partner),
    joinedload(Placement.course),
)


def _placements(state: PlacementState) -> Callable[[Actor, Term], Select[Any]]:
    def query(actor: Actor, term: Term) -> Select[Any]:
        return (
            select(Placement)
            .join(Course, Course.id == Placement.course_id)
            .where(_in_term(actor, term), Placement.state == state)
            .options(*WORK)
        )

    return query


def _of_placements(
    entity: Any, placement: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]
) -> Callable[[Actor, Term], Select[Any]]:
    def query(actor: Actor, term: Term) -> Select[Any]:
        return (
            select(entity)
            .join(placement)
            .join(Course, Course.id == Placement.course_id)
            .where(_in_term(actor, term), *conditions)
            .options(joinedload(placement).options(*WORK))
        )

    return query


def _cases(*conditions: ColumnElement[bool]) -> Callable[[Actor, Term], Select[Any]]:
    def query(actor: Actor, term: Term) -> Select[Any]:
        return (
            select(CreditCase)
            .join(Course, Course.id == CreditCase.course_id)
            .where(_in_term(actor, term), *conditions)
            .options(joinedload(CreditCase.person), joinedload(CreditCase.course))
        )

    return query


def _appeals(actor: Actor, term: Term) -> Select[Any]:
    case = Appeal.credit_case
    return (
        select(Appeal)
        .join(case)
        .join(Course, Course.id == CreditCase.course_id)
        .where(_in_term(actor, term), Appeal.state == AppealState.OPEN)
        .options(
            joinedload(case).joinedload(CreditCase.person),
            joinedload(case).joinedload(CreditCase.course),
        )
    )


def _newest_final() -> Any:
    return (
        select(func.max(Decision.id))
        .where(
            Decision.credit_case_id == CreditCase.id,
            Decision.is_final.is_(True),
            Decision.outcome != DecisionOutcome.VOIDED,
        )
        .correlate(CreditCase)
        .scalar_subquery()
    )


def _ungraded() -> ColumnElement[bool]:
    """The same as the gradebook page of each course shows under "Needs you"."""
    course: Any = CreditCase.course_id
    serves = exists().where(LtiContext.course_id == course, LtiContext.lineitems_url != "")
    is_graded = CreditCase.state.in_((CaseState.APPROVED, CaseState.DENIED))
    told = exists().where(GradeDelivery.decision_id == _newest_final())
    trouble = grade_choices.needs_somebody(course, CreditCase.person_id)
    return and_(serves, is_graded, or_(~told, trouble))


def _unreported() -> ColumnElement[bool]:
    """Credit stands, and no line of any file for the registrar holds that decision."""
    written = exists().where(
        RegistrarRow.credit_case_id == CreditCase.id,
        RegistrarRow.decision_id == _newest_final(),
    )
    return and_(CreditCase.state == CaseState.APPROVED, ~written)


def _of_placement(row: Any, placement: Placement, state: str, since: datetime) -> Item:
    return Item(
        id=row.id,
        student=placement.person.label,
        title=f"“{placement.title}” at {placement.partner.name}",
        where=placement.course.label or placement.course.title,
        url=url_for("office_placements.show", placement_id=placement.public_id),
        state=state,
        since=since,
    )


def _placement_item(row: Placement) -> Item:
    return _of_placement(row, row, row.state.value, row.state_since)


def _part_item(row: Any) -> Item:
    return _of_placement(row, row.placement, row.state.value, row.state_since)


def _case_item(row: CreditCase, state: str = "", since: datetime | None = None) -> Item:
    course = row.course
    return Item(
        id=row.id,
        student=row.person.label,
        title="Credit case",
        where=course.label or course.title,
        url=url_for("cases.show", course_id=course.public_id, case_id=row.public_id),
        state=state or row.state.value,
        since=since or row.state_since,
    )


def _appeal_item(row: Appeal) -> Item:
    return _case_item(row.credit_case, "appealed", row.filed_at)


_ALL = (
    Group(
        "never_started", "Projects that never started", "The career office",
        "Planned, and nobody worked. Cancelling gives the place back and tells the student.",
        _placements(PlacementState.PLANNED), Placement.id, _placement_item, Deed.CANCEL,
    ),
    Group(
        "at_work", "Projects still at work", "Students and supervisors",
        "Each ends in its own way: completed, extended or ended early, on its own page.",
        _placements(PlacementState.ACTIVE), Placement.id, _placement_item,
    ),
    Group(
        "unsigned", "Plans without every signature", "Whoever has not signed",
        "Without a plan in force no hours count.",
        _of_placements(
            LearningAgreement, LearningAgreement.placement,
            LearningAgreement.state.in_(UNSIGNED), Placement.state.not_in(GONE),
        ),
        LearningAgreement.id, _part_item,
    ),
    Group(
        "supervisors_silent", "Evaluations that supervisors owe", "Supervisors",
        "Closing one says “evaluation unavailable” with your reason; the instructor is told, "
        "and what comes later is still taken.",
        _of_placements(
            Evaluation, Evaluation.placement,
            Evaluation.author == Author.SUPERVISOR, Evaluation.state.in_(OPEN),
        ),
        Evaluation.id, _part_item, Deed.LAPSE,
    ),
    Group(
        "students_silent", "Self-evaluations that students owe", "Students",
        "A missing one does not hold a decision up unless the policy asks for it.",
        _of_placements(
            Evaluation, Evaluation.placement,
            Evaluation.author == Author.STUDENT, Evaluation.state.in_(OPEN),
        ),
        Evaluation.id, _part_item,
    ),
    Group(
        "undecided", "Credit cases without a decision", "Instructors",
        "The career office decides on no credit. You can ask the instructors to mark cases "
        "incomplete, where the policy has that mark.",
        _cases(CreditCase.state.in_(UNDECIDED)), CreditCase.id, _case_item, Deed.PROPOSE,
    ),
    Group(
        "appeals", "Appeals without an answer", "Chairs",
        "They go on after the term is closed.",
        _appeals, Appeal.id, _appeal_item,
    ),
    Group(
        "grades", "Grades that the LMS does not have", "Instructors",
        "Decided, and never sent, refused, or changed there by a teacher.",
        _cases(_ungraded()), CreditCase.id, _case_item,
    ),
    Group(
        "registrar", "Credit that no registrar’s file holds", "The career office",
        "Awarded, and in none of the files made so far.",
        _cases(_unreported()), CreditCase.id, _case_item,
    ),
)  # fmt: skip
GROUPS: Mapping[str, Group] = {group.key: group for group in _ALL}
