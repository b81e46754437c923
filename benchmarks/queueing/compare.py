"""Measures the desks of ``benchmarks/queue.py``."""

import argparse
import contextlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.launching import servers
from benchmarks.queueing import seed
from benchmarks.queueing.seed import Seeded
from careerlink import migrate
from careerlink.app import create_app
from careerlink.commands.server import keep_what_is_loaded
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.web.session import COOKIE, begin

URL = "https://careerlink.example.edu"
TAUGHT, APPROVED = (100, 500, 2_000), (200, 2_000, 20_000)


@dataclass(frozen=True)
class Visit:
    page: str
    address: str


@dataclass
class Measured:
    queries: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def p95_ms(self) -> float:
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


@dataclass
class Desk:
    """One person at one database, and what their pages took."""

    size: int
    client: FlaskClient
    visits: Sequence[Visit]
    found: dict[str, Measured] = field(default_factory=dict)


def main(about: str | None) -> None:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--times", type=int, default=40, help="how often each page is opened")
    parser.add_argument("--taught", type=int, nargs="+", default=TAUGHT)
    parser.add_argument("--approved", type=int, nargs="+", default=APPROVED)
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        for name, url in _databases(stack, folder):
            database = Database(url)
            stack.callback(database.dispose)
            migrate.upgrade(database)
            app = _app(database, url, folder)
            keep_what_is_loaded()
            for who, sizes in (("instructor", given.taught), ("chair", given.approved)):
                desks = [_desk(app, database, who, size) for size in sizes]
                _settle(database)
                _measure(database, desks, given.times)
                _show(f"{who}, {name}", desks)


def _databases(stack: contextlib.ExitStack, folder: Path) -> Iterator[tuple[str, str]]:
    yield "SQLite", f"sqlite:///{folder}/queue.db"
    postgresql = stack.enter_context(servers.postgresql(folder))
    if postgresql is None:
        print("no PostgreSQL server found: left out")
    else:
        yield "PostgreSQL", postgresql


def _app(database: Database, url: str, folder: Path) -> Flask:
    settings = Settings.model_validate(
        {
            "server": {"public_url": URL, "secret_key": "only-for-benchmarks-" * 4},
            "database": {"url": url},
            "mail": {"url": f"file://{folder}/mail", "sender": "a@example.edu"},
            "files": {"url": f"file://{folder}/files"},
        }
    )
    return create_app(settings, database)


def _desk(app: Flask, database: Database, who: str, size: int) -> Desk:
    """Seeds so many cases, and signs in whoever decides on them."""
    with database.write() as session:
        made = (
            seed.taught(session, size) if who == "instructor" else seed.approved(session, size)
        )
        roles = {made.course_id: CourseRole.INSTRUCTOR} if who == "instructor" else {}
        token = begin(session, person_id=made.person_id, roles=roles)
    client = app.test_client()
    client.set_cookie(COOKIE, token, domain="careerlink.example.edu", secure=True)
    visits = _of_instructor(made) if who == "instructor" else _of_chair()
    return Desk(size, client, visits)


def _of_instructor(made: Seeded) -> list[Visit]:
    queue = f"/courses/{made.course}/queue"
    return [
        Visit("queue", queue),
        Visit("all cases", f"{queue}?show=all"),
        Visit("search", f"{queue}?show=all&q=00007"),
        Visit("packet", f"/courses/{made.course}/cases/{made.case}"),
        Visit("students", f"/courses/{made.course}/students"),
        Visit("home", f"/courses/{made.course}/"),
    ]


def _of_chair() -> list[Visit]:
    return [Visit("approvals", "/home/approvals")]


def _settle(database: Database) -> None:
    """As a database that runs for a while has tidied and measured its tables."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as found:
        found.execute(sa.text("ANALYZE" if database.is_sqlite else "VACUUM (ANALYZE)"))


def _measure(database: Database, desks: Sequence[Desk], times: int) -> None:
    """One page of all desks in turn, so that whatever else the machine does meets them all."""
    for round_ in range(times + 1):
        for visits in zip(*[desk.visits for desk in desks], strict=True):
            for desk, visit in zip(desks, visits, strict=True):
                found = desk.found.setdefault(visit.page, Measured())
                with _counted(database) as statements:
                    began = time.perf_counter()
                    answer = desk.client.get(visit.address, base_url=URL)
                    seconds = time.perf_counter() - began
                assert answer.status_code == 200, f"{visit.address}: {answer.status_code}"
                if round_:
                    found.seconds.append(seconds)
                    found.queries = max(found.queries, len(statements))


@contextlib.contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(database.engine, "before_cursor_execute", note)


def _show(title: str, desks: Sequence[Desk]) -> None:
    print(f"\n{title}")
    print(f"{'':12}" + "".join(f"{desk.size:>12,} cases     " for desk in desks))
    print(f"{'':12}" + f"{'queries':>9}{'p95 ms':>9}{'x':>5}" * len(desks))
    for page, first in desks[0].found.items():
        line = f"{page:12}"
        for desk in desks:
            found = desk.found[page]
            ratio = found.p95_ms / first.p95_ms
            line += f"{found.queries:9}{found.p95_ms:9.1f}{ratio:5.1f}"
        print(line)
