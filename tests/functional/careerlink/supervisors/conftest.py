"""A supervisor's link to a plan that waits for a signature."""

import pytest
from flask import Flask

from careerlink.db import Database
from tests.factories.agreements import Scene, scene


@pytest.fixture
def cast(database: Database, app: Flask) -> Scene:
    with database.write() as session:
        cast = scene(session)
        cast.signed()
        return cast


@pytest.fixture
def link(database: Database, cast: Scene) -> str:
    with database.write() as session:
        cast.session = session
        return cast.link()
