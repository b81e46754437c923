"""The worker: sends what the outbox holds, moves what time moves, seals the audit trail."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from careerlink import audit_seal, clock
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import OutboxMessage, Outcome, claim, renew_lease, settle
from careerlink.registry import registry

log = logging.getLogger("careerlink.worker")

LEASE = timedelta(seconds=90)
IDLE_SECONDS = 1.0
SWEEP_EVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class Delivery:
    """What a handler gets: the message as it was claimed, and no open transaction."""

    database: Database
    settings: Settings
    message_id: int
    institution_id: int
    kind: str
    target: str
    payload: dict[str, Any]
    attempt: int

    @property
    def is_repeat(self) -> bool:
        """An earlier attempt began: the other side may have acted already."""
        return self.attempt > 1

    def renew_lease(self) -> None:
        """Between the parts of a long delivery, so that no other worker takes it over."""
        with self.database.write() as session:
            renew_lease(session, self.message_id, self.attempt, LEASE)


def send_next(database: Database, settings: Settings) -> bool:
    """Send the message that is due longest, and say whether there was one."""
    with database.write() as session:
        claimed = [
            _delivery(database, settings, message)
            for message in claim(session, limit=1, lease=LEASE)
        ]
    for delivery in claimed:
        started = clock.now()
        outcome = _attempt(delivery)
        with database.write() as session:
            message = session.get_one(OutboxMessage, delivery.message_id)
            settle(session, message, delivery.attempt, started, outcome)
    return bool(claimed)


def _delivery(database: Database, settings: Settings, message: OutboxMessage) -> Delivery:
    return Delivery(
        database=database,
        settings=settings,
        message_id=message.id,
        institution_id=message.institution_id,
        kind=message.kind,
        target=message.target,
        payload=dict(message.payload),
        attempt=message.attempts,
    )


def _attempt(delivery: Delivery) -> Outcome:
    handler = registry.outbox_handlers.get(delivery.kind)
    if handler is None:
        return Outcome(final=True, error=f"nothing here delivers {delivery.kind}")
    try:
        # No transaction is open here: a slow platform must not hold a connection.
        return handler(delivery)
    except Exception:  # a fault in one handler must not stop the queue
        log.exception("delivery %s of kind %s broke", delivery.message_id, delivery.kind)
        return Outcome(error="internal error, see the log")


def sweep(database: Database) -> int:
    """Make the moves that come with time, each registered kind in a unit of its own."""
    moved = 0
    for move in registry.sweeps:
        try:
            with database.write() as session:
                moved += move(session)
        except Exception:  # one kind of deadline must not hold up the others
            log.exception("sweep %s broke", getattr(move, "__qualname__", move))
    return moved


def run_once(database: Database, settings: Settings) -> int:
    """Sweep, send everything that is due, seal; return how many messages were tried."""
    sweep(database)
    tried = 0
    while send_next(database, settings):
        tried += 1
    audit_seal.seal(database, settings)
    return tried


def run(database: Database, settings: Settings, stop: threading.Event) -> None:
    last_sweep = clock.now() - SWEEP_EVERY
    while not stop.is_set():
        _guarded(lambda: send_next(database, settings), stop)
        if clock.now() - last_sweep >= SWEEP_EVERY:
            last_sweep = clock.now()
            sweep(database)
            audit_seal.seal(database, settings)


def _guarded(step: Callable[[], bool], stop: threading.Event) -> None:
    try:
        busy = step()
    except Exception:  # the database may be restarting; the next round tries again
        log.exception("worker round broke")
        busy = False
    if not busy:
        stop.wait(IDLE_SECONDS)
