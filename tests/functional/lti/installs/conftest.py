"""The tool beside a platform on this machine, which it may talk to."""

import pytest
import time_machine
from flask import Flask

from careerlink.app import create_app
from careerlink.config import Settings
from careerlink.db import Database


@pytest.fixture
def app(
    loopback_settings: Settings, database: Database, clock: time_machine.Traveller
) -> Flask:
    app = create_app(loopback_settings, database)
    app.testing = True
    return app
