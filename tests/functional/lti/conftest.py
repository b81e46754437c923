"""A real platform on loopback for every test of services, in both families."""

from collections.abc import Callable, Iterator

import pytest
import responses
import time_machine
from flask import Flask

from careerlink.app import compose
from careerlink.config import Settings
from careerlink.db import Database
from lti.models import Family
from tests.factories.course_desk import CourseDesk
from tests.factories.one_list import OneList, add_list
from tests.factories.platforms import Gradebook, served
from tests.pages import Visitor


@pytest.fixture(params=[Family.MOODLE, Family.CANVAS], ids=str)
def family(request: pytest.FixtureRequest) -> Family:
    return Family(request.param)


@pytest.fixture
def loopback_settings(settings: Settings) -> Settings:
    lti = settings.lti.model_copy(update={"allow_private_hosts": True})
    return settings.model_copy(update={"lti": lti})


@pytest.fixture
def gradebook(
    family: Family,
    database: Database,
    loopback_settings: Settings,
    clock: time_machine.Traveller,
) -> Iterator[Gradebook]:
    with served(family) as lms:
        yield Gradebook(lms, family, database, loopback_settings).set_up()


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    """Answers of platforms that are not there."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def one_list(
    database: Database,
    settings: Settings,
    mock: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> OneList:
    compose()
    return add_list(database, settings, mock)


@pytest.fixture
def desk(app: Flask, gradebook: Gradebook, visitors: Callable[[], Visitor]) -> CourseDesk:
    return CourseDesk(gradebook, visitors)
