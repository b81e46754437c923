"""A course that its instructor opens for the first time, with what the office has set."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.courses.models import CourseObjective, Objective
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.listings.models import Listing
from careerlink.people.models import Person
from tests.factories import cases
from tests.factories.placements import supervised_listing
from tests.factories.school import sign_in
from tests.pages import Visitor


@dataclass
class Begun:
    of: cases.Class
    listing: Listing
    instructor: Visitor
    student: Visitor
    office: Visitor
    database: Database
    visitors: Callable[[], Visitor]

    @property
    def home(self) -> str:
        return f"{self.of.address()}/"

    def page(self, name: str) -> str:
        return f"{self.of.address()}/{name}"

    def verbs(self) -> list[str]:
        with self.database.read() as session:
            return list(
                session.scalars(
                    select(AuditEntry.action)
                    .where(AuditEntry.subject_type == "course")
                    .order_by(AuditEntry.id)
                )
            )


@pytest.fixture
def begun(app: Flask, database: Database, visitors: Callable[[], Visitor]) -> Begun:
    with database.write() as session:
        of = cases.school_class(session)
        listing = supervised_listing(session, of.course)
        objectives = [
            Objective(
                institution_id=of.course.institution_id,
                uri=f"https://example.edu/{code}",
                code=code,
                title=title,
                text=f"{title}.",
                position=position,
            )
            for position, (code, title) in enumerate(
                {"B1": "Frame a question", "B2": "Present findings"}.items()
            )
        ]
        session.add_all(objectives)
        session.flush()
        session.add(CourseObjective(course_id=of.course.id, objective_id=objectives[0].id))
        maya = cases.student(session, of)
        omar = cases.staff(session, of)
    return Begun(
        of,
        listing,
        of.signed_in(visitors(), database, of.instructor, CourseRole.INSTRUCTOR),
        of.signed_in(visitors(), database, maya, CourseRole.STUDENT),
        sign_in(visitors(), database, omar),
        database,
        visitors,
    )


def second_instructor(begun: Begun) -> Visitor:
    with begun.database.write() as session:
        idris: Person = begun.of.member(session, "Idris Bello", CourseRole.INSTRUCTOR)
    return begun.of.signed_in(begun.visitors(), begun.database, idris, CourseRole.INSTRUCTOR)
