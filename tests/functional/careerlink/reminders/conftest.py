"""A project whose work is completed: from now on the supervisor's evaluation is awaited."""

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from benchmarks.soaking.mailbox import Mailbox, Read
from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from tests.factories.agreements import Scene
from tests.factories.evaluations import completed
from tests.factories.sessions import launched, signed_in
from tests.pages import Visitor

SUPERVISOR = "ines@northlight.example"
ABOUT = "at most one such mail a day"


class Post:
    """The worker, and what it has put into the directory of mails since it was asked last."""

    def __init__(self, database: Database, settings: Settings, directory: Path) -> None:
        self.database, self.settings = database, settings
        self.mailbox = Mailbox(directory)

    def run(self) -> list[Read]:
        """The mails of reminders, not those that follow from somebody's act."""
        worker.run_once(self.database, self.settings)
        return [mail for mail in self.mailbox.new() if ABOUT in " ".join(mail.text.split())]

    def to_supervisor(self) -> list[Read]:
        return [mail for mail in self.run() if mail.to == SUPERVISOR]


@pytest.fixture
def cast(database: Database, app: Flask, clock: time_machine.Traveller) -> Scene:
    with database.write() as session:
        return completed(session)


@pytest.fixture
def post(database: Database, settings: Settings, tmp_path: Path, cast: Scene) -> Post:
    return Post(database, settings, tmp_path / "mail")


@pytest.fixture
def staff(
    cast: Scene, database: Database, visitors: Callable[[], Visitor]
) -> Callable[[], Visitor]:
    """Signs in anew each time: sessions end overnight."""
    return lambda: signed_in(visitors(), database, cast.staff.person_id or 0)


@pytest.fixture
def student(cast: Scene, database: Database, visitors: Callable[[], Visitor]) -> Visitor:
    person_id = cast.student.person_id or 0
    return launched(visitors(), database, person_id, cast.course.id, CourseRole.STUDENT)
