"""A class whose registrar sends lists, and the office that takes them over."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person
from careerlink.worker import run_once
from tests.factories import cases
from tests.factories.school import sign_in
from tests.pages import Page, Visitor

LISTS = "/office/enrollments"
HEADING = "student_sis_id,term,crn,section,course,credits,added,dropped,level,program"
MAYA = "S2001,2026FA,41310,001,BUS-310,3,2026-08-20,,UG,Business Analytics"
JONAH = "S2002,2026FA,41310,001,BUS-310,1,2026-08-21,,UG,Economics"


@dataclass
class Registrar:
    of: cases.Class
    term: Term
    maya: Person
    jonah: Person
    omar: Person
    office: Visitor
    database: Database
    settings: Settings

    @property
    def as_staff(self) -> Actor:
        office = frozenset([OfficeRole.STAFF])
        return Actor(self.omar.institution_id, person_id=self.omar.id, office=office)

    def read(self, *lines: str, heading: str = HEADING, status: int = 200, **more: Any) -> Page:
        """Upload a list of these lines; nothing of it counts yet."""
        data = "\n".join([heading, *lines]).encode()
        return self.read_bytes(data, status=status, **more)

    def read_bytes(self, data: bytes, *, status: int = 200, **more: Any) -> Page:
        values = {"File": None, "The registrar’s list": (io.BytesIO(data), "fall.csv"), **more}
        values.pop("File")
        page = self.office.get(LISTS)
        return page.submit("See what it would change", values, status=status)

    def take(self, *lines: str, **more: Any) -> Page:
        return self.read(*lines, **more).submit("Take it over")

    def enrollments(self) -> Sequence[Enrollment]:
        with self.database.read() as session:
            return session.scalars(
                select(Enrollment).order_by(Enrollment.person_id, Enrollment.crn)
            ).all()

    def work(self) -> None:
        run_once(self.database, self.settings)

    def another_term(self) -> Term:
        with self.database.write() as session:
            spring = Term(
                institution_id=self.term.institution_id,
                code="2027SP",
                name="Spring 2027",
                starts_on=date(2027, 1, 11),
                ends_on=date(2027, 5, 7),
            )
            session.add(spring)
        return spring

    def endless(self) -> None:
        """The class is in no term, as in Moodle, which has none."""
        with self.database.write() as session:
            session.get_one(Course, self.of.course.id).term_id = None

    def course(self, **values: Any) -> Course:
        with self.database.write() as session:
            course = Course(
                institution_id=self.of.course.institution_id,
                **{"label": "ENV-220", "title": "Rivers", "term_id": self.term.id, **values},
            )
            session.add(course)
        return course


@pytest.fixture
def registrar(
    app: Flask, database: Database, settings: Settings, visitors: Callable[[], Visitor]
) -> Registrar:
    with database.write() as session:
        of = cases.school_class(session)
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
        maya = cases.student(session, of, "Maya Okafor")
        jonah = cases.student(session, of, "Jonah Weiss")
        maya.sis_id, jonah.sis_id = "S2001", "S2002"
        omar = cases.staff(session, of)
    office = sign_in(visitors(), database, omar)
    return Registrar(of, term, maya, jonah, omar, office, database, settings)


@pytest.fixture
def instructor(registrar: Registrar, visitors: Callable[[], Visitor]) -> Visitor:
    of = registrar.of
    return of.signed_in(visitors(), registrar.database, of.instructor, CourseRole.INSTRUCTOR)
