"""A term that has ended with one of each thing unfinished, and who tidies it up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person
from careerlink.placements.models import PlacementState
from tests.factories import cases
from tests.factories.evaluated import ask
from tests.factories.school import actor_for, sign_in
from tests.pages import Page, Visitor

AFTER_THE_END = "2026-12-19 15:00:00"


@dataclass
class Ending:
    database: Database
    of: cases.Class
    term_id: int
    staff: Person
    browser: Callable[[], Visitor]

    @property
    def as_staff(self) -> Actor:
        return actor_for(self.staff, OfficeRole.STAFF)

    def office(self, part: str = "", *, status: int = 200) -> Page:
        address = f"/office/terms/{self.term_id}/close{part}"
        visitor = sign_in(self.browser(), self.database, self.staff)
        return visitor.get(address, status=status)

    def teacher(self, part: str = "/") -> Page:
        return self.of.signed_in(
            self.browser(), self.database, self.of.instructor, CourseRole.INSTRUCTOR
        ).get(self.of.address() + part)


@pytest.fixture
def ending(app: Flask, database: Database, visitors: Callable[[], Visitor]) -> Ending:
    with database.write() as session:
        of = cases.school_class(session)
        term = Term(
            institution=of.course.institution,
            code="2026-fall",
            name="Fall 2026",
            starts_on=date(2026, 8, 31),
            ends_on=date(2026, 12, 18),
        )
        of.course.term = term
        session.flush()
        planned = cases.project(session, of, cases.student(session, of, "Nia Planned"))
        planned.state = PlacementState.PLANNED
        silent = cases.project(session, of, cases.student(session, of, "Sam Silent"))
        cases.complete(session, silent)
        ask(session, silent)
        cases.open_case(session, silent)
        cases.ready_case(session, of, "Rita Ready")
        return Ending(database, of, term.id, cases.staff(session, of), visitors)


def open_lines(page: Page) -> dict[str, str]:
    """What is open, by its name."""
    return {row[0].split(" .")[0]: row[2] for row in page.rows() if len(row) == 4}
