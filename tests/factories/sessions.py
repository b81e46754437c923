"""Somebody signed in by a launch, or a supervisor who has pressed Continue."""

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from careerlink.web import session as sessions
from tests.pages import Visitor


def launched(
    visitor: Visitor, database: Database, person_id: int, course_id: int, role: CourseRole
) -> Visitor:
    """As after a launch from the course in this role."""
    with database.write() as session:
        person = session.get_one(Person, person_id)
        course = session.get_one(Course, course_id)
        if not (
            session.query(CourseMember)
            .filter_by(course_id=course.id, person_id=person.id)
            .one_or_none()
        ):
            session.add(
                CourseMember(course_id=course.id, person_id=person.id, launch_role=role)
            )
        cookie = sessions.begin(session, person_id=person.id, roles={course.id: role})
    _set(visitor, sessions.COOKIE, cookie)
    return visitor


def signed_in(visitor: Visitor, database: Database, person_id: int) -> Visitor:
    """Without a course, as career staff come."""
    with database.write() as session:
        cookie = sessions.begin(session, person_id=person_id)
    _set(visitor, sessions.COOKIE, cookie)
    return visitor


def _set(visitor: Visitor, name: str, value: str) -> None:
    visitor.raw.set_cookie(name, value, domain="careerlink.example.edu", secure=True)
