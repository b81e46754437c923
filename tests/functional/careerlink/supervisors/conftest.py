"""A supervisor's link to a plan that waits for a signature."""

from collections.abc import Callable

import pytest
from flask import Flask

from careerlink.config import Settings
from careerlink.db import Database
from tests.factories.agreements import Scene, scene
from tests.functional.careerlink.supervisors.told import Told
from tests.pages import Visitor


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


@pytest.fixture
def told(
    database: Database,
    settings: Settings,
    visitors: Callable[[], Visitor],
    cast: Scene,
    link: str,
) -> Told:
    return Told(database, settings, visitors, cast, link)
