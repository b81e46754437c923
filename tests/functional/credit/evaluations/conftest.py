"""A completed placement, and the browsers of its people."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.placements.models import Placement
from tests.factories.agreements import Scene
from tests.factories.evaluations import completed
from tests.factories.sessions import launched, signed_in
from tests.pages import Page, Visitor


@pytest.fixture
def cast(database: Database, app: Flask) -> Scene:
    """Committed: 23.5 hours are logged, both evaluations requested, nothing answered."""
    with database.write() as session:
        return completed(session)


@pytest.fixture
def link(database: Database, cast: Scene) -> str:
    """The path of the supervisor's link."""
    with database.write() as session:
        cast.session = session
        return cast.link()


@pytest.fixture
def browser_of(
    cast: Scene, database: Database, visitors: Callable[[], Visitor]
) -> Callable[[str], Visitor]:
    """``browser_of("student")``: somebody of the cast after a launch from the course."""

    def open_browser(role: str) -> Visitor:
        person_id = getattr(cast, role).person_id
        return launched(visitors(), database, person_id, cast.course.id, CourseRole(role))

    return open_browser


@pytest.fixture
def ines(link: str, visitors: Callable[[], Visitor]) -> Page:
    """The page that the supervisor sees after Continue."""
    return visitors().get(link).submit("Continue")


@pytest.fixture
def unit(database: Database, cast: Scene) -> Iterator[Callable[[], Scene]]:
    """The cast in a session of its own, as the next request would load it."""
    with ExitStack() as opened:

        def reload() -> Scene:
            session = opened.enter_context(database.open(writing=True))
            cast.session = session
            cast.placement = session.get_one(Placement, cast.placement.id)
            return cast

        yield reload


@pytest.fixture
def browser_of_staff(
    cast: Scene, database: Database, visitors: Callable[[], Visitor]
) -> Visitor:
    return signed_in(visitors(), database, cast.staff.person_id or 0)
