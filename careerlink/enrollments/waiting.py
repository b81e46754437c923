"""Lines of students whom nobody knew: taken over once a launch or a roster brings them."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from careerlink.enrollments.applying import Taking
from careerlink.enrollments.models import CourseCrn, WaitingEnrollment
from careerlink.enrollments.operations import hold_courses, lock_lists
from careerlink.people.actors import system
from careerlink.people.models import Person

AT_ONCE = 200


def match(session: Session) -> int:
    """Those whose student and course are both known now; of two people with one id, nobody."""
    found = _known().with_only_columns(WaitingEnrollment.institution_id).order_by(None)
    ids = session.scalars(found.distinct()).all()
    return sum(_match_of(session, institution_id) for institution_id in sorted(ids))


def _match_of(session: Session, institution_id: int) -> int:
    # A list that is taken over now may say something newer of somebody who waits.
    lock_lists(session, institution_id)
    here = WaitingEnrollment.institution_id == institution_id
    rows = session.execute(_known().where(here).limit(AT_ONCE)).all()
    if rows:
        _take(session, institution_id, [(row, person, course) for row, person, course in rows])
    return len(rows)


def _known() -> Select[WaitingEnrollment, int, int | None]:
    other = aliased(Person)
    same_id = exists().where(
        other.institution_id == Person.institution_id,
        other.sis_id == Person.sis_id,
        other.id != Person.id,
        other.is_test.is_(False),
    )
    return (
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
    )


def _take(
    session: Session,
    institution_id: int,
    found: Sequence[tuple[WaitingEnrollment, int, int | None]],
) -> None:
    taught_at = hold_courses(session, {course_id or 0 for _, _, course_id in found})
    taking = Taking(session, system(institution_id))
    taking.load(set(taught_at.values()), {person_id for _, person_id, _ in found})
    for row, person_id, course_id in found:
        taking.enroll(row, course_id=taught_at[course_id or 0], person_id=person_id)
        session.delete(row)
    taking.tell()
