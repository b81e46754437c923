"""What the gradebook page shows: every case, what was decided, and what the LMS shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.web.pagination import Page, page
from credit import delivery
from credit.cases import award, inputs, overrides
from credit.cases import queries as cases
from credit.cases.models import (
    CaseState,
    CreditCase,
    Decision,
    DecisionOutcome,
    GradeDelivery,
)
from credit.cases.overrides import Override
from credit.cases.standing import standing_decisions
from credit.gradebook import worth
from credit.gradebook.worth import Worth
from credit.policy.parameters import Parameters
from lti import columns, grade_choices, grade_progress, grades
from lti.columns import ColumnState
from lti.grade_progress import Progress
from lti.grades import GradeState

NAME = func.coalesce(Person.name, "")
MOST_AT_ONCE = 200


class Filter(StrEnum):
    ALL = "all"
    ATTENTION = "attention"


@dataclass(frozen=True)
class Row:
    case: CreditCase
    decision: Decision | None
    """The one that stands, where the gradebook hears of it."""
    grade: GradeState | None
    worth: Worth | None
    """What it is worth there; of a case that can be decided, what an award would be."""
    is_unsent: bool = False
    is_to_take_back: bool = False
    """Nothing is decided any more that the grade would show, and the gradebook never heard."""
    override: Override | None = None
    """Where the award is another figure than the policy's."""


@dataclass(frozen=True)
class Gradebook:
    columns: Sequence[ColumnState]
    page: Page[CreditCase]
    rows: Sequence[Row]
    counts: dict[Filter, int]
    to_send: int
    """Grades that can be sent without anybody's choice: refused ones, and those never sent."""
    unsent: int
    progress: Progress
    """Of what was ever sent, also before the course chose to keep its decisions here."""


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
        column_states(session, course),
        listed,
        rows_of(session, course, listed.rows),
        {one: _size(session, _chosen(session, actor, course, one)) for one in Filter},
        _size(session, to_send(session, actor, course)),
        _size(session, _unsent(session, actor, course)),
        grade_progress.of_course(session, course),
    )


def column_states(session: Session, course: Course) -> Sequence[ColumnState]:
    return columns.states(session, course, resource_id=delivery.COLUMN, label=delivery.LABEL)


def to_send(session: Session, actor: Actor, course: Course) -> Select[CreditCase]:
    refused = grade_choices.refused(course.id, CreditCase.person_id)
    query = _of_people(actor, course).where(refused | _is_unsent(session, course))
    return query.where(false()) if course.keeps_grades_here else query


def waiting_to_be_sent(session: Session, actor: Actor, course: Course) -> Sequence[Row]:
    """As many as go at once, by name."""
    return _rows_by_name(session, course, to_send(session, actor, course))


def would_be_sent(session: Session, actor: Actor, course: Course) -> Sequence[Row]:
    """The same, were the decisions of this course sent from now on."""
    refused = grade_choices.refused(course.id, CreditCase.person_id)
    query = _of_people(actor, course).where(refused | _is_behind(course))
    return _rows_by_name(session, course, query)


def _rows_by_name(session: Session, course: Course, query: Select[CreditCase]) -> Sequence[Row]:
    query = query.options(*cases.PAGE_NEEDS).order_by(NAME, CreditCase.id)
    return rows_of(session, course, session.scalars(query.limit(MOST_AT_ONCE)).all())


def never_sent(session: Session, course: Course) -> int:
    """Decisions of the course that the gradebook was never told of, and could be."""
    query = select(CreditCase).where(CreditCase.course_id == course.id)
    return _size(session, query.where(_is_unsent(session, course)))


def count(session: Session, actor: Actor, course: Course, chosen: Filter) -> int:
    return _size(session, _chosen(session, actor, course, chosen))


def rows_of(session: Session, course: Course, listed: Sequence[CreditCase]) -> list[Row]:
    told = grades.states_for(session, course.id, [case.person_id for case in listed])
    standing = [case.id for case in listed if case.state in worth.STANDS]
    decided = standing_decisions(session, standing)
    others = overrides.of_many(session, decided.values())
    sent = _sent(session, decided)
    awards = _awards(session, [case for case in listed if case.state == CaseState.READY])
    rows = []
    for case in listed:
        decision = decided.get(case.id)
        if decision is not None and decision.outcome not in worth.GRADED:
            decision = None
        grade = told.get(case.person_id)
        rows.append(
            Row(
                case,
                decision,
                grade,
                _worth(case, decision) or awards.get(case.id),
                is_unsent=decision is not None and decision.id not in sent,
                is_to_take_back=decision is None and grade is not None and grade.stands,
                override=others.get(decision.id) if decision is not None else None,
            )
        )
    return rows


def _worth(case: CreditCase, decision: Decision | None) -> Worth | None:
    if decision is None:
        return None
    rules = Parameters.model_validate(decision.policy_version.parameters)
    return worth.of_standing(decision, rules)


def _awards(session: Session, ready: Sequence[CreditCase]) -> dict[int, Worth]:
    """What the gradebook would show if the policy's figure were awarded now."""
    return {
        case_id: worth.approved(facts.policy, award.most_likely(facts).credits_thousandths)
        for case_id, facts in inputs.load(session, ready).items()
    }


def _sent(session: Session, decided: dict[int, Decision]) -> set[int]:
    return set(
        session.scalars(
            select(GradeDelivery.decision_id).where(
                GradeDelivery.decision_id.in_([one.id for one in decided.values()])
            )
        )
    )


def _chosen(
    session: Session, actor: Actor, course: Course, chosen: Filter
) -> Select[CreditCase]:
    query = _of_people(actor, course)
    if chosen == Filter.ATTENTION:
        needs = grade_choices.needs_somebody(course.id, CreditCase.person_id)
        wanted = needs | _is_unsent(session, course)
        query = query.where(false() if course.keeps_grades_here else wanted)
    return query


def _unsent(session: Session, actor: Actor, course: Course) -> Select[CreditCase]:
    """Without those to take back: they are among the grades that were sent."""
    has_gradebook = grades.has_gradebook(session, course)
    return _of_people(actor, course).where(_never_told() if has_gradebook else false())


def _of_people(actor: Actor, course: Course) -> Select[CreditCase]:
    return cases.teaching_view(actor, course).join(Person, Person.id == CreditCase.person_id)


def _is_unsent(session: Session, course: Course) -> ColumnElement[bool]:
    """Decided while the platform gave no gradebook, or knew no account of the student."""
    return _is_behind(course) if grades.has_gradebook(session, course) else false()


def _is_behind(course: Course) -> ColumnElement[bool]:
    shows = grade_choices.stands(course.id, CreditCase.person_id)
    return _never_told() | and_(~_holds(), shows)


def _never_told() -> ColumnElement[bool]:
    told = select(GradeDelivery.id).where(GradeDelivery.decision_id == _newest())
    return and_(_holds(), ~told.exists())


def _holds() -> ColumnElement[bool]:
    """A decision that the gradebook hears of."""
    graded = select(Decision.id).where(
        Decision.id == _newest(), Decision.outcome.in_(worth.GRADED)
    )
    return and_(CreditCase.state.in_(worth.STANDS), graded.exists())


def _newest() -> ScalarSelect[int]:
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


def _size(session: Session, query: Select[CreditCase]) -> int:
    listed = query.with_only_columns(CreditCase.id)
    return session.scalar(select(func.count()).select_from(listed.subquery())) or 0
