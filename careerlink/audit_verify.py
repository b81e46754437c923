"""Finding what was tampered with: every altered, missing and unsealed audit entry by name."""

import hmac
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit_seal, clock
from careerlink.audit import AuditEntry, AuditSeal, ErasableText, text_hash
from careerlink.audit_seal import FIRST, Head
from careerlink.config import Settings

SEAL_WITHIN = timedelta(minutes=30)
"""An entry that waits longer for its seal means that no worker runs, or a block is gone."""


@dataclass
class Findings:
    entries: int = 0
    blocks: int = 0
    newest: Head = Head(0, FIRST)
    faults: list[str] = field(default_factory=list)
    waiting: int = 0
    """Entries so young that no worker has sealed them yet."""
    erased: int = 0


def verify(session: Session, settings: Settings, *, kept_seal: str | None = None) -> Findings:
    """Compare every entry with its block, every block with the one before, and the newest with
    the one kept outside the database: ``kept_seal`` from an earlier run, and the worker's file.
    """
    secret, findings = audit_seal.key(settings.server.secret), Findings()
    sealed = Bits(session.scalar(select(func.max(AuditEntry.id))) or 0)
    seen = {FIRST}
    query = select(AuditSeal).order_by(AuditSeal.number).execution_options(yield_per=50)
    for block in session.scalars(query):
        _check_chain(secret, block, findings)
        _check_entries(session, secret, block, findings)
        for entry_id in block.entry_ids:
            sealed.add(entry_id)
        findings.blocks += 1
        findings.newest = Head(block.number, block.mac)
        seen.add(block.mac)
    _check_head(audit_seal.read_head(settings), findings)
    if kept_seal is not None and kept_seal not in seen:
        findings.faults.append(
            "the seal that was kept elsewhere is missing: blocks were cut off"
        )
    _check_unsealed(session, sealed, findings)
    _check_texts(session, findings)
    return findings


class Bits:
    """A set of entry ids at one bit each: five million entries take 600 kB."""

    def __init__(self, highest: int) -> None:
        self._bits = bytearray(highest // 8 + 1)

    def add(self, number: int) -> None:
        if number // 8 < len(self._bits):
            self._bits[number // 8] |= 1 << number % 8

    def __contains__(self, number: int) -> bool:
        return bool(self._bits[number // 8] & 1 << number % 8)


def _check_chain(secret: bytes, block: AuditSeal, findings: Findings) -> None:
    number, before = findings.newest
    for missing in range(number + 1, block.number):
        findings.faults.append(f"block {missing} is missing")
    expected = audit_seal.block_mac(
        secret, block.number, block.entry_ids, block.entry_macs, before
    )
    if block.number == number + 1 and not hmac.compare_digest(expected, block.mac):
        findings.faults.append(f"block {block.number} was altered")


def _check_entries(
    session: Session, secret: bytes, block: AuditSeal, findings: Findings
) -> None:
    rows = session.scalars(select(AuditEntry).where(AuditEntry.id.in_(block.entry_ids)))
    found = {entry.id: audit_seal.entry_mac(secret, entry) for entry in rows}
    for entry_id, mac in zip(block.entry_ids, block.entry_macs, strict=False):
        if entry_id not in found:
            findings.faults.append(f"entry {entry_id} is missing (block {block.number})")
        elif not hmac.compare_digest(found[entry_id], mac):
            findings.faults.append(f"entry {entry_id} was altered (block {block.number})")


def _check_head(kept: Head | None, findings: Findings) -> None:
    if kept is None:
        return
    for missing in range(findings.newest.number + 1, kept.number + 1):
        findings.faults.append(f"block {missing} is missing")
    if kept.number == findings.newest.number and kept.mac != findings.newest.mac:
        findings.faults.append(f"block {kept.number} was altered")


def _check_unsealed(session: Session, sealed: Bits, findings: Findings) -> None:
    limit = clock.now() - SEAL_WITHIN
    rows = session.execute(
        select(AuditEntry.id, AuditEntry.recorded_at).execution_options(yield_per=1000)
    )
    is_cut = any(fault.startswith("block") for fault in findings.faults)
    for entry_id, recorded_at in rows:
        findings.entries += 1
        if entry_id in sealed:
            continue
        if is_cut or recorded_at < limit:
            findings.faults.append(f"entry {entry_id} is not sealed")
        else:
            findings.waiting += 1


def _check_texts(session: Session, findings: Findings) -> None:
    rows = session.execute(
        select(AuditEntry.id, AuditEntry.reason_hash, ErasableText)
        .outerjoin(ErasableText, ErasableText.id == AuditEntry.reason_id)
        .where(AuditEntry.reason_id.is_not(None))
        .execution_options(yield_per=500)
    )
    for entry_id, hash_then, text in rows:
        if text is None:
            findings.faults.append(f"the reason of entry {entry_id} is missing")
        elif text.text is None:
            findings.erased += 1
        elif text_hash(text.salt, text.text) != hash_then:
            findings.faults.append(f"the reason of entry {entry_id} was altered")
