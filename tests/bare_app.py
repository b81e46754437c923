"""An application of templates alone, for tests of what they say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import time_machine
from flask import Flask, g
from flask_babel import Babel

from careerlink import resources
from careerlink.web import templating

# A Wednesday; New York sets its clocks back on 1 November.
NOW = datetime(2026, 10, 28, 15, 30, tzinfo=UTC)


@contextmanager
def bare_app() -> Iterator[Flask]:
    """Inside a request of a reader in New York, at NOW."""
    app = Flask(
        "careerlink",
        template_folder=str(resources.path("templates")),
        static_folder=str(resources.PACKAGE / "static"),
    )
    app.secret_key = "for the flashed messages"
    Babel(app, locale_selector=lambda: g.get("locale"))
    templating.register(app)
    with time_machine.travel(NOW, tick=False), app.test_request_context("/here"):
        g.zone = "America/New_York"
        yield app
