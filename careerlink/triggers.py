"""Triggers that keep append-only tables append-only, on both databases.

Alembic's batch mode on SQLite recreates tables and loses their triggers, so one function drops
and creates them all, after every upgrade.
"""

from sqlalchemy import MetaData, text
from sqlalchemy.engine import Connection

PREFIX = "append_only_"
MESSAGE = "rows of this table are never changed or deleted"
FUNCTION = "careerlink_refuse_change"


def append_only_tables(metadata: MetaData) -> list[str]:
    return sorted(t.name for t in metadata.tables.values() if t.info.get("append_only"))


def drop_all(connection: Connection) -> None:
    for name, table in installed(connection):
        on_table = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.execute(text(f"DROP TRIGGER {name}{on_table}"))


def create_all(connection: Connection, metadata: MetaData) -> None:
    if connection.dialect.name == "sqlite":
        for table in append_only_tables(metadata):
            for event in ("update", "delete"):
                connection.execute(text(_sqlite(table, event)))
        return
    connection.execute(
        text(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
        )
    )
    for table in append_only_tables(metadata):
        for event, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            connection.execute(
                text(
                    f"CREATE TRIGGER {PREFIX}{table}_{event} BEFORE {event.upper()} ON {table} "
                    f"FOR EACH {level} EXECUTE FUNCTION {FUNCTION}()"
                )
            )


def installed(connection: Connection) -> list[tuple[str, str]]:
    """Names of our triggers and their tables."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal"
        )
    rows = connection.execute(text(query))
    return sorted((r[0], r[1]) for r in rows if r[0].startswith(PREFIX))


def expected(metadata: MetaData, dialect: str) -> list[tuple[str, str]]:
    events = ("update", "delete") if dialect == "sqlite" else ("update", "delete", "truncate")
    return sorted(
        (f"{PREFIX}{table}_{event}", table)
        for table in append_only_tables(metadata)
        for event in events
    )


def _sqlite(table: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {PREFIX}{table}_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
