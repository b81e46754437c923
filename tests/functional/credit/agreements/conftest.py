"""Who plays in the tests of agreements, and their browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import launched
from tests.pages import Visitor


@pytest.fixture
def cast(database: Database, app: Flask) -> Scene:
    """Committed, so that pages see it; nothing is written or consented to yet."""
    with database.write() as session:
        return scene(session)


@pytest.fixture
def browser_of(
    cast: Scene, database: Database, visitors: Callable[[], Visitor]
) -> Callable[[str], Visitor]:
    """``browser_of("student")``: somebody of the cast after a launch from the course."""

    def open_browser(role: str) -> Visitor:
        person_id = getattr(cast, role).person_id
        return launched(visitors(), database, person_id, cast.course.id, CourseRole(role))

    return open_browser
