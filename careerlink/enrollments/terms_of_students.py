"""In which term a student takes a course: the course's own, else the term of the enrollment
that counts. Moodle has no terms, and a Canvas course may be in the one that never ends."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, or_, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term

Place = tuple[int, int]
"""Course and person."""

COUNTS_FIRST = (
    (Enrollment.dropped_on.is_(None) & ~Enrollment.is_withdrawn).desc(),
    Enrollment.dropped_on.desc().nulls_last(),
    ((Enrollment.crn != "") | Enrollment.section_id.is_not(None)).desc(),
    Enrollment.added_on.desc().nulls_last(),
    Enrollment.id.desc(),
)
"""Of a student's several enrollments in one course: what goes on, then what ended last."""


def term_ids(session: Session, taken: Collection[tuple[Course, int]]) -> dict[Place, int]:
    """By course and person, of courses that these persons take; without those whose term
    nobody has said."""
    found: dict[Place, int] = {}
    asked: set[Place] = set()
    for course, person_id in taken:
        if course.term_id is not None:
            found[course.id, person_id] = course.term_id
        else:
            asked.add((course.id, person_id))
    if asked:
        rows = session.execute(
            select(Enrollment.course_id, Enrollment.person_id, Enrollment.term_id)
            .where(
                Enrollment.course_id.in_({course_id for course_id, _ in asked}),
                Enrollment.person_id.in_({person_id for _, person_id in asked}),
                Enrollment.term_id.is_not(None),
            )
            .order_by(*COUNTS_FIRST)
        )
        for course_id, person_id, term_id in rows:
            if (course_id, person_id) in asked and term_id is not None:
                found.setdefault((course_id, person_id), term_id)
    return found


def term_of(session: Session, course: Course, person_id: int) -> Term | None:
    if course.term_id is not None:
        return course.term
    found = term_ids(session, [(course, person_id)])
    return session.get(Term, found[course.id, person_id]) if found else None


def is_in(term: Term, course_id: Any, person_id: Any) -> ColumnElement[bool]:
    """In the database's words, where the query around it has ``Course`` joined."""
    enrolled = enrolled_term_id(course_id, person_id)
    return or_(Course.term_id == term.id, and_(Course.term_id.is_(None), enrolled == term.id))


def enrolled_term_id(course_id: Any, person_id: Any) -> ScalarSelect[int | None]:
    """For courses that have no term of their own. Both are columns of the query around it."""
    return (
        select(Enrollment.term_id)
        .where(
            Enrollment.course_id == course_id,
            Enrollment.person_id == person_id,
            Enrollment.term_id.is_not(None),
        )
        .order_by(*COUNTS_FIRST)
        .limit(1)
        .correlate_except(Enrollment)
        .scalar_subquery()
    )
