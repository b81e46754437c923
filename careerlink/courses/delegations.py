"""Who acts for an instructor for some days, and who could be asked to."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload, selectinload

from careerlink import clock
from careerlink.courses import people
from careerlink.courses.models import (
    Course,
    CourseMember,
    CourseSection,
    InstructorDelegation,
    InstructorDelegationSection,
)
from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput, NotFound
from careerlink.people.actors import Actor
from careerlink.people.models import Person

TEACHING = (CourseRole.INSTRUCTOR, CourseRole.ASSISTANT)
UNKNOWN = (
    "Nobody who teaches with CareerLink has this address. They have to open CareerLink from "
    "a course of their own once."
)


def visible_to(actor: Actor) -> Select[InstructorDelegation]:
    """Of the courses that the actor teaches in or looks after; the office sees all."""
    query = (
        select(InstructorDelegation)
        .join(InstructorDelegation.course)
        .where(Course.institution_id == actor.institution_id)
    )
    if actor.reads_office:
        return query
    taught = [id_ for id_ in actor.courses if actor.is_instructor(id_)]
    return query.where(InstructorDelegation.course_id.in_(taught))


def get(session: Session, actor: Actor, course: Course, public_id: str) -> InstructorDelegation:
    """:raises NotFound: not there, not theirs, or of another course than the address says."""
    found = session.scalar(
        visible_to(actor).where(
            InstructorDelegation.public_id == public_id,
            InstructorDelegation.course_id == course.id,
        )
    )
    if found is None:
        raise NotFound
    return found


def of_course(session: Session, actor: Actor, course: Course) -> Sequence[InstructorDelegation]:
    return session.scalars(
        visible_to(actor)
        .where(InstructorDelegation.course_id == course.id)
        .options(
            joinedload(InstructorDelegation.instructor),
            joinedload(InstructorDelegation.delegate),
            selectinload(InstructorDelegation.sections).joinedload(
                InstructorDelegationSection.section
            ),
        )
        .order_by(InstructorDelegation.ends_on.desc(), InstructorDelegation.id.desc())
        .limit(100)
    ).all()


def acting_in(session: Session, actor: Actor, course_id: int) -> InstructorDelegation | None:
    """What the actor was asked, where it is what lets them act there today."""
    person = session.get_one(Person, actor.person_id)
    return acting(session, person).get(course_id)


def acting(session: Session, person: Person) -> dict[int, InstructorDelegation]:
    """By course, where this person acts for somebody today who teaches there still.

    Asked with every request: whoever acts for nobody, nearly everybody, costs one small query.
    """
    today = clock.today(person.institution.time_zone)
    named = session.scalars(
        select(InstructorDelegation.id).where(
            InstructorDelegation.delegate_id == person.id,
            InstructorDelegation.starts_on <= today,
            InstructorDelegation.ends_on >= today,
        )
    ).all()
    return _in_effect(session, person, named) if named else {}


def _in_effect(
    session: Session, person: Person, ids: Sequence[int]
) -> dict[int, InstructorDelegation]:
    member, instructor = aliased(CourseMember), aliased(Person)
    still_teaches = exists().where(
        member.course_id == InstructorDelegation.course_id,
        member.person_id == InstructorDelegation.instructor_id,
        instructor.id == member.person_id,
        people.teaches_here(member, instructor),
    )
    found = session.scalars(
        select(InstructorDelegation)
        .where(
            InstructorDelegation.id.in_(ids),
            InstructorDelegation.checked_at.is_not(None),
            InstructorDelegation.revoked_at.is_(None),
            still_teaches,
            ~studies(person.id, InstructorDelegation.course_id),
        )
        .options(
            joinedload(InstructorDelegation.instructor),
            selectinload(InstructorDelegation.sections),
        )
        .order_by(InstructorDelegation.may_decide, InstructorDelegation.id)
    )
    return {delegation.course_id: delegation for delegation in found}


def studies(person_id: int, course_id: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """A student there, by list or launch, does not stand in for whoever teaches them."""
    student = aliased(CourseMember)
    return exists().where(
        student.course_id == course_id,
        student.person_id == person_id,
        or_(
            student.roster_role == CourseRole.STUDENT,
            student.launch_role == CourseRole.STUDENT,
        ),
        or_(student.launch_role.is_(None), student.launch_role.not_in(TEACHING)),
    )


def colleagues(session: Session, course: Course, *, besides: int | None) -> list[Person]:
    """Who teaches or assists in this course."""
    return list(
        session.scalars(
            select(Person)
            .join(CourseMember, CourseMember.person_id == Person.id)
            .where(
                CourseMember.course_id == course.id,
                CourseMember.launch_role.in_(TEACHING),
                CourseMember.dropped_at.is_(None),
                CourseMember.is_test.is_(False),
                Person.is_test.is_(False),
                Person.id != (besides or 0),
            )
            .order_by(Person.name, Person.id)
            .limit(100)
        )
    )


def sections(session: Session, course: Course) -> Sequence[CourseSection]:
    return session.scalars(
        select(CourseSection)
        .where(CourseSection.course_id == course.id)
        .order_by(CourseSection.name, CourseSection.sis_id)
        .limit(100)
    ).all()


def by_address(session: Session, course: Course, address: str) -> Person:
    """Somebody who teaches elsewhere at this institution.

    :raises InvalidInput: nobody, or several accounts, have this address.
    """
    teaches = exists().where(
        CourseMember.person_id == Person.id, CourseMember.launch_role.in_(TEACHING)
    )
    found = session.scalars(
        select(Person)
        .where(
            Person.institution_id == course.institution_id,
            func.lower(Person.email) == address.strip().lower(),
            Person.is_test.is_(False),
            teaches,
        )
        .limit(2)
    ).all()
    if len(found) != 1:
        raise InvalidInput(UNKNOWN, field="address")
    return found[0]
