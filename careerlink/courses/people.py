"""Who is in a course, for those who teach it and for the career office."""

from collections.abc import Mapping
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.reach import looks_after
from careerlink.courses.roles import CourseRole
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.web.pagination import Page, page

TEACHING = (CourseRole.INSTRUCTOR, CourseRole.ASSISTANT)


class Group(StrEnum):
    ALL = "all"
    STUDENTS = "students"
    TEACHING = "teaching"
    LATE = "late"
    DROPPED = "dropped"
    UNLISTED = "unlisted"
    """Known by launches only: a site manager, or a class whose list was never read."""
    TEST = "test"


def role_of(member: CourseMember) -> CourseRole:
    """What somebody is here, without regard to how they opened it this time."""
    listed, launched = member.roster_role, member.launch_role
    if listed == CourseRole.STUDENT and launched in TEACHING:
        return CourseRole.ASSISTANT
    if listed is None or listed == CourseRole.NONE:
        return launched or CourseRole.NONE
    return listed


def is_student() -> ColumnElement[bool]:
    """Here or no longer here."""
    return _role() == CourseRole.STUDENT.value


def _role(member: type[CourseMember] = CourseMember) -> ColumnElement[str]:
    """``role_of`` in the database's words; a test keeps the two equal."""
    listed, launched = member.roster_role, member.launch_role
    return case(
        (
            and_(listed == CourseRole.STUDENT, launched.in_(TEACHING)),
            CourseRole.ASSISTANT.value,
        ),
        (
            or_(listed.is_(None), listed == CourseRole.NONE),
            func.coalesce(sa.cast(launched, sa.Text), CourseRole.NONE.value),
        ),
        else_=sa.cast(listed, sa.Text),
    )


def teaches_here(
    member: type[CourseMember] = CourseMember, person: type[Person] = Person
) -> ColumnElement[bool]:
    """An instructor by list or launch, or named by staff, who is still in the course."""
    return and_(
        ~or_(member.is_test, person.is_test),
        member.dropped_at.is_(None),
        or_(
            _role(member) == CourseRole.INSTRUCTOR.value, member.approver_named_at.is_not(None)
        ),
    )


def conditions() -> Mapping[Group, ColumnElement[bool]]:
    """Every group but test users is of real people who have not left, or have."""
    is_test = or_(CourseMember.is_test, Person.is_test)
    is_here = and_(~is_test, CourseMember.dropped_at.is_(None))
    return {
        Group.ALL: sa.true(),
        Group.STUDENTS: and_(is_here, _role() == CourseRole.STUDENT.value),
        Group.TEACHING: and_(is_here, _role().in_([role.value for role in TEACHING])),
        Group.LATE: and_(is_here, CourseMember.added_late_at.is_not(None)),
        Group.DROPPED: and_(~is_test, CourseMember.dropped_at.is_not(None)),
        Group.UNLISTED: and_(is_here, CourseMember.roster_role.is_(None)),
        Group.TEST: is_test,
    }


def visible_to(actor: Actor) -> Select[CourseMember]:
    """Members of the courses that ``actor`` teaches or helps in; the office sees all."""
    query = (
        select(CourseMember)
        .join(CourseMember.course)
        .join(CourseMember.person)
        .where(Course.institution_id == actor.institution_id)
    )
    if actor.reads_office:
        return query
    return query.where(looks_after(actor, CourseMember.course_id, CourseMember.person_id))


def counts(session: Session, actor: Actor, course: Course) -> dict[Group, int]:
    groups = conditions()
    row = session.execute(
        visible_to(actor)
        .where(CourseMember.course_id == course.id)
        .with_only_columns(
            *[func.coalesce(func.sum(case((c, 1), else_=0)), 0) for c in groups.values()]
        )
    ).one()
    return {group: int(count) for group, count in zip(groups, row, strict=True)}


def listed(
    session: Session,
    actor: Actor,
    course: Course,
    *,
    group: Group,
    text: str,
    after: str | None,
) -> Page[CourseMember]:
    """By name; those whose name the platform withholds come first."""
    query = visible_to(actor).where(CourseMember.course_id == course.id, conditions()[group])
    if text:
        query = query.where(
            or_(
                *[
                    column.icontains(text, autoescape=True)
                    for column in (Person.name, Person.email, Person.sis_id)
                ]
            )
        )
    return page(
        session,
        query.options(
            joinedload(CourseMember.person), joinedload(CourseMember.approver_named_by)
        ),
        order_by=[func.coalesce(Person.name, ""), CourseMember.id],
        key_of=lambda member: [member.person.name or "", member.id],
        after=after,
    )


def get(session: Session, actor: Actor, course: Course, member_id: int) -> CourseMember:
    """:raises NotFound: not there, not theirs, or of another course than the address says."""
    found = session.scalar(
        visible_to(actor)
        .where(CourseMember.id == member_id, CourseMember.course_id == course.id)
        .options(joinedload(CourseMember.person), joinedload(CourseMember.course))
    )
    if found is None:
        raise NotFound
    return found
