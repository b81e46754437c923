"""Whose work somebody sees in the courses that they teach or help in.

Nearly always everybody's; whoever acts for an instructor may be asked for some sections alone.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from careerlink.enrollments.models import Enrollment
from careerlink.people.actors import Actor

Student = tuple[int, int]
"""Their course, and who they are."""


def looks_after(
    actor: Actor,
    course_id: InstrumentedAttribute[int],
    person_id: InstrumentedAttribute[int],
) -> ColumnElement[bool]:
    """Of rows with a course and a student: those that ``actor`` teaches or helps with."""
    mine = actor.courses_where_may_look()
    limited = [one for one in mine if actor.standing(one).section_ids is not None]
    whole = course_id.in_([one for one in mine if one not in limited])
    return or_(
        whole,
        *[
            and_(
                course_id == one,
                exists().where(_in_sections(actor, one), Enrollment.person_id == person_id),
            )
            for one in limited
        ],
    )


def _in_sections(actor: Actor, course: int) -> ColumnElement[bool]:
    """Enrollments in those that ``actor`` was asked for; who moved to another section is there
    no more, who left the course altogether still is."""
    other = aliased(Enrollment)
    goes_on_elsewhere = (
        exists()
        .where(
            other.course_id == Enrollment.course_id,
            other.person_id == Enrollment.person_id,
            other.dropped_on.is_(None),
        )
        .correlate(Enrollment)
    )
    return and_(
        Enrollment.course_id == course,
        Enrollment.section_id.in_(actor.standing(course).section_ids or ()),
        or_(Enrollment.dropped_on.is_(None), ~goes_on_elsewhere),
    )


def included(session: Session, actor: Actor, students: Collection[Student]) -> set[Student]:
    """Those in the sections that ``actor`` was asked for, in courses where it was for some."""
    courses = {course_id for course_id, _person_id in students}
    limited = [one for one in courses if actor.standing(one).section_ids is not None]
    found = {one for one in students if one[0] not in limited}
    if limited:
        rows = session.execute(
            select(Enrollment.course_id, Enrollment.person_id).where(
                or_(*[_in_sections(actor, one) for one in limited]),
                Enrollment.person_id.in_([person_id for _course_id, person_id in students]),
            )
        )
        found |= {(row[0], row[1]) for row in rows}
    return found & set(students)
