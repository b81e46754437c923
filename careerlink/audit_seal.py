"""Seals over the audit trail.

A block lists the ids of its entries, so that entries of a transaction that committed late are
picked up by the next block. The key is derived from the server's secret and is not in the
database: whoever can write rows cannot write seals. The newest seal is also kept in a file
beside the uploads, so that cutting off the newest block does not pass for "not sealed yet".
"""

import hashlib
import hmac
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.audit import AuditEntry, AuditSeal
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.files import storage

BLOCK = 500
FIRST = "0" * 64
LATEST_COMMIT = timedelta(hours=1)
"""No transaction lives longer: older entries are all visible and need no second look."""


class Head(NamedTuple):
    number: int
    mac: str


def seal(database: Database, settings: Settings, *, block: int = BLOCK) -> int:
    """Seal every entry that no block holds yet; return how many were sealed."""
    sealed = 0
    while True:
        try:
            with database.write() as session:
                made = _seal_block(session, settings, block)
        except (
            IntegrityError
        ):  # another worker made this block; its next round goes on after it
            return sealed
        if made is None:
            return sealed
        _write_head(settings, Head(made.number, made.mac))
        sealed += len(made.entry_ids)


def _seal_block(session: Session, settings: Settings, block: int) -> AuditSeal | None:
    last = newest(session)
    kept = read_head(settings)
    # After a block was cut off, its number stays missing for ever: it is not sealed over.
    before = max(
        kept or Head(0, FIRST), Head(last.number, last.mac) if last else Head(0, FIRST)
    )
    entries = _unsealed(session, last.settled_id if last else 0, block)
    if not entries:
        return None
    secret = key(settings.server.secret)
    number, ids = before.number + 1, [entry.id for entry in entries]
    macs = [entry_mac(secret, entry) for entry in entries]
    made = AuditSeal(
        number=number,
        entry_ids=ids,
        entry_macs=macs,
        mac=block_mac(secret, number, ids, macs, before.mac),
        settled_id=_settled(session, ids),
        sealed_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def newest(session: Session) -> AuditSeal | None:
    return session.scalar(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1))


def _unsealed(session: Session, settled_id: int, limit: int) -> list[AuditEntry]:
    recent: set[int] = set()
    for ids in session.scalars(select(AuditSeal.entry_ids).order_by(AuditSeal.number.desc())):
        recent.update(i for i in ids if i > settled_id)
        if max(ids, default=0) <= settled_id:
            break
    rows = session.scalars(
        select(AuditEntry).where(AuditEntry.id > settled_id).order_by(AuditEntry.id)
    )
    return [entry for entry in rows if entry.id not in recent][:limit]


def _settled(session: Session, ids: list[int]) -> int:
    """The highest id below which every entry is sealed and none can still appear."""
    old = session.scalar(
        select(func.max(AuditEntry.id)).where(
            AuditEntry.id <= max(ids), AuditEntry.recorded_at < clock.now() - LATEST_COMMIT
        )
    )
    return int(old or 0)


def key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"audit-seal", hashlib.sha256).digest()


def entry_mac(secret: bytes, entry: AuditEntry) -> str:
    return hmac.new(secret, _canonical(entry).encode(), hashlib.sha256).hexdigest()


def _canonical(entry: AuditEntry) -> str:
    columns = AuditEntry.__table__.columns
    values = {column.name: _plain(getattr(entry, column.key)) for column in columns}
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def block_mac(secret: bytes, number: int, ids: list[int], macs: list[str], before: str) -> str:
    text = json.dumps([number, ids, macs, before], separators=(",", ":"))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def head_path(settings: Settings) -> Path:
    return storage.root(settings) / "audit-newest-seal.json"


def read_head(settings: Settings) -> Head | None:
    try:
        values = json.loads(head_path(settings).read_text())
        return Head(int(values["number"]), str(values["mac"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_head(settings: Settings, head: Head) -> None:
    """After the commit: a crash in between leaves the file one block behind, which is fine."""
    path = head_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(json.dumps(head._asdict()))
    fresh.replace(path)
