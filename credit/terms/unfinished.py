"""Queries of what is not finished in a term; each is bounded by the institution."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from careerlink.courses.models import Course
from careerlink.enrollments import terms_of_students
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.appeals.models import Appeal, AppealState
from credit.cases.models import (
    CaseState,
    CreditCase,
    Decision,
    DecisionOutcome,
    GradeDelivery,
)
from credit.registrar.models import RegistrarRow
from lti import grade_choices
from lti.models import LtiContext

Query = Callable[[Actor, Term], Select[Any]]


def _in_term(
    actor: Actor, term: Term, of: type[Placement] | type[CreditCase]
) -> ColumnElement[bool]:
    return (
        (Course.institution_id == actor.institution_id)
        & terms_of_students.is_in(term, of.course_id, of.person_id)
        & Course.joined_id.is_(None)
    )


WORK = (
    joinedload(Placement.person),
    joinedload(Placement.partner),
    joinedload(Placement.course),
)


def in_state(state: PlacementState) -> Query:
    def query(actor: Actor, term: Term) -> Select[Any]:
        return (
            select(Placement)
            .join(Course, Course.id == Placement.course_id)
            .where(_in_term(actor, term, Placement), Placement.state == state)
            .options(*WORK)
        )

    return query


def of_placements(
    entity: Any, placement: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]
) -> Query:
    def query(actor: Actor, term: Term) -> Select[Any]:
        return (
            select(entity)
            .join(placement)
            .join(Course, Course.id == Placement.course_id)
            .where(_in_term(actor, term, Placement), *conditions)
            .options(joinedload(placement).options(*WORK))
        )

    return query


def cases(*conditions: ColumnElement[bool]) -> Query:
    def query(actor: Actor, term: Term) -> Select[Any]:
        return (
            select(CreditCase)
            .join(Course, Course.id == CreditCase.course_id)
            .where(_in_term(actor, term, CreditCase), *conditions)
            .options(joinedload(CreditCase.person), joinedload(CreditCase.course))
        )

    return query


def appeals(actor: Actor, term: Term) -> Select[Any]:
    case = Appeal.credit_case
    return (
        select(Appeal)
        .join(case)
        .join(Course, Course.id == CreditCase.course_id)
        .where(_in_term(actor, term, CreditCase), Appeal.state == AppealState.OPEN)
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


def ungraded() -> ColumnElement[bool]:
    """The same as the gradebook page of each course shows under "Needs you"."""
    course: Any = CreditCase.course_id
    serves = exists().where(LtiContext.course_id == course, LtiContext.lineitems_url != "")
    is_graded = CreditCase.state.in_((CaseState.APPROVED, CaseState.DENIED))
    told = exists().where(GradeDelivery.decision_id == _newest_final())
    trouble = grade_choices.needs_somebody(course, CreditCase.person_id)
    return and_(serves, is_graded, or_(~told, trouble))


def unreported() -> ColumnElement[bool]:
    """Credit stands, and no line of any file for the registrar holds that decision."""
    written = exists().where(
        RegistrarRow.credit_case_id == CreditCase.id,
        RegistrarRow.decision_id == _newest_final(),
    )
    return and_(CreditCase.state == CaseState.APPROVED, ~written)
