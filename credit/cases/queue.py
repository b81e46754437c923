"""The instructor's queue: every case of a course, by whose move it is and how long it waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    select,
)
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.web.pagination import Page, page
from credit.agreements import queries as agreements
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases import award, flags, inputs, queries, readiness, whose_move
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from credit.cases.readiness import Mover
from credit.cases.workflow import DECIDED
from lti import grades

AGREEMENT_NEEDS = (
    joinedload(LearningAgreement.placement).joinedload(Placement.person),
    joinedload(LearningAgreement.placement).joinedload(Placement.course),
)
MOST_AGREEMENTS = 50
MOST_NEIGHBORS = 500


class Filter(StrEnum):
    MINE = "mine"
    SUPERVISOR = "supervisor"
    STUDENT = "student"
    DECIDED = "decided"
    ALL = "all"


@dataclass(frozen=True)
class Row:
    case: CreditCase
    facts: Facts
    mover: Mover
    missing: list[str]
    flags: list[str]
    credits_thousandths: int
    """What the policy gives by what is there today, confirmations by name included."""
    grade: grades.GradeState | None

    @property
    def days(self) -> int:
        return max(0, (clock.now() - self.case.state_since).days)


@dataclass(frozen=True)
class Queue:
    page: Page[CreditCase]
    rows: Sequence[Row]
    counts: Mapping[Filter, int]
    agreements: Sequence[LearningAgreement]
    oldest: CreditCase | None


def read(
    session: Session, actor: Actor, course: Course, *, chosen: Filter, after: str | None
) -> Queue:
    listed: Page[CreditCase] = page(
        session,
        queries.teaching_view(actor, course)
        .where(_chosen(course, chosen))
        .options(*queries.PAGE_NEEDS),
        order_by=(CreditCase.state_since, CreditCase.id),
        key_of=lambda one: (one.state_since, one.id),
        after=after,
    )
    waiting = _agreements(session, actor, course)
    counts = _counts(session, actor, course)
    counts[Filter.MINE] += len(waiting)
    oldest = session.scalar(mine(actor, course).limit(1))
    return Queue(listed, _rows(session, course, listed.rows), counts, waiting, oldest)


def mine(actor: Actor, course: Course) -> Select[CreditCase]:
    """The cases that wait for the instructor, longest wait first."""
    return (
        queries.teaching_view(actor, course)
        .where(_chosen(course, Filter.MINE))
        .order_by(CreditCase.state_since, CreditCase.id)
    )


def mine_in_order(session: Session, actor: Actor, course: Course) -> Sequence[tuple[int, str]]:
    """Id and public id of them."""
    query = mine(actor, course).with_only_columns(CreditCase.id, CreditCase.public_id)
    rows = session.execute(query.limit(MOST_NEIGHBORS))
    return [(row[0], row[1]) for row in rows]


def _chosen(course: Course, chosen: Filter) -> ColumnElement[bool]:
    if chosen == Filter.ALL:
        return CreditCase.id.is_not(None)
    if chosen == Filter.DECIDED:
        return CreditCase.state.in_(DECIDED)
    mover = {
        Filter.MINE: Mover.INSTRUCTOR,
        Filter.SUPERVISOR: Mover.SUPERVISOR,
        Filter.STUDENT: Mover.STUDENT,
    }[chosen]
    return whose_move.column(course) == mover.value


def _counts(session: Session, actor: Actor, course: Course) -> dict[Filter, int]:
    moves = whose_move.column(course).label("mover")
    here = (
        queries.teaching_view(actor, course)
        .with_only_columns(moves, CreditCase.state.label("state"))
        .subquery()
    )
    rows = session.execute(
        select(here.c.mover, here.c.state, func.count()).group_by(here.c.mover, here.c.state)
    )
    counts = dict.fromkeys(Filter, 0)
    for mover, state, count in rows:
        counts[Filter.ALL] += count
        if state in DECIDED:
            counts[Filter.DECIDED] += count
        if mover == Mover.INSTRUCTOR:
            counts[Filter.MINE] += count
        elif mover != Mover.NOBODY:
            counts[Filter(mover)] += count
    return counts


def _agreements(session: Session, actor: Actor, course: Course) -> Sequence[LearningAgreement]:
    """Plans that both others have signed: the instructor's move as well."""
    return session.scalars(
        agreements.visible_to(actor)
        .join(LearningAgreement.placement)
        .where(
            Placement.course_id == course.id,
            LearningAgreement.state == AgreementState.AWAITING_INSTRUCTOR,
        )
        .options(*AGREEMENT_NEEDS)
        .order_by(LearningAgreement.state_since, LearningAgreement.id)
        .limit(MOST_AGREEMENTS)
    ).all()


def _rows(session: Session, course: Course, cases: Sequence[CreditCase]) -> list[Row]:
    facts = inputs.load(session, cases)
    told = grades.states_for(session, course.id, [one.person_id for one in cases])
    return [_row(facts[one.id], told.get(one.person_id)) for one in cases]


def _row(facts: Facts, grade: grades.GradeState | None) -> Row:
    return Row(
        case=facts.case,
        facts=facts,
        mover=readiness.mover(facts),
        missing=[lack.text for lack in readiness.lacks(facts)],
        flags=[flag.short for flag in flags.of(facts) if flag.short],
        credits_thousandths=award.most_likely(facts).credits_thousandths,
        grade=grade,
    )
