"""The students of a course, a page of them at a time, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from careerlink.courses import people
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.people import Group
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.web.pagination import Page, page
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases import inputs, queries, whose_move
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from credit.cases.readiness import Mover
from credit.cases.whose_move import Moves
from credit.status_board import rows
from credit.status_board.rows import Row

UNSIGNED = (
    AgreementState.DRAFT,
    AgreementState.AWAITING_SUPERVISOR,
    AgreementState.AWAITING_INSTRUCTOR,
)
Item = TypeVar("Item", Placement, LearningAgreement)


class Filter(StrEnum):
    ALL = "all"
    MINE = "mine"
    NO_PROJECT = "no_project"
    LATE = "late"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Board:
    page: Page[CourseMember]
    rows: Sequence[Row]
    counts: Mapping[Filter, int]
    read_at: datetime | None
    """When the list of members was last read whole."""
    has_failed: bool
    """The latest attempt to read it failed; nobody was taken off."""


def read(
    session: Session,
    actor: Actor,
    course: Course,
    *,
    chosen: Filter,
    text: str = "",
    after: str | None = None,
) -> Board:
    conditions = _conditions(course, whose_move.now(session, course))
    members = people.visible_to(actor).where(CourseMember.course_id == course.id)
    query = members.where(conditions[chosen])
    if text:
        query = query.where(Person.name.icontains(text, autoescape=True))
    listed: Page[CourseMember] = page(
        session,
        query.options(contains_eager(CourseMember.person)),
        order_by=[func.coalesce(Person.name, ""), CourseMember.id],
        key_of=lambda member: [member.person.name or "", member.id],
        after=after,
    )
    rosters = session.scalars(
        select(CourseRoster).where(CourseRoster.course_id == course.id)
    ).all()
    answered = [one.answered_at for one in rosters if one.answered_at is not None]
    return Board(
        listed,
        _rows(session, actor, course, listed.rows),
        _counts(session, members, conditions),
        min(answered, default=None),
        any(one.failed_at is not None for one in rosters),
    )


def _conditions(course: Course, moves: Moves) -> dict[Filter, ColumnElement[bool]]:
    """Lists of students to be in, each drawn up once: cheaper than asking for every member."""
    of = people.conditions()
    here = of[Group.STUDENTS]
    my_cases = select(CreditCase.person_id).where(
        CreditCase.course_id == course.id, moves.are_of(Mover.INSTRUCTOR)
    )
    work = select(Placement.person_id).where(
        Placement.course_id == course.id, Placement.state != PlacementState.CANCELLED
    )
    to_approve = work.join(
        LearningAgreement, LearningAgreement.placement_id == Placement.id
    ).where(LearningAgreement.state == AgreementState.AWAITING_INSTRUCTOR)
    student = CourseMember.person_id
    return {
        Filter.ALL: or_(here, of[Group.DROPPED] & people.is_student()),
        Filter.MINE: here & or_(student.in_(my_cases), student.in_(to_approve)),
        Filter.NO_PROJECT: here & student.not_in(work),
        Filter.LATE: here & of[Group.LATE],
        Filter.DROPPED: of[Group.DROPPED] & people.is_student(),
    }


def _counts(
    session: Session,
    members: Select[CourseMember],
    conditions: Mapping[Filter, ColumnElement[bool]],
) -> dict[Filter, int]:
    row = session.execute(
        members.with_only_columns(
            *[func.coalesce(func.sum(case((c, 1), else_=0)), 0) for c in conditions.values()]
        )
    ).one()
    return {one: int(count) for one, count in zip(conditions, row, strict=True)}


def _rows(
    session: Session, actor: Actor, course: Course, members: Sequence[CourseMember]
) -> list[Row]:
    ids = [member.person_id for member in members]
    facts = _facts(session, actor, course, ids)
    work = _placements(session, actor, course, ids)
    plans = _plans(session, [one.id for some in work.values() for one in some])
    return [
        rows.row(
            member,
            facts.get(member.person_id),
            work[member.person_id],
            [plan for one in work[member.person_id] for plan in plans[one.id]],
        )
        for member in members
    ]


def _facts(
    session: Session, actor: Actor, course: Course, person_ids: Sequence[int]
) -> dict[int, Facts]:
    cases = session.scalars(
        queries.teaching_view(actor, course)
        .where(CreditCase.person_id.in_(person_ids))
        .options(*queries.PAGE_NEEDS)
    ).all()
    return {one.case.person_id: one for one in inputs.load(session, cases).values()}


def _placements(
    session: Session, actor: Actor, course: Course, person_ids: Sequence[int]
) -> dict[int, list[Placement]]:
    """Oldest first."""
    found: dict[int, list[Placement]] = defaultdict(list)
    for one in session.scalars(
        placements.visible_to(actor)
        .where(
            Placement.course_id == course.id,
            Placement.person_id.in_(person_ids),
            Placement.state != PlacementState.CANCELLED,
        )
        .order_by(Placement.id)
    ):
        found[one.person_id].append(one)
    return found


def _plans(
    session: Session, placement_ids: Sequence[int]
) -> dict[int, list[LearningAgreement]]:
    """Those that are not in force yet."""
    found: dict[int, list[LearningAgreement]] = defaultdict(list)
    for one in session.scalars(
        select(LearningAgreement).where(
            LearningAgreement.placement_id.in_(placement_ids),
            LearningAgreement.state.in_(UNSIGNED),
        )
    ):
        found[one.placement_id].append(one)
    return found
