"""One application for all tests of a process: setting up its routes takes long.

Each test gets its own registry, configuration, database and settings. None adds a route.
"""

from flask import Flask

from careerlink.app import compose, create_app, equip
from careerlink.config import Settings
from careerlink.db import Database


class ReadyApp:
    def __init__(self) -> None:
        self.app: Flask | None = None
        self.config: dict[str, object] = {}

    def equipped(self, settings: Settings, database: Database) -> Flask:
        if self.app is None:
            self.app = create_app(settings, database)
            self.config = dict(self.app.config)
        else:
            compose()
            self.app.config.clear()
            self.app.config.update(self.config)
            equip(self.app, settings, database)
        self.app.testing = True
        return self.app
