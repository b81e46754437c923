"""Whose work somebody sees in the courses that they teach or help in.

Nearly always everybody's; whoever acts for an instructor may be asked for some sections alone.
"""

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careerlink.enrollments.models import Enrollment
from careerlink.people.actors import Actor


def looks_after(
    actor: Actor,
    course_id: InstrumentedAttribute[int],
    person_id: InstrumentedAttribute[int],
) -> ColumnElement[bool]:
    """Of rows with a course and a student: those that ``actor`` teaches or helps with."""
    mine = actor.courses_where_may_look()
    limited = [one for one in mine if actor.standing(one).section_ids is not None]
    whole = course_id.in_([one for one in mine if one not in limited])
    return or_(whole, *[_in_sections(actor, one, course_id, person_id) for one in limited])


def _in_sections(
    actor: Actor,
    course: int,
    course_id: InstrumentedAttribute[int],
    person_id: InstrumentedAttribute[int],
) -> ColumnElement[bool]:
    enrolled = exists().where(
        Enrollment.course_id == course,
        Enrollment.person_id == person_id,
        Enrollment.section_id.in_(actor.standing(course).section_ids or ()),
    )
    return and_(course_id == course, enrolled)


def includes(session: Session, actor: Actor, course_id: int, person_id: int) -> bool:
    """Is this student in the sections that ``actor`` was asked for, if it was for some?"""
    sections = actor.standing(course_id).section_ids
    if sections is None:
        return True
    found = select(Enrollment.id).where(
        Enrollment.course_id == course_id,
        Enrollment.person_id == person_id,
        Enrollment.section_id.in_(sections),
    )
    return session.scalar(found.limit(1)) is not None
