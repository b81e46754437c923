"""From the course page to its gradebook with nothing written by hand but the registration."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.institutions.models import Institution
from lti.demo_lms import Lms, launching
from lti.demo_lms.lookup import Lookup
from lti.models import Family, LtiContext, LtiUser
from tests.conftest import PUBLIC_URL
from tests.factories.lti import institution
from tests.factories.platforms import Gradebook, served
from tests.pages import Visitor


@pytest.fixture
def settings(settings: Settings) -> Settings:
    lti = settings.lti.model_copy(update={"allow_private_hosts": True})
    return settings.model_copy(update={"lti": lti})


@pytest.fixture
def lms(family: Family, clock: time_machine.Traveller) -> Iterator[Lms]:
    with served(family) as lms:
        yield lms


def launch(visitor: Visitor, lms: Lms, person: str, link: str) -> None:
    begun = launching.begin(lms, person, link)
    asked = visitor.raw.post("/lti/login", base_url=PUBLIC_URL, data=begun.fields)
    while asked.location.startswith(("/", PUBLIC_URL)):
        asked = visitor.raw.get(asked.location, base_url=PUBLIC_URL)
    told: Any = launching.authorize(lms, dict(parse_qsl(urlsplit(asked.location).query)))
    opened = visitor.raw.post("/lti/launch", base_url=PUBLIC_URL, data=told.fields)
    assert opened.status_code == 303, opened.text[:2000]


def test_launches_a_roster_and_a_decision(
    lms: Lms,
    family: Family,
    database: Database,
    settings: Settings,
    app: Flask,
    visitors: Callable[[], Visitor],
) -> None:
    gradebook = Gradebook(lms, family, database, settings)
    university = institution(database)
    with database.write() as session:
        gradebook.register(session, session.get_one(Institution, university))
    launch(visitors(), lms, "instructor", "credit")
    gradebook.work()
    with database.read() as session:
        gradebook.course_id = session.scalars(select(Course.id)).one()
        gradebook.context_id = session.scalars(select(LtiContext.id)).one()
        assert session.scalars(select(CourseRoster)).one().answered_at is not None
        # Listed by the roster, though they have not come here yet.
        person_id = session.scalars(
            select(LtiUser.person_id).where(LtiUser.sub == gradebook.sub("student1"))
        ).one()
        role = session.scalars(
            select(CourseMember.roster_role).where(CourseMember.person_id == person_id)
        ).one()
    assert role == CourseRole.STUDENT
    gradebook.people = {"student1": person_id}
    before = len(lms.school.line_items)
    gradebook.decide("student1", 100_000)
    gradebook.work()
    item = Lookup.line_item(lms, "credit")
    grade = lms.find_grade(item.id, lms.person("student1").id)
    assert grade is not None
    assert grade.final == item.maximum
    assert len(lms.school.line_items) == before
    assert gradebook.state("student1").kind == "done"
