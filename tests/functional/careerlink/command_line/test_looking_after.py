"""``careerlink audit verify`` and ``careerlink outbox …``."""

import pytest
from sqlalchemy import select, text

from careerlink import outbox, triggers
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.outbox import DeliveryState, OutboxMessage
from tests.command_line import CommandLine


@pytest.fixture
def sealed(careerlink: CommandLine) -> CommandLine:
    """Three entries, all sealed."""
    for name in ("a", "b", "c"):
        careerlink("staff", "grant", f"{name}@eastmoor.example")
    careerlink("worker", "--once")
    return careerlink


def tamper(database: Database, *statements: str) -> None:
    """As somebody who has the database's password."""
    with database.write() as session:
        triggers.drop_all(session.connection())
        for statement in statements:
            session.execute(text(statement))


def test_a_whole_trail_exits_0_and_prints_the_newest_seal(sealed: CommandLine) -> None:
    out = sealed("audit", "verify").out
    assert "3 entries in 1 blocks, 0 waiting for a seal" in out
    assert "newest seal: 1 " in out


def test_every_altered_and_missing_entry_is_named_and_the_exit_code_is_1(
    sealed: CommandLine, database: Database
) -> None:
    tamper(
        database,
        "UPDATE audit_entry SET action = 'person_role:revoke' WHERE id = 1",
        "DELETE FROM audit_entry WHERE id = 3",
    )
    out = sealed("audit", "verify", code=1).out
    assert "entry 1 was altered (block 1)" in out
    assert "entry 3 is missing (block 1)" in out
    assert "entry 2" not in out


def test_a_seal_that_was_kept_elsewhere_shows_that_blocks_were_cut_off(
    sealed: CommandLine, database: Database
) -> None:
    seal = sealed("audit", "verify").out.splitlines()[-1].removeprefix("newest seal: ")
    for kept in (seal, seal.split()[-1]):
        sealed("audit", "verify", "--newest", kept)

    tamper(database, "DELETE FROM audit_seal", "DELETE FROM audit_entry")
    out = sealed("audit", "verify", "--newest", seal, code=1).out
    assert "blocks were cut off" in out


def message(database: Database, *, state: DeliveryState) -> int:
    with database.write() as session:
        made = outbox.enqueue(
            session,
            kind="mail",
            target="offer_made:1",
            payload={"template": "offer_made"},
            institution_id=session.scalars(select(Institution.id)).one(),
        )
        made.state, made.last_error = state, "550 no such user"
        session.flush()
        return made.id


def test_failed_deliveries_are_listed_and_sent_again(
    careerlink: CommandLine, database: Database
) -> None:
    failed = message(database, state=DeliveryState.FAILED)
    rows = careerlink("outbox", "list", "--state", "failed", "--json").data
    assert [(r["id"], r["kind"], r["last_error"]) for r in rows] == [
        (failed, "mail", "550 no such user")
    ]
    assert careerlink("outbox", "list", "--state", "delivered", "--json").data == []
    assert "550 no such user" in careerlink("outbox", "list").out

    careerlink("outbox", "retry", str(failed))
    with database.read() as session:
        assert session.get_one(OutboxMessage, failed).state == DeliveryState.QUEUED


def test_what_is_delivered_or_unknown_is_not_sent_again(
    careerlink: CommandLine, database: Database
) -> None:
    delivered = message(database, state=DeliveryState.DELIVERED)
    careerlink.refused("outbox", "retry", str(delivered))
    assert "no message 99" in careerlink.refused("outbox", "retry", "99")
    careerlink.refused("outbox", "list", "--state", "lost")


@pytest.mark.parametrize(
    "arguments",
    [
        ("outbox", "retry", "99999999999999999999"),
        ("lti", "activate", "99999999999999999999"),
        ("credit", "explain", "\udcff"),
        ("staff", "revoke", "a\udcff@eastmoor.example"),
    ],
)
def test_what_no_database_holds_is_refused_in_one_line(
    careerlink: CommandLine, arguments: tuple[str, ...]
) -> None:
    assert "Traceback" not in careerlink.refused(*arguments)
