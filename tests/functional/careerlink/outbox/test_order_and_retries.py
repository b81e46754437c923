"""Messages to one target keep their order, and a person's retry begins the attempts anew."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from careerlink import clock as clocks
from careerlink import outbox, outbox_turns
from careerlink.db import Database
from careerlink.errors import NotPossible
from careerlink.institutions.models import Institution
from careerlink.notifications import deliveries
from careerlink.outbox import MAX_ATTEMPTS, DeliveryState, OutboxMessage, Outcome
from careerlink.people.actors import system
from tests.factories.school import campus

LEASE = timedelta(seconds=90)
FAILED = Outcome(error="no answer")


@pytest.fixture
def school(session: Session, clock: time_machine.Traveller) -> Institution:
    return campus(session).institution


def queue(session: Session, school: Institution, number: int = 1) -> OutboxMessage:
    return outbox.enqueue(
        session,
        kind="line_item",
        target="line_item:1",
        payload={"number": number},
        institution_id=school.id,
    )


def attempt(session: Session, outcome: Outcome, clock: time_machine.Traveller) -> None:
    """One worker's turn with whatever is due."""
    (message,) = outbox_turns.claim(session, limit=1, lease=LEASE)
    outbox_turns.settle(session, message, message.attempts, message.created_at, outcome)
    session.flush()
    clock.shift(timedelta(hours=2))


def fail_for_good(session: Session, clock: time_machine.Traveller) -> None:
    for _ in range(MAX_ATTEMPTS):
        attempt(session, FAILED, clock)


def test_a_retry_by_hand_gets_all_its_attempts_again(
    session: Session, school: Institution, clock: time_machine.Traveller
) -> None:
    message = queue(session, school)
    fail_for_good(session, clock)
    deliveries.retry(session, message, actor=system(school.id))
    attempt(session, FAILED, clock)

    assert message.state == DeliveryState.QUEUED
    for _ in range(MAX_ATTEMPTS - 1):
        attempt(session, FAILED, clock)
    session.refresh(message)
    assert message.settled_at is not None


def test_attempts_after_a_retry_are_known_as_repeats(
    session: Session, school: Institution, clock: time_machine.Traveller
) -> None:
    message = queue(session, school)
    fail_for_good(session, clock)

    deliveries.retry(session, message, actor=system(school.id))
    (claimed,) = outbox_turns.claim(session, limit=1, lease=LEASE)

    assert claimed.attempts == MAX_ATTEMPTS + 1


def test_a_retry_begins_with_short_waits(
    session: Session, school: Institution, clock: time_machine.Traveller
) -> None:
    message = queue(session, school)
    fail_for_good(session, clock)
    deliveries.retry(session, message, actor=system(school.id))

    (claimed,) = outbox_turns.claim(session, limit=1, lease=LEASE)
    outbox_turns.settle(session, claimed, claimed.attempts, claimed.created_at, FAILED)

    assert message.due_at - clocks.now() < timedelta(minutes=1)


@pytest.mark.parametrize("outcome", [FAILED, Outcome(final=True, error="refused")])
def test_news_that_came_meanwhile_replaces_what_did_not_get_through(
    session: Session, school: Institution, clock: time_machine.Traveller, outcome: Outcome
) -> None:
    old = queue(session, school)
    (claimed,) = outbox_turns.claim(session, limit=1, lease=LEASE)
    new = queue(session, school, 2)
    outbox_turns.settle(session, claimed, claimed.attempts, claimed.created_at, outcome)
    session.flush()

    assert old.state == DeliveryState.SUPERSEDED
    assert outbox_turns.claim(session, limit=2, lease=LEASE) == [new]


def test_what_got_through_is_delivered_although_news_wait(
    session: Session, school: Institution, clock: time_machine.Traveller
) -> None:
    old = queue(session, school)
    (claimed,) = outbox_turns.claim(session, limit=1, lease=LEASE)
    queue(session, school, 2)
    outbox_turns.settle(
        session, claimed, claimed.attempts, claimed.created_at, Outcome(delivered=True)
    )

    assert old.state == DeliveryState.DELIVERED


def test_old_news_are_not_tried_again(
    session: Session, school: Institution, clock: time_machine.Traveller
) -> None:
    old = queue(session, school)
    queue(session, school, 2)
    # As when the newer one was being queued while the older one failed.
    old.state = DeliveryState.FAILED

    with pytest.raises(NotPossible, match="newer"):
        deliveries.retry(session, old, actor=system(school.id))


def test_a_message_waits_for_an_older_one_on_its_way(
    session: Session, school: Institution, clock: time_machine.Traveller
) -> None:
    queue(session, school)
    (first,) = outbox_turns.claim(session, limit=1, lease=LEASE)
    queue(session, school, 2)

    assert outbox_turns.claim(session, limit=1, lease=LEASE) == []
    clock.shift(LEASE + timedelta(seconds=1))
    assert outbox_turns.claim(session, limit=1, lease=LEASE) == [first]


def test_a_worker_that_lost_its_lease_settles_nothing(
    database: Database, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        message = queue(session, campus(session).institution)
    with database.write() as session:
        outbox_turns.claim(session, limit=1, lease=LEASE)
    clock.shift(LEASE + timedelta(seconds=1))
    with database.write() as session:
        (again,) = outbox_turns.claim(session, limit=1, lease=LEASE)
        outbox_turns.settle(session, again, 1, again.created_at, Outcome(delivered=True))

        assert (again.id, again.state) == (message.id, DeliveryState.SENDING)
