"""CareerLink in Open edX: launch, keys, token, columns, scores and results, by their code."""

from collections.abc import Callable
from typing import Any

import jwt
import pytest
import responses
from sqlalchemy import select

from careerlink import clock as clock_now
from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember
from careerlink.db import Database
from careerlink.people.actors import system
from careerlink.people.models import Person
from lti import grades
from lti.models import Family
from tests import open_edx as site
from tests.factories.lti import PUBLIC_URL, Platform
from tests.open_edx import OpenEdx
from tests.pages import Page, Visitor


@pytest.fixture(scope="module", autouse=True)
def tables() -> None:
    site.migrate()


@pytest.fixture
def open_edx(
    client: Visitor,
    database: Database,
    network: responses.RequestsMock,
    monkeypatch: pytest.MonkeyPatch,
) -> OpenEdx:
    def fetch_our_keys(asking: jwt.PyJWKClient) -> Any:
        path = asking.uri.removeprefix(PUBLIC_URL)
        return client.raw.get(path, base_url=PUBLIC_URL).get_json()

    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", fetch_our_keys)
    found = OpenEdx(network)
    told = found.told
    Platform(
        issuer=found.consumer.iss,
        client_id=told["client_id"],
        deployment_id=told["deployment_id"],
        auth_url=told["oidc_callback"],
        jwks_url=told["keyset_url"],
    ).register(database, token_url=told["token_url"], family=Family.OTHER)
    return found


def launch(
    open_edx: OpenEdx, visitor: Visitor, person: str, role: str, *, deep_linking: bool = False
) -> Page:
    login = open_edx.login_url(person, role, deep_linking=deep_linking)
    answer = visitor.raw.get(login, base_url=PUBLIC_URL)
    if answer.status_code == 303:
        answer = visitor.raw.get(answer.location, base_url=PUBLIC_URL)
    address, form = open_edx.authorize(answer.location)
    assert address == f"{PUBLIC_URL}/lti/launch"
    return visitor.post("/lti/launch", form)


def test_its_launches_open_the_course(
    open_edx: OpenEdx, visitors: Callable[[], Visitor], database: Database
) -> None:
    """Their code checks our authentication request and makes the token; ours checks that."""
    teacher, student = visitors(), visitors()

    assert launch(open_edx, teacher, "staff-1", "instructor").role == "instructor"
    assert launch(open_edx, student, "student-1", "student").role == "student"

    with database.read() as session:
        course = session.scalars(select(Course)).one()
        assert (course.label, course.title) == ("BUS 310", "Applied Analytics")
        assert len(session.scalars(select(CourseMember)).all()) == 2


def test_a_decision_becomes_a_score_in_its_gradebook(
    open_edx: OpenEdx, visitors: Callable[[], Visitor], database: Database, settings: Settings
) -> None:
    """Their token address takes our assertion; their services our columns and scores."""
    launch(open_edx, visitors(), "student-1", "student")

    for given in (75_000, 50_000, 0):
        decide(database, given)
        work(database, settings)

        (score,) = open_edx.scores()
        assert (score.user_id, score.score_given, score.score_maximum) == (
            "student-1",
            given / 1000,
            100.0,
        )
        assert score.grading_progress == "FullyGraded"
        # Read back by us from their results.
        found = state(database)
        assert (found.kind, found.shown_thousandths) == ("done", given)
    (column,) = open_edx.columns()
    assert (column.label, column.score_maximum) == ("Credit", 100)
    assert column.resource_id == "credit"


def test_its_code_takes_our_deep_linking_answer(open_edx: OpenEdx, client: Visitor) -> None:
    page = launch(open_edx, client, "staff-1", "staff", deep_linking=True)

    page = page.follow("Check the credit link").submit("Add to the course")
    token = page.soup.select_one("input[name=JWT]")
    assert token is not None

    (item,) = open_edx.read_items(str(token["value"]))
    assert item["custom"]["content"] == "credit"


def decide(database: Database, given: int) -> None:
    with database.write() as session:
        course = session.scalars(select(Course)).one()
        actor = system(course.institution_id)
        grades.queue_score(
            session,
            person=session.scalars(select(Person)).one(),
            course=course,
            resource_id="credit",
            label="Credit",
            given_thousandths=given,
            maximum_thousandths=100_000,
            comment="1.5 credits",
            decided_at=clock_now.now(),
            institution_id=course.institution_id,
            actor=actor,
        )


def work(database: Database, settings: Settings) -> None:
    while worker.send_next(database, settings):
        pass


def state(database: Database) -> grades.GradeState:
    with database.read() as session:
        course = session.scalars(select(Course)).one()
        person = session.scalars(select(Person)).one()
        return grades.states_for(session, course.id, [person.id])[person.id]
