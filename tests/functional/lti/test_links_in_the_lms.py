"""What an instructor chose stands in the course, opens for students, and survives a copy."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.institutions.models import Institution
from lti.demo_lms import Lms, create_platform, launching
from lti.demo_lms.course import Activity
from lti.demo_lms.forms import FormPost
from lti.models import Family, LtiContext, LtiUser
from tests.conftest import PUBLIC_URL
from tests.factories.deep_linking import choose_credit
from tests.factories.lti import institution
from tests.factories.platforms import Gradebook, served
from tests.pages import Page, Visitor


@pytest.fixture
def settings(settings: Settings) -> Settings:
    lti = settings.lti.model_copy(update={"allow_private_hosts": True})
    return settings.model_copy(update={"lti": lti})


@pytest.fixture
def gradebook(
    family: Family,
    clock: time_machine.Traveller,
    app: Flask,
    database: Database,
    settings: Settings,
    client: Visitor,
) -> Iterator[Gradebook]:
    """Registered; the LMS's course has no link to credit yet, and no column."""
    with served(family) as lms:
        lms.fetch_keys = lambda _url: client.raw.get("/lti/jwks.json").get_json()
        lms.school.activities = [a for a in lms.school.activities if a.key != "credit"]
        lms.school.line_items.clear()
        found = Gradebook(lms, family, database, settings)
        university = institution(database)
        with database.write() as session:
            found.register(session, session.get_one(Institution, university))
        yield found


def enter(visitor: Visitor, lms: Lms, begun: FormPost) -> str:
    """Log in and launch; the address of the page."""
    asked = visitor.raw.post("/lti/login", base_url=PUBLIC_URL, data=begun.fields)
    while asked.location.startswith(("/", PUBLIC_URL)):
        asked = visitor.raw.get(asked.location, base_url=PUBLIC_URL)
    told: Any = launching.authorize(lms, dict(parse_qsl(urlsplit(asked.location).query)))
    opened = visitor.raw.post("/lti/launch", base_url=PUBLIC_URL, data=told.fields)
    assert opened.status_code == 303, opened.text[:2000]
    return opened.location


def add(visitor: Visitor, lms: Lms, choose: Callable[[Page], Page]) -> Activity:
    page = visitor.get(enter(visitor, lms, launching.begin_deep_linking(lms, "instructor")))
    form = choose(page).soup.select_one("form[data-send-now]")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    address = str(form["action"]).removeprefix(lms.url)
    answer = create_platform(lms).test_client().post(address, data=fields)
    assert "Added to Applied Analytics" in answer.text
    return lms.school.activities[-1]


def remote_board(page: Page) -> Page:
    board = page.follow("Choose filters").follow("Remote").follow("Preview this board")
    return board.submit("Add to the course", {"title": "Week 2: look around"})


def test_links_open_for_students_and_their_column_gets_the_score(
    gradebook: Gradebook, family: Family, database: Database, visitors: Callable[[], Visitor]
) -> None:
    lms, teacher, student = gradebook.lms, visitors(), visitors()
    board = add(teacher, lms, remote_board)
    credit = add(teacher, lms, choose_credit)
    assert (board.title, credit.title) == ("Week 2: look around", "Micro-internship credit")
    (column,) = lms.school.line_items
    assert (column.own_activity, column.maximum) == (credit.id, 100)
    assert (column.resource_id, column.tag) == ("credit", "credit")
    with database.read() as session:
        course = session.scalars(select(Course)).one()
        gradebook.course_id = course.id
        gradebook.context_id = session.scalars(select(LtiContext.id)).one()

    opened = enter(student, lms, launching.begin(lms, "student1", board.key))
    assert opened == f"/courses/{course.public_id}/board?where=remote"
    # Nobody has opened the credit link: its column is found by what it is for.
    with database.read() as session:
        row = session.scalars(
            select(LtiUser).where(LtiUser.sub == gradebook.sub("student1"))
        ).one()
    gradebook.people = {"student1": row.person_id}
    gradebook.decide("student1", 100_000)
    gradebook.work()
    grade = lms.find_grade(column.id, lms.person("student1").id)
    assert grade is not None
    assert grade.final == 100
    assert len(lms.school.line_items) == 1
    opened = enter(student, lms, launching.begin(lms, "student1", credit.key))
    assert opened == f"/courses/{course.public_id}/credit"

    copy = lms.copy_course(2, "BUS-310", "Applied Analytics, spring")
    opened = enter(student, lms, launching.begin(lms, "student1", board.key, course=copy))
    with database.read() as session:
        new = session.scalars(select(Course).where(Course.id != course.id)).one()
    assert opened == f"/courses/{new.public_id}/board?where=remote"
    assert new.copied_from_id == course.id
