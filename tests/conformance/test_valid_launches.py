"""Certification guide 6.1.2 and 6.1.3: launches of teachers and students that must work."""

import pytest

from careerlink.db import Database
from tests.factories.lti import INSTRUCTOR, Platform
from tests.pages import Visitor


def test_it(client: Visitor, platform: Platform, database: Database) -> None:
    page = platform.launch(client, platform.claims(INSTRUCTOR))
    assert page.status == 303, page.summary()
    assert page.location.startswith("/courses/")
