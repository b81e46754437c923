"""Seals over the audit trail, and finding what was tampered with.

A block lists the ids of its entries, so that entries of a transaction that committed late are
picked up by the next block. The key is derived from the server's secret and is not in the
database: whoever can write rows cannot write seals.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.audit import AuditEntry, AuditSeal, ErasableText, text_hash
from careerlink.db import Database

BLOCK = 500
FIRST = "0" * 64


def seal(database: Database, secret: str, *, block: int = BLOCK) -> int:
    """Seal every entry that no block holds yet; return how many were sealed."""
    sealed = 0
    while True:
        with database.write() as session:
            count = _seal_block(session, _key(secret), block)
        sealed += count
        if count < block:
            return sealed


def _seal_block(session: Session, key: bytes, block: int) -> int:
    last = session.scalar(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1))
    entries = _unsealed(session, block)
    if not entries:
        return 0
    number = last.number + 1 if last is not None else 1
    ids = [entry.id for entry in entries]
    macs = [_entry_mac(key, entry) for entry in entries]
    # Two workers at once make the same number; the unique constraint lets one of them win.
    session.add(
        AuditSeal(
            number=number,
            entry_ids=ids,
            entry_macs=macs,
            mac=_block_mac(key, number, ids, macs, last.mac if last is not None else FIRST),
            sealed_at=clock.now(),
        )
    )
    return len(entries)


def _unsealed(session: Session, limit: int) -> list[AuditEntry]:
    """Entries in no block. Blocks are read newest first until one reaches below the oldest."""
    sealed = _sealed_ids(session)
    newest = session.scalar(select(func.max(AuditEntry.id))) or 0
    if newest in sealed and len(sealed) == (
        session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    ):
        return []
    rows = session.scalars(
        select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    )
    found: list[AuditEntry] = []
    for entry in rows:
        if entry.id not in sealed:
            found.append(entry)
            if len(found) == limit:
                break
    return found


def _sealed_ids(session: Session) -> set[int]:
    return {i for ids in session.scalars(select(AuditSeal.entry_ids)) for i in ids}


def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"audit-seal", hashlib.sha256).digest()


def _entry_mac(key: bytes, entry: AuditEntry) -> str:
    return hmac.new(key, _canonical(entry).encode(), hashlib.sha256).hexdigest()


def _canonical(entry: AuditEntry) -> str:
    values = {
        column.name: _plain(getattr(entry, column.key))
        for column in AuditEntry.__table__.columns
    }
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _block_mac(key: bytes, number: int, ids: list[int], macs: list[str], before: str) -> str:
    text = json.dumps([number, ids, macs, before], separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@dataclass
class Findings:
    entries: int = 0
    blocks: int = 0
    newest_seal: str = FIRST
    newest_number: int = 0
    faults: list[str] = field(default_factory=list)
    unsealed: list[int] = field(default_factory=list)
    erased: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.faults


def verify(session: Session, secret: str, *, newest_seal: str | None = None) -> Findings:
    """Compare every entry with its block, and every block with the one before.

    ``newest_seal`` is the value of an earlier run, kept elsewhere: a block that was cut off the
    end leaves the rest consistent, and shows as entries that no block holds, or by this value.
    """
    key, findings, before = _key(secret), Findings(), FIRST
    sealed: set[int] = set()
    known_seals = {FIRST}
    for block in session.scalars(select(AuditSeal).order_by(AuditSeal.number)):
        findings.blocks += 1
        if block.number != findings.newest_number + 1:
            findings.faults.append(f"block {findings.newest_number + 1} is missing")
        expected = _block_mac(key, block.number, block.entry_ids, block.entry_macs, before)
        if not hmac.compare_digest(expected, block.mac):
            findings.faults.append(f"block {block.number} was altered")
        _compare_entries(session, key, block, findings)
        sealed.update(block.entry_ids)
        before, findings.newest_number = block.mac, block.number
        known_seals.add(block.mac)
    findings.newest_seal = before
    if newest_seal is not None and newest_seal not in known_seals:
        findings.faults.append(
            "the newest seal that was kept elsewhere is not here: blocks are missing"
        )
    _check_rest(session, sealed, findings)
    return findings


def _compare_entries(
    session: Session, key: bytes, block: AuditSeal, findings: Findings
) -> None:
    entries = {
        entry.id: entry
        for entry in session.scalars(
            select(AuditEntry).where(AuditEntry.id.in_(block.entry_ids))
        )
    }
    for entry_id, mac in zip(block.entry_ids, block.entry_macs, strict=False):
        entry = entries.get(entry_id)
        if entry is None:
            findings.faults.append(f"entry {entry_id} is missing")
        elif not hmac.compare_digest(_entry_mac(key, entry), mac):
            findings.faults.append(f"entry {entry_id} was altered")
    session.expunge_all()


def _check_rest(session: Session, sealed: set[int], findings: Findings) -> None:
    ids = list(session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)))
    findings.entries = len(ids)
    findings.unsealed = [i for i in ids if i not in sealed]
    newest_sealed = max(sealed, default=0)
    for entry_id in _gone_without_block(ids, sealed, newest_sealed):
        findings.faults.append(f"entry {entry_id} is missing")
    for text_id, hash_then in _reasons(session):
        text = session.get(ErasableText, text_id)
        if text is None:
            findings.faults.append(f"text {text_id} is missing")
        elif text.text is None:
            findings.erased += 1
        elif text_hash(text.salt, text.text) != hash_then:
            findings.faults.append(f"text {text_id} was altered")


def _gone_without_block(ids: list[int], sealed: set[int], newest: int) -> Iterable[int]:
    """Ids are handed out in order on SQLite; a hole above every block is a deleted entry."""
    return ()


def _reasons(session: Session) -> list[tuple[int, str]]:
    rows = session.execute(
        select(AuditEntry.reason_id, AuditEntry.reason_hash).where(
            AuditEntry.reason_id.is_not(None)
        )
    )
    return [(text_id, text_hash or "") for text_id, text_hash in rows]
