"""What the office sees of mails and grades that failed, and what it can do."""

from collections.abc import Callable

import pytest
from flask import Flask

from careerlink import mail
from careerlink.db import Database
from careerlink.outbox import AttemptOutcome, DeliveryState, OutboxAttempt, OutboxMessage
from careerlink.people.models import OfficeRole, Person
from tests.factories.school import campus, sign_in
from tests.pages import Visitor


@pytest.fixture
def store(app: Flask) -> Database:
    found: Database = app.extensions["careerlink"].database
    return found


@pytest.fixture
def staff(store: Database) -> Person:
    with store.write() as session:
        school = campus(session)
        priya = school.person(session, "Priya Raman", OfficeRole.STAFF)
        message = mail.queue(
            session,
            to="ines@northlight.example",
            template="offer_made",
            values={},
            institution_id=school.institution.id,
            target="application/1",
        )
        message.state, message.attempts = DeliveryState.FAILED, 1
        message.last_error = "the mail server refused the recipient (550 5.1.1)"
        message.settled_at = message.created_at
        session.add(
            OutboxAttempt(
                message_id=message.id, number=1, outcome=AttemptOutcome.FAILED,
                error=message.last_error,
            )
        )  # fmt: skip
    return priya


@pytest.fixture
def visitor(visitors: Callable[[], Visitor], store: Database, staff: Person) -> Visitor:
    return sign_in(visitors(), store, staff)


def state(store: Database) -> str:
    with store.read() as session:
        return str(session.query(OutboxMessage).one().state.value)


def test_a_refused_mail_is_a_task_at_once(visitor: Visitor) -> None:
    page = visitor.get("/office/")

    assert "Next: find another way for “Mail: offer”" in page.text
    shown = page.follow("Choose what to do")
    assert "refused the recipient (550 5.1.1)" in shown.text
    assert shown.rows()[1][:2] == ["1", "Failed"]


def test_it_can_be_tried_again(visitor: Visitor, store: Database) -> None:
    page = visitor.get("/office/outbox").submit("Try again")

    assert "It is tried again within seconds." in page.text
    assert state(store) == DeliveryState.QUEUED
    again = visitor.get("/office/outbox")
    assert "Try again" not in again.buttons


def test_it_can_be_done_by_hand_with_a_word_how(visitor: Visitor, store: Database) -> None:
    form = visitor.get("/office/outbox").follow("Mail: offer").follow("Mark as done by hand")

    refused = form.submit("Mark as done", status=422)
    done = refused.submit("Mark as done", {"How it was done": "Told by phone."})

    assert refused.errors == ["Say how it was done, such as “told by phone”."]
    assert "Priya Raman did it by hand." in done.text
    assert state(store) == DeliveryState.DELIVERED


def test_another_institutions_mail_is_not_there(
    visitors: Callable[[], Visitor], store: Database, staff: Person
) -> None:
    with store.write() as session:
        omar = campus(session, "westmoor").person(session, "Omar Said", OfficeRole.STAFF)
        number = session.query(OutboxMessage).one().id
    stranger = sign_in(visitors(), store, omar)

    assert "Nothing here" in stranger.get("/office/outbox").text
    stranger.get(f"/office/outbox/{number}", status=404)
    stranger.get(f"/office/outbox/{number}/done", status=404)


def test_auditors_look_and_touch_nothing(
    visitors: Callable[[], Visitor], store: Database, staff: Person
) -> None:
    with store.write() as session:
        person = Person(institution_id=staff.institution_id, name="Lucía Herrero")
        session.add(person)
        session.flush()
        number = session.query(OutboxMessage).one().id
    auditor = sign_in(visitors(), store, person)

    auditor.get(f"/office/outbox/{number}/done", status=404)
