"""What a launch may leave behind, and what a refused one must not."""

import re

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from careerlink.courses.models import Course, CourseMember
from careerlink.db import Database
from careerlink.people.models import LoginSession, Person
from lti.models import LtiContext, LtiLogin, LtiMembership, LtiResourceLink, LtiUser
from tests.pages import Page

RECORDS = (
    LoginSession,
    Person,
    LtiUser,
    LtiContext,
    LtiResourceLink,
    LtiMembership,
    Course,
    CourseMember,
)


def traces(database: Database) -> dict[str, int]:
    with database.read() as session:
        counts = {
            model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
            for model in RECORDS
        }
    return {name: count for name, count in counts.items() if count}


def spent_logins(database: Database) -> int:
    with database.read() as session:
        return len(
            session.scalars(select(LtiLogin).where(LtiLogin.spent_at.is_not(None))).all()
        )


def assert_refused(page: Page, database: Database, reason: str = "") -> None:
    """4xx with a reason to read, and nobody signed in, known or noted."""
    assert 400 <= page.status < 500, page.summary()
    assert page.reason, page.summary()
    assert not reason or page.reason == reason
    assert page.heading
    assert page.role == "none"
    assert_left_nothing(page.response, {}, database)


def assert_left_nothing(
    response: TestResponse, before: dict[str, int], database: Database
) -> str:
    """4xx with a reason, no session cookie, and the same rows as ``before``; the reason."""
    text = response.get_data(as_text=True)
    assert 400 <= response.status_code < 500, text[-2000:]
    reason = re.search(r'data-reason="([a-z-]+)"', text)
    assert reason is not None, text[-2000:]
    assert not [c for c in response.headers.getlist("Set-Cookie") if "careerlink=" in c]
    assert traces(database) == before
    return reason[1]
