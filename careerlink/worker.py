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
from careerlink.outbox import OutboxMessage, Outcome
from careerlink.outbox_turns import claim, renew_lease, settle
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

    def renew_lease(self) -> bool:
        """Between the parts of a long delivery, so that no other worker takes it over.

        ``False``: one has, so this attempt must do nothing more that counts.
        """
        with self.database.write() as session:
            return renew_lease(session, self.message_id, self.attempt, LEASE)


@dataclass(frozen=True)
class Lane:
    """Kinds that are sent one after the other; a slow server holds up its own lane alone."""

    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


MAIL = ("mail",)
LANES = (Lane(only=MAIL), Lane(but=MAIL))
EVERYTHING = Lane()


def send_next(database: Database, settings: Settings, lane: Lane = EVERYTHING) -> bool:
    """Send the message that is due longest, and say whether there was one."""
    with database.write() as session:
        claimed = [
            _delivery(database, settings, message)
            for message in claim(session, limit=1, lease=LEASE, only=lane.only, but=lane.but)
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
    look_around(database, settings)
    tried = 0
    while send_next(database, settings):
        tried += 1
    audit_seal.seal(database, settings)
    return tried


def run(database: Database, settings: Settings, stop: threading.Event) -> None:
    """Until ``stop``: each lane in a thread of its own, deadlines and seals in this one."""
    shared = (database, settings, stop)
    threads = [
        threading.Thread(target=_keep_sending, args=(*shared, lane), daemon=True)
        for lane in LANES
    ]
    threads.append(threading.Thread(target=_keep_looking, args=shared, daemon=True))
    for thread in threads:
        thread.start()
    while not stop.is_set():
        _guarded(lambda: _keep_time(database, settings), stop)
        stop.wait(SWEEP_EVERY.total_seconds())
    for thread in threads:
        thread.join()


def _keep_time(database: Database, settings: Settings) -> bool:
    sweep(database)
    audit_seal.seal(database, settings)
    return True


def _keep_sending(
    database: Database, settings: Settings, stop: threading.Event, lane: Lane
) -> None:
    while not stop.is_set():
        _guarded(lambda: send_next(database, settings, lane), stop)


def _keep_looking(database: Database, settings: Settings, stop: threading.Event) -> None:
    while not stop.is_set():
        look_around(database, settings)
        stop.wait(SWEEP_EVERY.total_seconds())


def look_around(database: Database, settings: Settings) -> int:
    """Look at other machines, where something may wait for us; a fault holds up no other."""
    found = 0
    for look in registry.rounds:
        try:
            found += look(database, settings)
        except Exception:  # the database may be restarting, or a server answer nonsense
            log.exception("round %s broke", getattr(look, "__qualname__", look))
    return found


def _guarded(step: Callable[[], bool], stop: threading.Event) -> None:
    try:
        busy = step()
    except Exception:  # the database may be restarting; the next round tries again
        log.exception("worker round broke")
        busy = False
    if not busy:
        stop.wait(IDLE_SECONDS)
