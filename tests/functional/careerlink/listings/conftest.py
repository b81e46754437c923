"""One university with an approved partner, a member of staff and a student."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.partners.models import Partner
from careerlink.people.models import OfficeRole, Person
from tests.factories import partners
from tests.factories.school import Campus, campus, sign_in
from tests.pages import Visitor


@dataclass
class Scene:
    database: Database
    school: Campus
    partner: Partner
    priya: Person
    maya: Person
    new_visitor: Callable[[], Visitor]

    @property
    def board(self) -> str:
        return f"/courses/{self.school.course.public_id}/board"

    def staff(self) -> Visitor:
        return sign_in(self.new_visitor(), self.database, self.priya)

    def student(self) -> Visitor:
        return self.member(self.maya, CourseRole.STUDENT)

    def member(self, who: Person, role: CourseRole) -> Visitor:
        return sign_in(self.new_visitor(), self.database, who, {self.school.course.id: role})

    def attach(self, session: Session) -> None:
        """Bring the scene's records into this session."""
        for row in (self.school.institution, self.school.course, self.partner):
            session.add(row)
        session.add_all(self.school.objectives)


@pytest.fixture
def scene(app: Flask, visitors: Callable[[], Visitor]) -> Scene:
    database: Database = app.extensions["careerlink"].database
    with database.write() as session:
        school = campus(session)
        maya = school.person(session, "Maya Okafor")
        school.enroll(session, maya, CourseRole.STUDENT)
        return Scene(
            database,
            school,
            partners.partner(session, school.institution, about="A bicycle shop."),
            school.person(session, "Priya Raman", OfficeRole.STAFF),
            maya,
            visitors,
        )
