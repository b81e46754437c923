"""Database access: the declarative base, column types, and the unit of work."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedColumn,
    Session,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from careerlink import clock, names_alike
from careerlink.errors import ChangedMeanwhile

BUSY_TIMEOUT_MS = 10_000

APPEND_ONLY: dict[str, Any] = {"info": {"append_only": True}}
"""Last of a model's table arguments: triggers then refuse every UPDATE and DELETE."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC time stamps on both databases; SQLite keeps no zone of its own."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        # A decorator does not hand on its implementation's; pages by key ask for it.
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("time stamps carry a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    # Alembic can only drop or alter a constraint that has a name.
    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        str: sa.Text(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
        list[str]: sa.JSON(),
    }

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


def enum_column(kinds: type[StrEnum], *, check: str = "", **options: Any) -> MappedColumn[Any]:
    """An enum kept as text, with a check constraint that a migration can widen.

    ``check`` names the constraint where a table has two columns of the same enum.
    """
    return mapped_column(
        sa.Enum(
            kinds,
            native_enum=False,
            length=32,
            create_constraint=True,
            name=f"{check or _snake(kinds.__name__)}_known",
            validate_strings=True,
            values_callable=lambda e: [member.value for member in e],
        ),
        **options,
    )


def state_column(states: type[StrEnum], default: StrEnum) -> MappedColumn[Any]:
    return enum_column(states, default=default, index=True)


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


def new_public_id() -> str:
    """What stands in addresses instead of the key: 12 characters, nearly 72 random bits.

    It begins with a letter or digit: at a command line a hyphen would begin an option, in a
    spreadsheet a formula.
    """
    while not (drawn := secrets.token_urlsafe(9))[0].isalnum():
        pass
    return drawn


def public_id_column() -> MappedColumn[str]:
    return mapped_column(sa.String(16), default=new_public_id, unique=True)


def created_at_column() -> MappedColumn[datetime]:
    return mapped_column(UtcDateTime, default=clock.now)


def foreign_key(target: str, *, index: bool = True, **options: Any) -> MappedColumn[Any]:
    """A foreign key with its index: both databases need it to delete and to join."""
    return mapped_column(sa.ForeignKey(target), index=index, **options)


class Database:
    """One engine and its two ways in: ``read`` for pages, ``write`` for a unit of work."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = self._engine(pool_size)
        options = {"expire_on_commit": False, "autoflush": True}
        self._reads = sessionmaker(self.engine, **options)  # type: ignore[call-overload]
        immediate = self.engine.execution_options(begin="IMMEDIATE")
        self._writes = sessionmaker(immediate, **options)  # type: ignore[call-overload]

    def _engine(self, pool_size: int) -> Engine:
        if not self.is_sqlite:
            return sa.create_engine(self.url, pool_size=pool_size, pool_pre_ping=True)
        if self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(self.url, pool_size=pool_size, max_overflow=20)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def open(self, *, writing: bool) -> Session:
        session: Session = (self._writes if writing else self._reads)()
        return session

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self.open(writing=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: commit at the end of the block, or leave no trace.

        :raises ChangedMeanwhile: somebody else changed one of the rows first.
        """
        with self.open(writing=True) as session:
            yield session
            commit(session)

    def dispose(self) -> None:
        self.engine.dispose()


def commit(session: Session) -> None:
    try:
        session.commit()
    except StaleDataError as exc:
        raise ChangedMeanwhile("Somebody else changed this record just now.") from exc


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would begin transactions by its own rules; SQLAlchemy's begin event does it.
    # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    connection.isolation_level = None
    names_alike.teach(connection)
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Without this, INSERT OR REPLACE deletes rows past the append-only triggers.
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writing one fails at once when another wrote.
    begin = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {begin}")
