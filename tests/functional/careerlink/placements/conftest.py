"""One course, one listing with one place, two students and the career office."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.listings.models import Listing
from careerlink.outbox import OutboxMessage
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person
from tests.factories.placements import supervised_listing
from tests.factories.school import actor_for, campus, sign_in
from tests.pages import Page, Visitor

STATEMENT = "I have counted customers in a bakery before, and I like tables."


@dataclass
class Scene:
    database: Database
    settings: Settings
    new_visitor: Callable[[], Visitor]
    course: Course
    listing: Listing
    maya: Person
    daniel: Person
    hana: Person
    priya: Person

    def student(self, who: Person) -> Visitor:
        return self.visitor(who, CourseRole.STUDENT)

    def visitor(self, who: Person, role: CourseRole) -> Visitor:
        return sign_in(self.new_visitor(), self.database, who, {self.course.id: role})

    def staff(self) -> Visitor:
        return sign_in(self.new_visitor(), self.database, self.priya)

    def acts(self, who: Person) -> Actor:
        return actor_for(who, courses={self.course.id: CourseRole.STUDENT})

    @property
    def office(self) -> Actor:
        return actor_for(self.priya, OfficeRole.STAFF)

    @property
    def apply_path(self) -> str:
        return f"/courses/{self.course.public_id}/listings/{self.listing.public_id}/apply"

    def apply(self, visitor: Visitor) -> Page:
        return visitor.get(self.apply_path).submit(
            "Send application",
            {"Why this project": STATEMENT, "I agree that this is shared": True},
        )

    def work(self) -> None:
        worker.run_once(self.database, self.settings)

    def mails(self) -> list[str]:
        """Template names in the order in which they were queued."""
        with self.database.read() as session:
            return [
                message.payload["template"]
                for message in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
                if message.kind == "mail"
            ]


@pytest.fixture
def scene(app: Flask, visitors: Callable[[], Visitor], settings: Settings) -> Iterator[Scene]:
    database = app.extensions["careerlink"].database
    with database.write() as session:
        school = campus(session)
        maya, daniel = (school.person(session, name) for name in ("Maya Okafor", "Daniel Kim"))
        hana = school.person(session, "Hana Novak")
        priya = school.person(session, "Priya Raman", OfficeRole.STAFF)
        for who in (maya, daniel):
            school.enroll(session, who, CourseRole.STUDENT)
        school.enroll(session, hana, CourseRole.INSTRUCTOR)
        listing = supervised_listing(session, school.course)
        made = Scene(
            database, settings, visitors, school.course, listing, maya, daniel, hana, priya
        )
    yield made
