"""Lines of students whom nobody knew: taken over once a launch or a roster brings them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from careerlink.courses.models import Course
from careerlink.enrollments.applying import Taking
from careerlink.enrollments.models import CourseCrn, WaitingEnrollment
from careerlink.people.actors import system
from careerlink.people.models import Person

AT_ONCE = 200


def match(session: Session) -> int:
    """Those whose student and course are both known now; of two people with one id, nobody."""
    other = aliased(Person)
    same_id = exists().where(
        other.institution_id == Person.institution_id,
        other.sis_id == Person.sis_id,
        other.id != Person.id,
        other.is_test.is_(False),
    )
    rows = session.execute(
        select(WaitingEnrollment, Person.id, CourseCrn.course_id)
        .join(
            Person,
            (Person.sis_id == WaitingEnrollment.sis_id)
            & (Person.institution_id == WaitingEnrollment.institution_id),
        )
        .join(
            CourseCrn,
            (CourseCrn.term_id == WaitingEnrollment.term_id)
            & (CourseCrn.crn == WaitingEnrollment.crn),
        )
        .where(Person.is_test.is_(False), CourseCrn.course_id.is_not(None), ~same_id)
        .order_by(WaitingEnrollment.id)
        .limit(AT_ONCE)
    ).all()
    by_institution: dict[int, list[tuple[WaitingEnrollment, int, int]]] = defaultdict(list)
    for row, person_id, course_id in rows:
        by_institution[row.institution_id].append((row, person_id, course_id or 0))
    for institution_id, found in by_institution.items():
        _take(session, institution_id, found)
    return len(rows)


def _take(
    session: Session, institution_id: int, found: Sequence[tuple[WaitingEnrollment, int, int]]
) -> None:
    courses = {course_id: taught_at(session, course_id) for _, _, course_id in found}
    taking = Taking(session, system(institution_id))
    taking.load(set(courses.values()), {person_id for _, person_id, _ in found})
    for row, person_id, course_id in found:
        taking.enroll(row, course_id=courses[course_id], person_id=person_id)
        session.delete(row)
    taking.tell()


def taught_at(session: Session, course_id: int) -> int:
    """A course that was linked with another is taught there."""
    joined = session.scalar(select(Course.joined_id).where(Course.id == course_id))
    return joined if joined is not None else course_id
