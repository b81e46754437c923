"""A course with one list of members, which the test answers in the platform's place."""

from dataclasses import dataclass
from typing import Any

import responses
from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.outbox import OutboxMessage
from lti import keys, roster_queue
from lti.models import LtiContext, LtiUser
from tests.factories.held_lists import held_list

ADDRESS = "https://moodle.example/members"
TEACHER, STUDENT = "Instructor", "Learner"


def entry(sub: str, *roles: str, **more: Any) -> dict[str, Any]:
    return {"user_id": sub, "roles": list(roles or [STUDENT]), "name": sub.title(), **more}


@dataclass
class OneList:
    """A course with a list that the test answers, and what we made of it."""

    database: Database
    settings: Settings
    mock: responses.RequestsMock
    course_id: int
    context_id: int

    def answers(self, *members: dict[str, Any], url: str = ADDRESS, **more: Any) -> None:
        self.mock.upsert("GET", url, json={"members": list(members)}, **more)

    def read(self, **payload: Any) -> OutboxMessage:
        with self.database.write() as session:
            context = session.get_one(LtiContext, self.context_id)
            number = roster_queue.queue_reading(session, context, **payload).id
        self.work()
        with self.database.read() as session:
            return session.get_one(OutboxMessage, number)

    def work(self) -> None:
        while worker.send_next(self.database, self.settings):
            pass

    @property
    def told(self) -> CourseRoster:
        with self.database.read() as session:
            return session.scalars(select(CourseRoster)).one()

    @property
    def members(self) -> dict[str, CourseMember]:
        with self.database.read() as session:
            rows = session.execute(
                select(LtiUser.sub, CourseMember).join(
                    CourseMember, CourseMember.person_id == LtiUser.person_id
                )
            )
            return {row[0]: row[1] for row in rows}

    def here(self) -> set[str]:
        return {sub for sub, member in self.members.items() if member.dropped_at is None}


def add_list(database: Database, settings: Settings, mock: responses.RequestsMock) -> OneList:
    with database.write() as session:
        keys.ensure(session, secret=settings.server.secret)
        institution = Institution(slug="main", name="Eastmoor University")
        session.add(institution)
        session.flush()
        course = Course(institution_id=institution.id, label="BUS-310", title="Analytics")
        course.institution = institution
        session.add(course)
        session.flush()
        held_list(session, course).answered_at = None
        context = session.scalars(select(LtiContext)).one()
        made = OneList(database, settings, mock, course.id, context.id)
    mock.post(
        "https://moodle.example/token", json={"access_token": "token", "expires_in": 3600}
    )
    return made
