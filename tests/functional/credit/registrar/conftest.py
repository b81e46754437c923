"""A course of a term whose students the registrar knows, and career staff at their desk."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink.db import Database
from careerlink.enrollments.models import Enrollment, EnrollmentLevel
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from credit.cases import deciding
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, DecisionOutcome
from credit.registrar.models import RegistrarExport, RegistrarRow
from tests.factories import cases
from tests.factories.choosing import MoreOfAChoice
from tests.factories.school import sign_in
from tests.pages import Page, Visitor


@dataclass
class Office:
    database: Database
    of: cases.Class
    term: Term
    staff: Person
    visitor: Visitor

    def case(
        self,
        name: str,
        *,
        sis_id: str | None = "",
        crn: str = "11042",
        level: EnrollmentLevel = EnrollmentLevel.UNDERGRADUATE,
        **enrollment: object,
    ) -> int:
        """Ready to be decided, of an enrolled student."""
        with self.database.write() as session:
            case = cases.ready_case(session, self.of, name)
            number = f"S-{name.split()[0].upper()}" if sis_id == "" else sis_id
            person = session.get_one(Person, case.person_id)
            person.sis_id = number
            session.add(
                Enrollment(
                    course_id=case.course_id,
                    person_id=case.person_id,
                    term_id=self.term.id,
                    crn=crn,
                    level=level,
                    added_on=date(2026, 9, 1),
                    **enrollment,
                )
            )
            return case.id

    def decide(
        self,
        case_id: int,
        outcome: DecisionOutcome,
        comment: str = "Said.",
        **more: Unpack[MoreOfAChoice],
    ) -> None:
        with self.database.write() as session:
            case = session.get_one(CreditCase, case_id)
            choice = Choice(outcome, comment=comment, **more)
            deciding.decide(session, case, choice, actor=self.of.as_instructor)

    def approved(self, name: str, **more: Any) -> int:
        case_id = self.case(name, **more)
        self.decide(case_id, DecisionOutcome.APPROVED)
        return case_id

    def page(self) -> Page:
        return self.visitor.get("/office/registrar?term=2026FA")

    def make(self, button: str = "Undergraduate: what changed") -> Page:
        return self.page().submit(button)

    def send(self, button: str = "Undergraduate: what changed") -> Page:
        return self.make(button).submit("Mark as sent", {"To whom and how": "By the portal."})

    def marks(self) -> list[str]:
        """Of the newest file's lines, in their order."""
        with self.database.read() as session:
            newest = select(RegistrarExport.id).order_by(RegistrarExport.number.desc()).limit(1)
            return list(
                session.scalars(
                    select(RegistrarRow.change)
                    .where(RegistrarRow.export_id == newest.scalar_subquery())
                    .order_by(RegistrarRow.position)
                )
            )


def table(page: Page) -> list[dict[str, str]]:
    """The file behind a page of its lines."""
    return list(csv.DictReader(io.StringIO(content(page).decode())))


def content(page: Page) -> bytes:
    answer = page.visitor.raw.get(page.links["Download the file"])
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=registrar-")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data()


@pytest.fixture
def office(app: Flask, database: Database, client: Visitor) -> Office:
    with database.write() as session:
        of = cases.school_class(session, grade_basis="pass_fail")
        term = Term(
            institution_id=of.course.institution_id,
            code="2026FA",
            name="Fall 2026",
            starts_on=date(2026, 8, 31),
            ends_on=date(2026, 12, 18),
        )
        session.add(term)
        session.flush()
        of.course.term_id = term.id
        of.instructor.sis_id = "F-77"
        staff = cases.staff(session, of)
        session.flush()
    return Office(database, of, term, staff, sign_in(client, database, staff))
