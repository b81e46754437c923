"""Backup of a running CareerLink into one archive, and back, on either database.

The archive holds a JSON line a row, read in one transaction, so it restores on SQLite and on
PostgreSQL alike and serves for moving from one to the other.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy import Table, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from careerlink import __version__, audit_seal, migrate
from careerlink.config import Settings
from careerlink.db import Base, Database
from careerlink.errors import Misconfigured
from careerlink.files import storage
from careerlink.listings import search

MANIFEST = "careerlink.json"
BATCH = 500
CONTENT_HASH = re.compile("[0-9a-f]{64}")
NOT_KEPT = frozenset({"login_session_course", "login_session", "lti_login", "lti_token"})
"""Short-lived secrets: people sign in again, and tokens are asked for again."""


def write(database: Database, settings: Settings, file: Path) -> int:
    """Write the archive and return how many uploaded files it holds."""
    migrate.check(database)
    fresh = file.with_suffix(file.suffix + ".new")
    # Names and grades are in it: for nobody but the account that wrote it.
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            count = _write_archive(archive, database, settings)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return count


def _write_archive(archive: zipfile.ZipFile, database: Database, settings: Settings) -> int:
    manifest = {"version": __version__, "revision": migrate.head()}
    archive.writestr(MANIFEST, json.dumps(manifest))
    with database.engine.connect() as connection, _snapshot(connection):
        for table in _tables():
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
                _write_rows(connection, table, out)
    return _write_files(archive, settings)


def _snapshot(connection: Connection) -> Any:
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    return connection.begin()


def _tables() -> list[Table]:
    return [t for t in Base.metadata.sorted_tables if t.name not in NOT_KEPT]


def _write_rows(connection: Connection, table: Table, out: IO[bytes]) -> None:
    rows = connection.execution_options(yield_per=BATCH).execute(
        select(table).order_by(table.c.id)
    )
    for row in rows.mappings():
        plain = {
            name: v.isoformat() if isinstance(v, date | datetime) else v
            for name, v in row.items()
        }
        out.write(json.dumps(plain).encode() + b"\n")


def _write_files(archive: zipfile.ZipFile, settings: Settings) -> int:
    folder, count = storage.root(settings), 0
    for path in sorted(folder.glob("[0-9a-f][0-9a-f]/*")):
        archive.write(path, f"files/{path.name}", compress_type=zipfile.ZIP_STORED)
        count += 1
    head = audit_seal.head_path(settings)
    if head.exists():
        archive.write(head, f"files/{head.name}")
    return count


def restore(database: Database, settings: Settings, file: Path) -> int:
    """Fill an empty database and the files folder from ``file``.

    :raises Misconfigured: this is no backup, of another version, or the database is not empty.
    """
    try:
        archive = zipfile.ZipFile(file)
        manifest = json.loads(archive.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, ValueError) as exc:
        raise Misconfigured(f"backup: {file} is not a backup of CareerLink") from exc
    with archive:
        if manifest["revision"] != migrate.head():
            raise Misconfigured(
                f"backup: made at {manifest['revision']} by version {manifest['version']}; "
                "restore it with that version, then upgrade"
            )
        if migrate.current(database) not in (None, migrate.head()):
            raise Misconfigured("backup: the database is not empty; restore into a new one")
        migrate.upgrade(database)
        with database.write() as session:
            connection = session.connection()
            _require_empty(connection)
            # Files first: a full disk then leaves the database empty for another try.
            count = _restore_files(archive, settings)
            _restore_rows(connection, archive)
            search.rebuild(session)
        return count


def _require_empty(connection: Connection) -> None:
    for table in _tables():
        if connection.execute(select(table.c.id).limit(1)).first() is not None:
            raise Misconfigured("backup: the database is not empty; restore into a new one")


def _restore_rows(connection: Connection, archive: zipfile.ZipFile) -> None:
    for table in _tables():
        try:
            with archive.open(f"tables/{table.name}.jsonl") as lines:
                for batch in _batches(lines, table):
                    connection.execute(table.insert(), batch)
        except (KeyError, IntegrityError) as exc:
            raise Misconfigured(f"backup: {table.name} cannot be restored") from exc
        if connection.dialect.name == "postgresql":
            _continue_numbers(connection, table)


def _batches(lines: IO[bytes], table: Table) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append(_typed(json.loads(line), table))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _typed(row: dict[str, Any], table: Table) -> dict[str, Any]:
    for column in table.columns:
        value, kind = row.get(column.name), column.type.python_type
        if isinstance(value, str) and kind in (date, datetime):
            row[column.name] = kind.fromisoformat(value)
    return row


def _continue_numbers(connection: Connection, table: Table) -> None:
    highest = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1).scalar_subquery()
    sequence = sa.func.pg_get_serial_sequence(table.name, "id")
    connection.execute(sa.select(sa.func.setval(sequence, highest, sa.false())))


def _restore_files(archive: zipfile.ZipFile, settings: Settings) -> int:
    count = 0
    for name in archive.namelist():
        if not name.startswith("files/"):
            continue
        base = Path(name).name
        is_head = base == audit_seal.head_path(settings).name
        if not is_head and not CONTENT_HASH.fullmatch(base):
            raise Misconfigured(f"backup: it holds a file that is no upload, {base}")
        target = audit_seal.head_path(settings) if is_head else storage.path_of(settings, base)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
        count += not is_head
    return count
