"""Reading a roster in a test, and what it left behind."""

from typing import Any

from sqlalchemy import select

from careerlink.courses.models import CourseMember, CourseRoster
from careerlink.people.models import Person
from lti import roster_queue
from lti.models import (
    LtiContext,
    LtiUser,
)
from tests.factories.platforms import Gradebook


def read(gradebook: Gradebook, context_id: int | None = None, **payload: Any) -> None:
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, context_id or gradebook.context_id)
        roster_queue.queue_reading(session, context, **payload)
    gradebook.work()


def member(gradebook: Gradebook, key: str) -> CourseMember:
    with gradebook.database.read() as session:
        return session.scalars(
            select(CourseMember)
            .join(LtiUser, LtiUser.person_id == CourseMember.person_id)
            .where(
                CourseMember.course_id == gradebook.course_id,
                LtiUser.sub == gradebook.sub(key),
            )
        ).one()


def person(gradebook: Gradebook, key: str) -> Person:
    with gradebook.database.read() as session:
        return session.scalars(
            select(Person)
            .join(LtiUser, LtiUser.person_id == Person.id)
            .where(LtiUser.sub == gradebook.sub(key))
        ).one()


def answer(gradebook: Gradebook) -> CourseRoster:
    with gradebook.database.read() as session:
        return session.scalars(select(CourseRoster).order_by(CourseRoster.id)).all()[0]


def add_class(gradebook: Gradebook, count: int) -> None:
    for number in range(count):
        gradebook.lms.add_person(f"more{number}", "Person", f"No. {number}", role="student")
