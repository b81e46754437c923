"""A student at work, signed in."""

from collections.abc import Callable

import pytest
import time_machine

from careerlink.db import Database
from tests.factories import answering as answering_factory
from tests.factories import hours
from tests.factories.answering import Answering
from tests.factories.hours import Work
from tests.pages import Visitor


@pytest.fixture
def work(database: Database, clock: time_machine.Traveller) -> Work:
    with database.write() as session:
        return hours.work(session)


@pytest.fixture
def student(work: Work, client: Visitor, database: Database) -> Visitor:
    return work.visitor(client, database)


@pytest.fixture
def answering(
    database: Database, clock: time_machine.Traveller, visitors: Callable[[], Visitor]
) -> Answering:
    with database.write() as session:
        made = answering_factory.planned(session)
        made.student.email = "maya@eastmoor.example"
        return Answering(database, made, visitors, answering_factory.link(session, made))
