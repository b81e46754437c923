"""How a worker takes messages out of the outbox, and writes down what became of each."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from random import uniform

import sqlalchemy as sa
from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.outbox import (
    ON_ITS_WAY,
    AttemptOutcome,
    DeliveryState,
    OutboxAttempt,
    OutboxMessage,
    Outcome,
    attempts_for,
    newer,
)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


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


def backoff(attempt: int) -> timedelta:
    """Return 30 s, 1 min, 2 min … up to an hour, spread by a quarter either way."""
    spread = uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing
    wait: timedelta = min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) * spread
    return wait
