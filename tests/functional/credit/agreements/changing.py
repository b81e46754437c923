"""An agreement in force, the browsers of whoever it binds, and a change of its last day."""

from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.placements.models import Placement
from credit.agreements.models import AgreementState, LearningAgreement
from tests.factories.agreements import Scene
from tests.factories.sessions import launched
from tests.pages import Page, Visitor

Browser = Callable[[str], Visitor]
LATER = "2026-12-04"
SIGNED = {"Type your full name": "Signed by test", "I have read": True}


@pytest.fixture
def agreed(
    cast: Scene,
    database: Database,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    """In force since the first day of work, and the work has begun."""
    with database.write() as session:
        cast.session = session
        cast.placement = session.get_one(Placement, cast.placement.id)
        cast.in_force()
        link = cast.link()
    monkeypatch.setattr(cast, "link", lambda: link)
    return cast


@pytest.fixture
def browser_of(agreed: Scene, database: Database, visitors: Callable[[], Visitor]) -> Browser:
    def open_browser(role: str) -> Visitor:
        if role == "supervisor":
            visitor = visitors()
            visitor.get(agreed.link()).submit("Continue")
            return visitor
        person = getattr(agreed, role).person_id
        return launched(visitors(), database, person, agreed.course.id, CourseRole(role))

    return open_browser


def extend(page: Page, until: str = LATER, *, name: str = "Ines Carvalho") -> Page:
    """From the page with the four ends to the proposed change."""
    page = page.submit(
        "Show what it changes",
        {"Another last day": True, "Last day of work": until, "Why": "The data came late."},
    )
    return page.submit("Sign and propose", {**SIGNED, "Type your full name": name})


def found(database: Database) -> dict[int, AgreementState]:
    with database.read() as session:
        return {one.number: one.state for one in session.scalars(select(LearningAgreement))}
