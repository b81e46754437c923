"""Tampering with the audit trail is found and named."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from careerlink import audit, audit_seal, audit_verify, triggers
from careerlink.audit import AuditEntry, AuditSeal
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.people.actors import system


def entries(database: Database, count: int, *, reason: str = "") -> list[int]:
    with database.write() as session:
        school = session.scalar(select(Institution)) or Institution(slug="main", name="Main")
        session.add(school)
        session.flush()
        made = [
            audit.record(
                session, "institution:note", school, actor=system(school.id), reason=reason
            )
            for _ in range(count)
        ]
        session.flush()
        return [entry.id for entry in made]


def verify(database: Database, settings: Settings, **given: str) -> audit_verify.Findings:
    with database.read() as session:
        return audit_verify.verify(session, settings, **given)


def tamper(database: Database, statement: str, **values: object) -> None:
    """As somebody with the database's password would: triggers off, then the change."""
    with database.write() as session:
        triggers.drop_all(session.connection())
        session.execute(text(statement), values)


@pytest.fixture
def sealed(database: Database, settings: Settings) -> list[int]:
    ids = entries(database, 3)
    audit_seal.seal(database, settings)
    ids += entries(database, 2)
    audit_seal.seal(database, settings)
    return ids


def test_an_untouched_trail_is_whole(
    database: Database, settings: Settings, sealed: list[int]
) -> None:
    found = verify(database, settings)
    assert (found.faults, found.entries, found.blocks, found.waiting) == ([], 5, 2, 0)


def test_an_altered_entry_is_named(
    database: Database, settings: Settings, sealed: list[int]
) -> None:
    tamper(database, "UPDATE audit_entry SET action = 'x:y' WHERE id = :id", id=sealed[1])
    assert verify(database, settings).faults == [f"entry {sealed[1]} was altered (block 1)"]


def test_a_deleted_entry_is_named(
    database: Database, settings: Settings, sealed: list[int]
) -> None:
    tamper(database, "DELETE FROM audit_entry WHERE id = :id", id=sealed[4])
    assert verify(database, settings).faults == [f"entry {sealed[4]} is missing (block 2)"]


def test_a_deleted_newest_block_is_named_with_what_it_held(
    database: Database, settings: Settings, sealed: list[int]
) -> None:
    tamper(database, "DELETE FROM audit_seal WHERE number = 2")
    assert verify(database, settings).faults == [
        "block 2 is missing",
        f"entry {sealed[3]} is not sealed",
        f"entry {sealed[4]} is not sealed",
    ]


def test_a_deleted_block_is_not_sealed_over(
    database: Database, settings: Settings, sealed: list[int]
) -> None:
    tamper(database, "DELETE FROM audit_seal WHERE number = 2")
    audit_seal.seal(database, settings)
    assert verify(database, settings).faults[0] == "block 2 is missing"


def test_a_rewritten_block_does_not_pass(
    database: Database, settings: Settings, sealed: list[int]
) -> None:
    tamper(
        database, "UPDATE audit_seal SET entry_ids = '[]', entry_macs = '[]' WHERE number = 1"
    )
    assert "block 1 was altered" in verify(database, settings).faults


def test_a_seal_kept_elsewhere_finds_a_trail_that_was_cut_off(
    database: Database, settings: Settings, sealed: list[int]
) -> None:
    kept = verify(database, settings).newest.mac
    assert verify(database, settings, kept_seal=kept).faults == []
    tamper(database, "DELETE FROM audit_seal WHERE number = 2")
    audit_seal.head_path(settings).unlink()
    assert (
        verify(database, settings, kept_seal=kept)
        .faults[0]
        .startswith("the seal that was kept")
    )


# SQLite has one writer, so there ids are committed in order.
@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_an_entry_that_committed_late_is_in_the_next_block(
    database: Database, settings: Settings
) -> None:
    with database.open(writing=True) as late:
        school = Institution(slug="late", name="Late")
        late.add(school)
        late.flush()
        audit.record(late, "institution:note", school, actor=system(school.id))
        late.flush()
        entries(database, 2)
        audit_seal.seal(database, settings)
        late.commit()
    audit_seal.seal(database, settings)
    found = verify(database, settings)
    assert (found.faults, found.blocks, found.waiting) == ([], 2, 0)


def test_young_entries_wait_and_old_ones_without_a_seal_are_a_fault(
    database: Database, settings: Settings, clock: time_machine.Traveller
) -> None:
    waiting = entries(database, 1)
    assert verify(database, settings).waiting == 1
    clock.shift(timedelta(hours=1))
    assert verify(database, settings).faults == [f"entry {waiting[0]} is not sealed"]


def test_an_erased_reason_is_no_fault_and_a_changed_one_is(
    database: Database, settings: Settings
) -> None:
    first, second = entries(database, 2, reason="Never answered")
    audit_seal.seal(database, settings)
    with database.write() as session:
        audit.erase(_reason(session, first))
    found = verify(database, settings)
    assert (found.faults, found.erased) == ([], 1)
    with database.write() as session:
        _reason(session, second).text = "Answered at once"
    assert verify(database, settings).faults == [f"the reason of entry {second} was altered"]


def _reason(session: Session, entry_id: int) -> audit.ErasableText:
    entry = session.get_one(AuditEntry, entry_id)
    assert entry.reason is not None
    return entry.reason


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_changes(database: Database, statement: str) -> None:
    entries(database, 1)
    with pytest.raises(DatabaseError, match="never changed"), database.write() as session:
        session.execute(text(statement))


# REPLACE is SQLite's own.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_replacing_a_row_does_not_slip_past_the_triggers(database: Database) -> None:
    number = entries(database, 1)[0]
    with pytest.raises(DatabaseError, match="never changed"), database.write() as session:
        session.execute(
            text(
                "REPLACE INTO audit_entry (id, action, subject_type, subject_id, detail, "
                "recorded_at) VALUES (:id, 'x', 'y', 1, '{}', '2026-01-01')"
            ),
            {"id": number},
        )


def test_blocks_are_filled_in_order(database: Database, settings: Settings) -> None:
    ids = entries(database, 7)
    audit_seal.seal(database, settings, block=3)
    with database.read() as session:
        blocks = session.scalars(select(AuditSeal).order_by(AuditSeal.number)).all()
    assert [block.entry_ids for block in blocks] == [ids[:3], ids[3:6], ids[6:]]
