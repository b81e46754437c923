"""A mail server that takes its time: grades go on, and no mail is handed over twice."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller

from careerlink import mail, outbox, outbox_turns, worker
from careerlink.app import compose
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.outbox import AttemptOutcome, OutboxAttempt, OutboxMessage, Outcome
from careerlink.people.actors import system
from careerlink.registry import registry
from careerlink.worker import Delivery
from tests.functional.careerlink.mail.conftest import _free_port

VERY_LONG = 30.0
"""Nobody waits for it: it ends the test where the other lane stands still."""


class Slow:
    """Takes a mail only once something else was delivered."""

    def __init__(self) -> None:
        self.goes_on = threading.Event()
        self.taken: list[bool] = []
        self.begun = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.begun.set()
        went_on = await asyncio.get_running_loop().run_in_executor(
            None, self.goes_on.wait, VERY_LONG
        )
        self.taken.append(went_on)
        return "250 OK"


@pytest.fixture
def slow(settings: Settings) -> Iterator[tuple[Slow, Settings]]:
    handler = Slow()
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    values = settings.model_dump()
    values["mail"]["url"] = f"smtp://127.0.0.1:{controller.port}"
    yield handler, Settings.model_validate(values)
    controller.stop()


@pytest.fixture
def queued(database: Database, clock: time_machine.Traveller) -> int:
    compose()
    with database.write() as session:
        school = Institution(slug="e", name="Eastmoor")
        session.add(school)
        session.flush()
        message = mail.queue(
            session,
            to="maya@eastmoor.example",
            template="supervisor_fresh_link",
            values={"name": "Maya", "project": "P", "link": "abcdefghijkl"},
            institution_id=school.id,
            target="t",
            actor=system(school.id),
        )
        outbox.enqueue(session, kind="score", target="s", payload={}, institution_id=school.id)
        return message.id


def test_a_slow_mail_server_holds_up_no_grade(
    database: Database, slow: tuple[Slow, Settings], queued: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    handler, settings = slow
    stop = threading.Event()

    def grade(_delivery: Delivery) -> Outcome:
        handler.begun.wait(VERY_LONG)
        handler.goes_on.set()
        return Outcome(delivered=True)

    monkeypatch.setitem(registry.outbox_handlers, "score", grade)
    running = threading.Thread(target=worker.run, args=(database, settings, stop))
    running.start()
    handler.goes_on.wait(VERY_LONG)
    stop.set()
    running.join()

    assert handler.taken == [True]
    with database.read() as session:
        assert session.get_one(OutboxMessage, queued).state == "delivered"


def test_what_another_worker_took_over_is_not_handed_over_as_well(
    database: Database, slow: tuple[Slow, Settings], queued: int,
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    handler, settings = slow
    handler.goes_on.set()
    with database.write() as session:
        (first,) = outbox_turns.claim(session, limit=1, lease=worker.LEASE, only=worker.MAIL)
        late = worker._delivery(database, settings, first)
    clock.shift(worker.LEASE.total_seconds() + 1)

    worker.send_next(database, settings, worker.LANES[0])
    outcome = mail.deliver(late)

    assert handler.taken == [True]
    assert not outcome.delivered
    assert "another worker" in outcome.error
    with database.read() as session:
        rows = session.query(OutboxAttempt).order_by(OutboxAttempt.id).all()
        assert [row.outcome for row in rows] == [
            AttemptOutcome.BROKE_OFF, AttemptOutcome.DELIVERED,
        ]  # fmt: skip
