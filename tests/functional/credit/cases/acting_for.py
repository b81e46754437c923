"""A course whose instructor goes away, and the people who might act for them meanwhile."""

from datetime import datetime, timedelta

import time_machine
from flask import Flask

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.people.models import OfficeRole, Person, PersonRole
from tests.conftest import PUBLIC_URL
from tests.factories.school import sign_in
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Page, Visitor

ASSISTANT, INSTRUCTOR = CourseRole.ASSISTANT, CourseRole.INSTRUCTOR


class School:
    """The instructor goes away; somebody looks after the course."""

    def __init__(self, app: Flask, desk: Desk, clock: time_machine.Traveller) -> None:
        self.app, self.desk, self.clock = app, desk, clock
        self.today = datetime.now().astimezone().date()
        with desk.database.write() as session:
            self.colleague = desk.of.member(session, "Tom Reyes", ASSISTANT)
            self.outside = self._person("Wen Li")
            self.staff = self._person("Stella Adeyemi")
            other = Course(
                institution_id=desk.of.course.institution_id, label="ECON-390", title="Markets"
            )
            session.add_all([self.outside, self.staff, other])
            session.flush()
            session.add(
                CourseMember(
                    course_id=other.id, person_id=self.outside.id, launch_role=INSTRUCTOR
                )
            )
            session.add(
                PersonRole(
                    institution_id=other.institution_id,
                    email=self.staff.email,
                    person_id=self.staff.id,
                    role=OfficeRole.STAFF,
                )
            )

    def _person(self, name: str) -> Person:
        address = f"{name.split()[0].lower()}@eastmoor.example"
        school = self.desk.of.course.institution_id
        return Person(institution_id=school, name=name, email=address)

    def visitor(self, who: Person, role: CourseRole | None = None) -> Visitor:
        roles = {self.desk.of.course.id: role} if role else None
        return sign_in(Visitor(self.app, PUBLIC_URL), self.desk.database, who, roles)

    def ask(self, *, status: int = 200, **values: str | bool | list[str]) -> Page:
        given = {
            "Who acts for you": self.colleague.public_id,
            "First day": str(self.today),
            "Last day": str(self.today + timedelta(days=3)),
            **{name.replace("_", " "): value for name, value in values.items()},
        }
        page = self.visitor(self.desk.of.instructor, INSTRUCTOR).get(self.url)
        return page.submit("Ask them to act for me", given, status=status)

    @property
    def url(self) -> str:
        return self.desk.of.address(part="/delegations")

    @property
    def packet(self) -> str:
        return self.desk.of.address(self.desk.case)


def decides(page: Page) -> bool:
    return any(words.startswith("Award 1 credit") for words in page.buttons)
