"""What must happen outside the database, written down with the change that asks for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import uniform
from typing import Any

import sqlalchemy as sa
from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from careerlink import clock
from careerlink.db import Base, created_at_column, enum_column, foreign_key, state_column
from careerlink.registry import registry

MAX_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    SUPERSEDED = "superseded"


ON_ITS_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)


class OutboxMessage(Base):
    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.Index("ix_outbox_message_due", "state", "due_at"),
        sa.Index("ix_outbox_message_target", "kind", "target", "id"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    kind: Mapped[str] = mapped_column(sa.String(32))
    target: Mapped[str] = mapped_column(sa.String(255))
    """What is being told to whom; a newer message for the same target replaces an older."""
    payload: Mapped[dict[str, Any]]
    state: Mapped[DeliveryState] = state_column(DeliveryState, DeliveryState.QUEUED)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    most_attempts: Mapped[int] = mapped_column(default=MAX_ATTEMPTS)
    """Grows when a person tries it again: attempts are numbered on, so that a repeat is known
    as one."""
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = created_at_column()
    settled_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = foreign_key("person.id")
    """Who did it by hand instead."""


class AttemptOutcome(StrEnum):
    DELIVERED = "delivered"
    RETRY = "retry"
    FAILED = "failed"
    BROKE_OFF = "broke_off"
    """The process died between sending and the answer; it may have happened twice."""


class OutboxAttempt(Base):
    __tablename__ = "outbox_attempt"

    message_id: Mapped[int] = foreign_key("outbox_message.id")
    number: Mapped[int]
    outcome: Mapped[AttemptOutcome] = enum_column(AttemptOutcome)
    error: Mapped[str] = mapped_column(default="")
    status: Mapped[int | None]
    """What the other side answered, where it speaks HTTP."""
    started_at: Mapped[datetime] = created_at_column()
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt. ``error`` is shown to staff: no names, no tokens."""

    delivered: bool = False
    final: bool = False
    error: str = ""
    retry_after: timedelta | None = None
    detail: str = ""
    """Kept with the attempt when it was delivered, such as "read back: already stored"."""
    status: int | None = None
    """What the other side answered last, where it speaks HTTP."""


def enqueue(
    session: Session,
    *,
    kind: str,
    target: str,
    payload: dict[str, Any],
    institution_id: int,
    due_at: datetime | None = None,
) -> OutboxMessage:
    """Queue a message in the caller's transaction and retire what it replaces.

    A failed older message is retired as well: it must never be retried after this one.
    """
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.kind == kind,
            OutboxMessage.target == target,
            OutboxMessage.state.in_((DeliveryState.QUEUED, DeliveryState.FAILED)),
        )
        .values(state=DeliveryState.SUPERSEDED, settled_at=clock.now())
    )
    message = OutboxMessage(
        institution_id=institution_id,
        kind=kind,
        target=target,
        payload=payload,
        due_at=due_at or clock.now(),
        most_attempts=attempts_for(kind),
    )
    session.add(message)
    session.flush()
    return message


def claim(
    session: Session,
    *,
    limit: int,
    lease: timedelta,
    only: Collection[str] = (),
    but: Collection[str] = (),
) -> Sequence[OutboxMessage]:
    """Take up to ``limit`` due messages for this worker until the lease ends.

    A worker that dies leaves a lease to run out, and the message is taken again: delivery is at
    least once, so a handler must bear a repeat. A message waits while an older one for the same
    target is on its way, so that two never cross. ``only`` and ``but`` name kinds.
    """
    now = clock.now()
    older = sa.orm.aliased(OutboxMessage)
    in_flight = (
        select(older.id)
        .where(
            older.kind == OutboxMessage.kind,
            older.target == OutboxMessage.target,
            older.id < OutboxMessage.id,
            older.state.in_(ON_ITS_WAY),
        )
        .exists()
    )
    due = or_(
        and_(OutboxMessage.state == DeliveryState.QUEUED, OutboxMessage.due_at <= now),
        and_(OutboxMessage.state == DeliveryState.SENDING, OutboxMessage.lease_until < now),
    )
    wanted = [due, ~in_flight, OutboxMessage.kind.not_in(but)]
    if only:
        wanted.append(OutboxMessage.kind.in_(only))
    ids = session.scalars(
        select(OutboxMessage.id)
        .where(*wanted)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return []
    return session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(
            state=DeliveryState.SENDING,
            lease_until=now + lease,
            attempts=OutboxMessage.attempts + 1,
        )
        .returning(OutboxMessage)
    ).all()


def renew_lease(session: Session, message_id: int, attempt: int, lease: timedelta) -> bool:
    """Keep a message that takes long; ``False`` once another attempt has taken it over."""
    kept = session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.id == message_id,
            OutboxMessage.attempts == attempt,
            OutboxMessage.state == DeliveryState.SENDING,
        )
        .values(lease_until=clock.now() + lease)
        .returning(OutboxMessage.id)
    )
    return kept.first() is not None


def settle(
    session: Session, message: OutboxMessage, attempt: int, started: datetime, outcome: Outcome
) -> None:
    """Write down what became of ``attempt``, unless a later one has begun."""
    if message.attempts != attempt or message.state != DeliveryState.SENDING:
        return
    now = clock.now()
    message.lease_until = None
    message.last_error = outcome.error
    given_up = outcome.final or attempt >= message.most_attempts
    if outcome.delivered:
        message.state, message.settled_at = DeliveryState.DELIVERED, now
    elif newer(session, message):
        # It came while this one was on its way; from now on this one would be old news.
        message.state, message.settled_at = DeliveryState.SUPERSEDED, now
    elif given_up:
        message.state, message.settled_at = DeliveryState.FAILED, now
    else:
        message.state = DeliveryState.QUEUED
        turn = max(1, attempt - (message.most_attempts - attempts_for(message.kind)))
        message.due_at = now + (outcome.retry_after or backoff(turn))
    session.add(
        OutboxAttempt(
            message_id=message.id,
            number=attempt,
            outcome=AttemptOutcome.DELIVERED
            if outcome.delivered
            else AttemptOutcome.FAILED
            if given_up
            else AttemptOutcome.RETRY,
            error=outcome.error or outcome.detail,
            status=outcome.status,
            started_at=started,
            ended_at=now,
        )
    )


def newer(session: Session, message: OutboxMessage) -> bool:
    """Does a later message tell the same target?"""
    later = select(OutboxMessage.id).where(
        OutboxMessage.kind == message.kind,
        OutboxMessage.target == message.target,
        OutboxMessage.id > message.id,
    )
    return session.scalar(later.limit(1)) is not None


def retry(message: OutboxMessage) -> None:
    """Queue a failed message anew, with as many attempts as a new one has."""
    message.state, message.due_at, message.settled_at = DeliveryState.QUEUED, clock.now(), None
    message.most_attempts = message.attempts + attempts_for(message.kind)


def attempts_for(kind: str) -> int:
    return registry.outbox_attempts.get(kind, MAX_ATTEMPTS)


def backoff(attempt: int) -> timedelta:
    """Return 30 s, 1 min, 2 min … up to an hour, spread by a quarter either way."""
    spread = uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing
    wait: timedelta = min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) * spread
    return wait
