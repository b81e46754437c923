"""What the web's process and the worker's do with a list; each called in a new process."""

import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.engine import Connection

from benchmarks.enrolling import seed
from careerlink import worker
from careerlink.app import create_app
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.enrollments import taking
from careerlink.enrollments.models import EnrollmentUpload
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, PersonRole
from careerlink.web.session import COOKIE, begin

URL = "https://careerlink.example.edu"
LISTS = "/office/enrollments"
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass
class Step:
    name: str
    seconds: float = 0.0
    megabytes: float = 0.0
    held_ms: float = 0.0


Kind = Callable[[str, Path, int], Step | None]


def upload(url: str, folder: Path, _size: int) -> Step:
    database, settings = _settings(url, folder)
    app = create_app(settings, database)
    client = app.test_client()
    with database.write() as session:
        token = begin(session, person_id=_staff(database), roles={})
    client.set_cookie(COOKIE, token, domain="careerlink.example.edu", secure=True)
    page = client.get(LISTS, base_url=URL)
    found = TOKEN.search(page.text)
    assert found is not None
    data = {"csrf_token": found.group(1), "term": ""}
    with (folder / seed.FILE).open("rb") as file, _watched("read and keep", database) as step:
        answer = client.post(LISTS, data={**data, "file": (file, "fall.csv")}, base_url=URL)
    assert answer.status_code == 303, answer.text
    return step


def compare(url: str, folder: Path, size: int) -> Step:
    database, settings = _settings(url, folder)
    create_app(settings, database)
    with _watched("compare (worker)", database) as step:
        worker.send_next(database, settings)
    with database.read() as session:
        assert session.scalars(select(EnrollmentUpload.counts)).one()["new"] == size // 10
    return step


def take(url: str, folder: Path, size: int) -> Step:
    database, settings = _settings(url, folder)
    create_app(settings, database)
    office = frozenset([OfficeRole.STAFF])
    with _watched("take over (worker)", database) as step:
        with database.write() as session:
            found = session.scalars(select(EnrollmentUpload)).one()
            staff = Actor(found.institution_id, person_id=_staff(database), office=office)
            taking.take(session, found, actor=staff, typed=None)
        worker.send_next(database, settings)
    with database.read() as session:
        assert session.scalars(select(EnrollmentUpload.lines_done)).one() == size // 10
    return step


def _settings(url: str, folder: Path) -> tuple[Database, Settings]:
    settings = Settings.model_validate(
        {
            "server": {"public_url": URL, "secret_key": "only-for-benchmarks-" * 4},
            "database": {"url": url},
            "mail": {"url": f"file://{folder}/mail", "sender": "a@example.edu"},
            "files": {"url": f"file://{folder}/files"},
        }
    )
    return Database(url), settings


def _staff(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(PersonRole.person_id)).one() or 0


@contextmanager
def _watched(name: str, database: Database) -> Iterator[Step]:
    step = Step(name)

    def began(connection: Connection) -> None:
        # Heard after the listener that waits until nobody else writes.
        if connection.get_execution_options().get("begin"):
            connection.info["since"] = time.process_time()

    def ended(connection: Connection) -> None:
        since = connection.info.pop("since", None)
        if since is not None:
            step.held_ms = max(step.held_ms, 1000 * (time.process_time() - since))

    for event, note in (("begin", began), ("commit", ended), ("rollback", ended)):
        sa.event.listen(database.engine, event, note)
    rest, start = _peak_kilobytes(), time.process_time()
    yield step
    step.seconds = time.process_time() - start
    step.megabytes = (_peak_kilobytes() - rest) / 1024


def _peak_kilobytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
