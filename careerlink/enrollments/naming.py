"""Staff say which course a CRN means. It is said once; said anew, enrollments go along."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses import sections
from careerlink.courses.models import Course, CourseSection
from careerlink.enrollments.models import CourseCrn, Enrollment, WaitingEnrollment
from careerlink.enrollments.operations import hold_courses, lock_lists
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.registry import registry


def name_course(
    session: Session, term: Term, *, crn: str, course: Course | None, actor: Actor
) -> CourseCrn:
    """``course`` absent: none of ours, so that lists leave this number out.

    :raises InvalidInput: a course of another term.
    :raises NotPossible: none of ours, though students are enrolled under it.
    """
    if not actor.is_staff or term.institution_id != actor.institution_id:
        raise NotPermitted("Only career staff say which course a CRN means.")
    if course is not None and course.institution_id != actor.institution_id:
        raise NotPermitted("This course belongs to another institution.")
    lock_lists(session, term.institution_id)
    row = session.scalar(
        select(CourseCrn).where(CourseCrn.term_id == term.id, CourseCrn.crn == crn)
    )
    if row is not None and row.course_id == (course.id if course else None):
        return row
    if course is not None and course.term_id not in (None, term.id):
        raise InvalidInput(f"{course.name} is not taught in {term.name}.", field="course")
    if row is None:
        row = CourseCrn(term_id=term.id, crn=crn)
        session.add(row)
    before = row.course_id
    taught_at = hold_courses(session, {one for one in (before, course and course.id) if one})
    rows = _rows(session, term, crn, taught_at[before]) if before is not None else []
    if course is None and rows:
        raise NotPossible(
            "Students are enrolled under this CRN. Name the course that it means."
        )
    row.course_id, row.chosen_by_id = course.id if course else None, actor.person_id
    session.flush()
    audit.record(
        session, "course_crn:choose", row, actor=actor, course_id=row.course_id, was=before
    )
    if before is not None and course is not None:
        _move(session, rows, crn, taught_at[before], taught_at[course.id], actor)
    if course is None:
        session.execute(
            delete(WaitingEnrollment).where(
                WaitingEnrollment.term_id == term.id, WaitingEnrollment.crn == crn
            )
        )
    return row


def _rows(session: Session, term: Term, crn: str, course_id: int) -> Sequence[Enrollment]:
    return session.scalars(
        select(Enrollment).where(
            Enrollment.term_id == term.id,
            Enrollment.crn == crn,
            Enrollment.course_id == course_id,
        )
    ).all()


def _move(
    session: Session,
    rows: Sequence[Enrollment],
    crn: str,
    source: int,
    target: int,
    actor: Actor,
) -> None:
    """Enrollments under a number that meant another course all along."""
    there = set(
        session.scalars(
            select(Enrollment.person_id).where(
                Enrollment.course_id == target, Enrollment.crn == crn
            )
        )
    )
    section = _section(session, target, crn, rows)
    for row in rows:
        if row.person_id not in there:
            row.course_id, row.section_id = target, section.id if section else None
            audit.record(
                session, "enrollment:move", row, actor=actor, course_id=target, was=source
            )
    _tell(session, [source, target], [row.person_id for row in rows])


def _section(
    session: Session, course_id: int, crn: str, rows: Sequence[Enrollment]
) -> CourseSection | None:
    if not rows:
        return None
    name = rows[0].section.name if rows[0].section is not None else ""
    return sections.in_course(session, course_id, sis_id=crn, name=name)


def _tell(session: Session, course_ids: Sequence[int], person_ids: Sequence[int]) -> None:
    session.flush()
    for course_id in course_ids if person_ids else ():
        course = session.get_one(Course, course_id)
        for react in registry.enrollment_changes:
            react(session, course, sorted(person_ids))
