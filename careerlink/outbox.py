"""What must happen outside the database, written down with the change that asks for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from careerlink import clock
from careerlink.db import Base, created_at_column, enum_column, foreign_key, state_column
from careerlink.registry import registry

MAX_ATTEMPTS = 12


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
