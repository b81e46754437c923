"""Six students of one course, each assessed by their supervisor; five study marketing."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.evaluations.models import Evaluation, EvaluationSubmission, Rating, SubmissionSource
from tests.factories import cases
from tests.factories.evaluated import ask, competency, evaluate
from tests.factories.school import sign_in
from tests.pages import Page, Visitor


@dataclass
class School:
    database: Database
    of: cases.Class
    staff: Person
    browser: Callable[[], Visitor]

    def teacher(self, address: str = "/outcomes", *, status: int = 200) -> Page:
        visitor = self.of.signed_in(
            self.browser(), self.database, self.of.instructor, CourseRole.INSTRUCTOR
        )
        return visitor.get(self.of.address() + address, status=status)

    def office(self, address: str = "/office/outcomes") -> Page:
        return sign_in(self.browser(), self.database, self.staff).get(address)


@pytest.fixture
def school(app: Flask, database: Database, visitors: Callable[[], Visitor]) -> School:
    with database.write() as session:
        of = cases.school_class(session)
        of.course.term = Term(
            institution=of.course.institution,
            code="2026-fall",
            name="Fall 2026",
            starts_on=date(2026, 8, 31),
            ends_on=date(2026, 12, 18),
        )
        staff = cases.staff(session, of)
        for letter in "ABCDEF":
            who = cases.student(session, of, f"Learner {letter}")
            program = {"A": "History", "B": "MARKETING"}.get(letter, "Marketing")
            session.add(Enrollment(course_id=of.course.id, person_id=who.id, program=program))
            evaluate(session, cases.project(session, of, who, minutes=480))
        return School(database, of, staff, visitors)


def first(session: Session) -> Placement:
    return session.scalars(select(Placement).order_by(Placement.id).limit(1)).one()


def say(
    session: Session,
    placement: Placement,
    level: int | None,
    at: datetime,
    *,
    number: int = 1,
    is_addendum: bool = False,
    wording_id: int | None = None,
) -> None:
    """What a supervisor says of the one competency; ``number`` 2 corrects what was said."""
    sent = session.scalars(
        select(Evaluation).where(Evaluation.placement_id == placement.id)
    ).first()
    evaluation = sent or ask(session, placement)
    submission = EvaluationSubmission(
        evaluation_id=evaluation.id,
        number=number,
        source=SubmissionSource.LINK if number == 1 else SubmissionSource.CORRECTION,
        submitted_at=at,
        is_addendum=is_addendum,
    )
    session.add(submission)
    session.flush()
    rated = competency(session, placement)
    session.add(
        Rating(
            submission_id=submission.id,
            competency_id=rated.id,
            level=level,
            wording_id=wording_id,
        )
    )
    session.flush()


def figures(page: Page, label: str, side: str = "Supervisors") -> list[str]:
    """Of one outcome: assessed, the levels, and apart from them who was not seen."""
    return next(
        [cell.split(" in “")[0].split(" ")[0] for cell in row[2:]]
        for row in page.rows()
        if row[0].startswith(label) and row[1].startswith(side)
    )


def table(page: Page, link: str) -> list[list[str]]:
    answer = page.visitor.raw.get(page.links[link])
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True))))


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield found
    sa.event.remove(database.engine, "before_cursor_execute", note)
