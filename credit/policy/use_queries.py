"""Which courses and cases go by which version of a policy."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED
from credit.policy.models import CoursePolicy, CreditPolicyVersion

MOST = 200


@dataclass
class InCourse:
    """One course by one version."""

    course: Course
    version: CreditPolicyVersion
    is_choice: bool = False
    """New cases open under it, because the course chose it."""
    open_cases: int = 0
    cases: int = 0


def by_course(
    session: Session, versions: Sequence[CreditPolicyVersion], actor: Actor
) -> list[InCourse]:
    """The newest courses first, and in a course the newest version."""
    known = {one.id: one for one in versions}
    found: dict[tuple[int, int], InCourse] = {}
    for course, version_id, still_open, all_of_them in _counted(session, known, actor):
        line = InCourse(course, known[version_id], False, still_open, all_of_them)
        found[course.id, version_id] = line
    for choice in _choices(session, known, actor):
        key = choice.course_id, choice.policy_version_id
        line = found.setdefault(key, InCourse(choice.course, known[key[1]]))
        line.is_choice = True
    return sorted(found.values(), key=lambda one: (-one.course.id, -one.version.number))


def per_version(
    session: Session, versions: Sequence[CreditPolicyVersion], actor: Actor
) -> dict[int, tuple[int, int]]:
    """By version: cases that nobody decided yet, and all of them."""
    rows = session.execute(
        select(CreditCase.policy_version_id, _open(), func.count())
        .where(*_within([one.id for one in versions], actor))
        .group_by(CreditCase.policy_version_id)
    )
    return {version_id: (int(still_open), number) for version_id, still_open, number in rows}


def _counted(
    session: Session, known: dict[int, CreditPolicyVersion], actor: Actor
) -> list[tuple[Course, int, int, int]]:
    counted = (
        select(
            CreditCase.course_id,
            CreditCase.policy_version_id,
            _open().label("open"),
            func.count().label("number"),
        )
        .where(*_within(list(known), actor))
        .group_by(CreditCase.course_id, CreditCase.policy_version_id)
        .order_by(CreditCase.course_id.desc())
        .limit(MOST)
        .subquery()
    )
    rows = session.execute(
        select(Course, counted.c.policy_version_id, counted.c.open, counted.c.number)
        .join(counted, counted.c.course_id == Course.id)
        .options(joinedload(Course.term))
    )
    return [(course, version, int(still), number) for course, version, still, number in rows]


def _choices(
    session: Session, known: dict[int, CreditPolicyVersion], actor: Actor
) -> Sequence[CoursePolicy]:
    return session.scalars(
        select(CoursePolicy)
        .join(CoursePolicy.course)
        .where(
            CoursePolicy.policy_version_id.in_(known),
            CoursePolicy.ended_at.is_(None),
            Course.institution_id == actor.institution_id,
        )
        .options(joinedload(CoursePolicy.course).joinedload(Course.term))
        .order_by(CoursePolicy.course_id.desc())
        .limit(MOST)
    ).all()


def _open() -> ColumnElement[int]:
    return func.sum(case((CreditCase.state.in_(UNDECIDED), 1), else_=0))


def _within(ids: list[int], actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        CreditCase.institution_id == actor.institution_id,
        CreditCase.policy_version_id.in_(ids),
    )
