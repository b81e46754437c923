"""What every test can ask for: databases, the application, a visitor and the time."""

import gc
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import settings as of_examples
from sqlalchemy.orm import Session

from careerlink.config import Settings
from careerlink.db import Database
from tests.compiled_once import compiling_once
from tests.databases import PostgresqlServer, SqliteFiles, migrate, shared_directory
from tests.few_keys import FewKeys, making_few_keys
from tests.network import closed_network
from tests.pages import Visitor
from tests.ready_app import ReadyApp
from tests.scheduling import ByFile
from tests.taking_turns import OPTION, turn_away

__all__ = ["closed_network"]

NOW = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)
"""A Wednesday in the middle of the term, 11:30 in New York."""
PUBLIC_URL = "https://careerlink.example.edu"


# The same examples in every run, however slow the machine is. ``make cases`` and
# ``make conformance`` look for new ones, and so does ``--hypothesis-profile=default``.
of_examples.register_profile("alike", derandomize=True, database=None, deadline=None)
of_examples.load_profile("alike")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="run every test on both databases")


def pytest_configure() -> None:
    # With what eight thousand tests keep, looking for cycles is a sixth of a run.
    gc.set_threshold(10_000, 20, 20)
    # A run that a time limit ends undoes its fixtures, as Ctrl-C does: no server stays behind.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    turn_away(config, items)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time that starts at NOW and goes on; tests ``shift`` it or ``move_to`` a moment."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(shared_directory(tmp_path_factory), migrate)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    server = PostgresqlServer(shared_directory(tmp_path_factory), migrate)
    yield server
    server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of this test's own, on each of the two kinds in turn."""
    if request.param == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        return files.copy(tmp_path)
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    return server.copy()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A unit of work that is thrown away after the test."""
    with database.open(writing=True) as session:
        yield session


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "server": {"public_url": PUBLIC_URL, "secret_key": "only-for-tests-" * 4},
            "database": {"url": database_url},
            "mail": {
                "url": f"file://{tmp_path / 'mail'}",
                "sender": "CareerLink <careers@example.edu>",
            },
            "files": {"url": f"file://{tmp_path / 'files'}"},
        }
    )


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    with compiling_once():
        yield


@pytest.fixture(scope="session")
def all_keys() -> Iterator[FewKeys]:
    with making_few_keys() as keys:
        yield keys


@pytest.fixture(autouse=True)
def few_keys(all_keys: FewKeys) -> None:
    all_keys.start_again()


@pytest.fixture(scope="session")
def application() -> ReadyApp:
    return ReadyApp()


@pytest.fixture
def app(
    application: ReadyApp,
    settings: Settings,
    database: Database,
    clock: time_machine.Traveller,
) -> Flask:
    return application.equipped(settings, database)


@pytest.fixture
def client(app: Flask) -> Visitor:
    return Visitor(app, PUBLIC_URL)


@pytest.fixture
def visitors(app: Flask) -> Callable[[], Visitor]:
    """For tests with several people: ``visitors()`` gives one with cookies of their own."""
    return lambda: Visitor(app, PUBLIC_URL)
