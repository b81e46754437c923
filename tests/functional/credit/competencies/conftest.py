"""Who plays in the tests of competencies, and their browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from credit.competencies import queries
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import launched, signed_in
from tests.pages import Visitor


@pytest.fixture
def cast(database: Database, app: Flask) -> Scene:
    with database.write() as session:
        return scene(session)


@pytest.fixture
def offered(cast: Scene, database: Database) -> Callable[[], list[str]]:
    """What a plan that is written now in the course can name."""

    def ask() -> list[str]:
        with database.read() as session:
            course = session.get_one(Course, cast.course.id)
            return [one.label for one in queries.offered_in(session, course)]

    return ask


@pytest.fixture
def staff(cast: Scene, database: Database, visitors: Callable[[], Visitor]) -> Visitor:
    return signed_in(visitors(), database, cast.staff.person_id or 0)


@pytest.fixture
def instructor(cast: Scene, database: Database, visitors: Callable[[], Visitor]) -> Visitor:
    person = cast.instructor.person_id or 0
    return launched(visitors(), database, person, cast.course.id, CourseRole.INSTRUCTOR)
