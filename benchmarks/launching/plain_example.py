"""The least that a tool on PyLTI1p3 needs: its own Flask classes, one page, state in memory.

``python plain_example.py BIND CONFIG.json``; the config is PyLTI1p3's dictionary of platforms.
``--cached`` keeps platforms' keys, which the library leaves to the tool.
"""

import argparse
import json
import threading
import time
from pathlib import Path
from typing import Any, Final

from flask import Flask, render_template_string, request
from pylti1p3.contrib.flask.launch_data_storage.cache import FlaskCacheDataStorage
from pylti1p3.contrib.flask.message_launch import FlaskMessageLaunch
from pylti1p3.contrib.flask.oidc_login import FlaskOIDCLogin
from pylti1p3.contrib.flask.request import FlaskRequest
from pylti1p3.tool_config.dict import ToolConfDict

from careerlink.commands.server import Server

PAGE = """<!doctype html>
<html lang="en"><head><title>{{ course }}</title></head>
<body><h1>{{ course }}</h1><p>Signed in as {{ person }}.</p></body></html>"""
CONTEXT: Final = "https://purl.imsglobal.org/spec/lti/claim/context"


class Memory:
    """What a cache has to offer the library; it ends with the process."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[Any, float]] = {}
        self._mutex = threading.Lock()

    def get(self, key: str) -> Any:
        with self._mutex:
            value, ends = self._values.get(key, (None, 0.0))
        return value if ends > time.monotonic() else None

    def set(self, key: str, value: Any, seconds: int | None) -> None:
        with self._mutex:
            self._values[key] = (value, time.monotonic() + (seconds or 86_400))


def create_app(platforms: dict[str, Any], *, keeps_keys: bool) -> Flask:
    app = Flask(__name__)
    app.secret_key = "only-for-measuring-only-for-measuring"  # noqa: S105
    tool = ToolConfDict(platforms)
    memory = Memory()

    @app.route("/lti/login", methods=["GET", "POST"])
    def login() -> Any:
        asked = FlaskRequest()
        begun = FlaskOIDCLogin(asked, tool, launch_data_storage=FlaskCacheDataStorage(memory))
        return begun.redirect(asked.get_param("target_link_uri"))

    @app.route("/lti/launch", methods=["POST"])
    def launch() -> Any:
        found = FlaskMessageLaunch(
            FlaskRequest(), tool, launch_data_storage=FlaskCacheDataStorage(memory)
        )
        if keeps_keys:
            found.set_public_key_caching(FlaskCacheDataStorage(memory), cache_lifetime=3600)
        claims = found.get_launch_data()
        return render_template_string(
            PAGE, course=claims[CONTEXT]["title"], person=claims.get("name", "")
        )

    @app.route("/health/ready")
    def ready() -> str:
        return request.path

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("bind")
    parser.add_argument("config", type=Path)
    parser.add_argument("--cached", action="store_true")
    given = parser.parse_args()
    platforms = json.loads(given.config.read_text())
    Server(create_app(platforms, keeps_keys=given.cached), given.bind, 1).run()
