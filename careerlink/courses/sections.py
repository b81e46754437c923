"""Sections of a course, as the registrar numbers them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import CourseSection


def in_course(session: Session, course_id: int, *, sis_id: str, name: str) -> CourseSection:
    """The section with this number, begun where there is none yet."""
    found = session.scalar(
        select(CourseSection).where(
            CourseSection.course_id == course_id, CourseSection.sis_id == sis_id
        )
    )
    if found is None:
        found = CourseSection(course_id=course_id, sis_id=sis_id, name=name)
        session.add(found)
        session.flush()
    return found
