"""The student at work, signed in."""

import pytest
import time_machine

from careerlink.db import Database
from tests.factories import hours
from tests.factories.hours import Work
from tests.pages import Visitor


@pytest.fixture
def work(database: Database, clock: time_machine.Traveller) -> Work:
    with database.write() as session:
        return hours.work(session)


@pytest.fixture
def student(work: Work, client: Visitor, database: Database) -> Visitor:
    return work.visitor(client, database)
