"""Bringing a database up to date, and saying whether it is."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from careerlink import resources, triggers
from careerlink.db import Base, Database
from careerlink.errors import Misconfigured


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.path("migrations")))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    revision = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if revision is None:
        raise Misconfigured("database: no migrations found")
    return revision


def current(database: Database) -> str | None:
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as exc:
        raise Misconfigured(f"database: cannot be reached: {_one_line(exc)}") from exc


def check(database: Database) -> None:
    """:raises Misconfigured: the database cannot be reached, or is not at our revision."""
    found, wanted = current(database), head()
    if found is None:
        raise Misconfigured("database: not set up yet; run `careerlink db upgrade`")
    if found != wanted:
        raise Misconfigured(
            f"database: at {found}, this version needs {wanted}; run `careerlink db upgrade`"
        )


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the missing migrations in one transaction and recreate the triggers.

    On SQLite foreign keys are off meanwhile: batch mode drops and recreates tables, and with
    them on a dropped parent would take its children along. They are checked before the commit.
    """
    current(database)
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                triggers.drop_all(connection)
                command.upgrade(alembic_config(connection), revision)
                _refuse_broken_references(connection)
                if revision == "head":
                    triggers.create_all(connection, Base.metadata)
        finally:
            if database.is_sqlite:
                _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    # The pragma does nothing inside a transaction, so it goes to the driver's connection.
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(sa.text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        tables = sorted({row[0] for row in broken})
        raise Misconfigured(
            f"database: references broken in {', '.join(tables)}; nothing changed"
        )


def _one_line(exc: Exception) -> str:
    return str(exc.__cause__ or exc).strip().splitlines()[0]
