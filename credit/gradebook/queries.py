"""What the gradebook page shows: every case, what was decided, and what the LMS shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.web.pagination import Page, page
from credit import delivery
from credit.cases import queries as cases
from credit.cases.models import CreditCase, Decision
from lti import columns, grade_choices, grades
from lti.columns import ColumnState
from lti.grades import GradeState

NAME = func.coalesce(Person.name, "")


class Filter(StrEnum):
    ALL = "all"
    ATTENTION = "attention"


@dataclass(frozen=True)
class Row:
    case: CreditCase
    decision: Decision | None
    """The last one that the gradebook hears of."""
    grade: GradeState | None


@dataclass(frozen=True)
class Gradebook:
    columns: Sequence[ColumnState]
    page: Page[CreditCase]
    rows: Sequence[Row]
    counts: dict[Filter, int]
    refused: int
    """Grades that can be sent again without anybody's choice."""


def read(
    session: Session, actor: Actor, course: Course, *, chosen: Filter, after: str | None
) -> Gradebook:
    listed: Page[CreditCase] = page(
        session,
        _chosen(session, actor, course, chosen).options(*cases.PAGE_NEEDS),
        order_by=(NAME, CreditCase.id),
        key_of=lambda one: (one.person.name or "", one.id),
        after=after,
    )
    return Gradebook(
        columns.states(session, course, resource_id=delivery.COLUMN, label=delivery.LABEL),
        listed,
        _rows(session, course, listed.rows),
        {one: count(session, actor, course, one) for one in Filter},
        grade_choices.refused(session, course),
    )


def _chosen(
    session: Session, actor: Actor, course: Course, chosen: Filter
) -> Select[CreditCase]:
    query = cases.teaching_view(actor, course).join(Person, Person.id == CreditCase.person_id)
    if chosen == Filter.ATTENTION:
        needs = grade_choices.needs_somebody(course.id, CreditCase.person_id)
        if grades.has_gradebook(session, course):
            needs |= _is_unsent(course)
        query = query.where(needs)
    return query


def _is_unsent(course: Course) -> ColumnElement[bool]:
    """Decided while the platform gave no gradebook, or knew no account of the student."""
    newest = (
        select(Decision.outcome)
        .where(Decision.credit_case_id == CreditCase.id)
        .order_by(Decision.number.desc())
        .limit(1)
        .correlate(CreditCase)
        .scalar_subquery()
    )
    never = grade_choices.never_queued(course.id, CreditCase.person_id)
    return newest.in_(delivery.GRADED) & never


def count(session: Session, actor: Actor, course: Course, chosen: Filter) -> int:
    listed = _chosen(session, actor, course, chosen).with_only_columns(CreditCase.id)
    return session.scalar(select(func.count()).select_from(listed.subquery())) or 0


def _rows(session: Session, course: Course, listed: Sequence[CreditCase]) -> list[Row]:
    told = grades.states_for(session, course.id, [case.person_id for case in listed])
    decided = _decisions(session, [case.id for case in listed])
    return [Row(case, decided.get(case.id), told.get(case.person_id)) for case in listed]


def _decisions(session: Session, case_ids: list[int]) -> dict[int, Decision]:
    """The latest of each case, where it stands: a voided one is none."""
    rows = session.scalars(
        select(Decision)
        .where(Decision.credit_case_id.in_(case_ids))
        .order_by(Decision.credit_case_id, Decision.number)
    )
    latest = {row.credit_case_id: row for row in rows}
    return {key: row for key, row in latest.items() if row.outcome in delivery.GRADED}
