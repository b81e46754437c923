"""Which courses are linked, which could be, and who belongs to each."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from careerlink.courses import standing
from careerlink.courses.models import Course, CourseMember
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from lti.models import LtiContext, LtiDeployment, LtiMembership, LtiUser

MOST = 100


def places(session: Session, course: Course) -> Sequence[LtiContext]:
    """The courses in learning platforms whose launches open this one; its own come first."""
    return session.scalars(
        select(LtiContext)
        .where(LtiContext.course_id == course.id)
        .options(
            joinedload(LtiContext.own_course),
            joinedload(LtiContext.deployment).joinedload(LtiDeployment.registration),
        )
        .order_by(LtiContext.own_course_id.is_not(None), LtiContext.id)
    ).all()


def linked(session: Session, course: Course) -> Sequence[Course]:
    return session.scalars(
        select(Course).where(Course.joined_id == course.id).order_by(Course.label, Course.id)
    ).all()


def teaches(session: Session, actor: Actor, course: Course) -> bool:
    """By this session's launch, else by what launches and rosters have said so far."""
    if actor.institution_id != course.institution_id or actor.looks_only:
        return False
    if actor.is_staff or actor.may_decide(course.id):
        return True
    if actor.person_id is None or course.id in actor.courses:
        return False
    launched = session.scalar(
        select(CourseMember.launch_role).where(
            CourseMember.course_id == course.id,
            CourseMember.person_id == actor.person_id,
            CourseMember.dropped_at.is_(None),
        )
    )
    if launched is None:
        return False
    person = session.get_one(Person, actor.person_id)
    return standing.of(session, person, {course.id: launched})[course.id].may_decide


def candidates(session: Session, actor: Actor, course: Course) -> list[Course]:
    """Running courses of the same institution and term that this person teaches as well."""
    found = session.scalars(
        select(Course)
        .where(
            Course.institution_id == course.institution_id,
            Course.id != course.id,
            Course.term_id.is_not_distinct_from(course.term_id),
            Course.joined_id.is_(None),
            Course.concluded_at.is_(None),
            select(LtiContext.id).where(LtiContext.course_id == Course.id).exists(),
            _of_mine(actor),
        )
        .options(joinedload(Course.term))
        .order_by(Course.label, Course.title, Course.id)
        .limit(MOST)
    )
    return [one for one in found if teaches(session, actor, one)]


def _of_mine(actor: Actor) -> ColumnElement[bool]:
    if actor.is_staff:
        return true()
    mine = select(CourseMember.course_id).where(CourseMember.person_id == actor.person_id)
    return Course.id.in_(mine)


def joined_to(session: Session, course: Course, other: Course) -> Sequence[LtiContext]:
    """The places that ``other`` brought along."""
    return session.scalars(
        select(LtiContext).where(
            LtiContext.course_id == course.id, LtiContext.own_course_id == other.id
        )
    ).all()


def people_of(session: Session, contexts: Sequence[LtiContext]) -> set[int]:
    return set(
        session.scalars(
            select(LtiUser.person_id)
            .join(LtiMembership, LtiMembership.lti_user_id == LtiUser.id)
            .where(LtiMembership.context_id.in_([context.id for context in contexts]))
        )
    )


def leaving(session: Session, course: Course, other: Course) -> set[int]:
    """Whom no other place of ``course`` knows."""
    brought = joined_to(session, course, other)
    rest = [place for place in places(session, course) if place not in brought]
    return people_of(session, brought) - people_of(session, rest)
