"""V9, and "supervisor left": asked by link, checked by staff; what becomes of the old link."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from careerlink.db import Database
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.placements import consents
from careerlink.placements.models import Supervision
from careerlink.supervisors import hand_overs
from careerlink.supervisors.models import HandOverRequest, HandOverState
from tests.factories.agreements import Scene
from tests.functional.careerlink.supervisors.told import Told, request_path


def test_the_wrong_person_says_so_before_seeing_anything_and_another_takes_over(
    told: Told, database: Database
) -> None:
    ines = told.visitors()
    opened = ines.get(told.link).submit("Continue")
    asked = told.ask()

    assert asked.heading == "Thank you, this is being checked"
    assert "Chen" not in asked.html
    task = told.task()
    assert "Tomas Vale, Head of the shop" in task.text
    assert "Address as typed: tomas@northlight.example" in task.text
    refused = task.submit("Approve hand-over", status=422)
    assert refused.errors == ["Say how you verified it, in a few words."]
    approved = told.approved()

    assert "Approved" in approved.text
    for browser in (ines, told.visitors()):
        closed = browser.get(told.link, status=410)
        assert "Somebody else supervises this project now" in closed.text
    words = {"Type your full name": "Ines Carvalho, for the shop", "I have read": True}
    late = opened.submit("Sign agreement", words, status=410)
    assert "Ines Carvalho, for the shop" in late.text
    named = told.written("supervisor_named")
    assert [mail.payload["to"] for mail in named] == ["tomas@northlight.example"]
    tomas = told.visitors().get(told.link_in("supervisor_named"))
    assert "This page is for Tomas Vale" in tomas.text
    assert tomas.submit("Continue").role == "supervisor"
    page = told.staff().get(f"/office/placements/{told.cast.placement.public_id}")
    assert "Ines Carvalho" in page.text and "Tomas Vale" in page.text
    assert len(told.written("supervisor_changed")) == 1


def test_mails_that_wait_for_the_old_address_are_taken_back(
    told: Told, database: Database
) -> None:
    with database.read() as session:
        waits = session.scalars(
            select(OutboxMessage).where(
                OutboxMessage.payload["to"].as_string().contains("ines@")
            )
        ).all()
        assert {row.state for row in waits} == {DeliveryState.QUEUED}
    told.ask()
    told.approved()

    told.written("supervisor_named")
    with database.read() as session:
        states = {session.get_one(OutboxMessage, row.id).state for row in waits}
    assert states == {DeliveryState.SUPERSEDED}


def test_what_is_missing_is_said_and_nothing_typed_is_lost(told: Told) -> None:
    page = told.visitors().get(f"{told.link}/not-me")

    refused = page.submit(
        "Tell the career office",
        {
            "What is it?": "I have never met",
            "Who should we write to?": "I know who",
            "Anything else": "I work in Porto now.",
        },
        status=422,
    )

    assert refused.errors == ["Enter their name.", "Enter their address."]
    assert "I work in Porto now." in refused.html
    own = refused.submit(
        "Tell the career office",
        {"Their name": "Ines", "Their work e-mail address": "ines@northlight.example"},
        status=422,
    )
    assert own.errors == ["This is the address that we wrote to."]


def test_who_does_not_know_may_take_it_back(told: Told, database: Database) -> None:
    asked = told.ask(**{"Who should we write to?": "I do not know who"})

    assert "You do not know who" in asked.text
    back = asked.submit("Take it back")

    assert back.page_id == "supervisor.greet"
    with database.read() as session:
        row = session.scalars(select(HandOverRequest)).one()
        assert (row.state, row.proposed_email) == (HandOverState.WITHDRAWN, "")
        assert not hand_overs.is_asked(session, row.placement)


def test_declined_with_words_that_the_asker_reads_by_the_old_link(told: Told) -> None:
    told.ask()
    bare = told.task().submit("Decline with words", status=422)
    assert bare.errors == ["Write what they should know; they read it by their link."]
    bare.submit("Decline with words", {"What you answer them": "Tomas asked us to keep you."})

    page = told.visitors().get(f"{told.link_in('hand_over_declined')}/not-me")
    assert "Tomas asked us to keep you." in page.text


def test_a_consent_for_one_person_asks_the_student_first(
    told: Told, database: Database, cast: Scene
) -> None:
    with database.write() as session:
        cast.session = session
        cast.placement = session.merge(cast.placement)
        consents_for_ines_only(cast)
        told.link = cast.link()
    told.ask()
    told.approved()

    assert told.written("supervisor_named") == []
    assert len(told.written("consent_wanted")) == 1
    with database.write() as session:
        cast.session, cast.placement = session, session.merge(cast.placement)
        cast.consent()
    assert len(told.written("supervisor_named")) == 1


def consents_for_ines_only(cast: Scene) -> None:
    consents.withdraw(cast.session, cast.placement, actor=cast.student)
    consents.give_for_supervision(
        cast.session, cast.placement, actor=cast.student, signed_name="M. C.", only_named=True
    )


def test_a_day_to_come_waits_for_the_sweep_and_can_be_called_off(
    told: Told, database: Database, clock: time_machine.Traveller
) -> None:
    told.ask(**{"They may read and go on": True})
    early = {"First day": "2026-10-19", "How you verified": "Called the front desk"}
    refused = told.task().submit("Approve hand-over", early, status=422)
    assert "They supervise until then." in refused.errors[0]
    told.approved(**{"First day": "2026-10-19", "The former supervisor has left": False})
    assert told.visitors().get(told.link).page_id == "supervisor.greet"
    called_off = told.staff().get(request_path(database)).submit("Call it off")
    assert "Called off" in called_off.text

    told.ask()
    choices = {"The former supervisor has left": False, "Also ask the former": True}
    told.approved(**{"First day": "2026-10-19", **choices})
    clock.shift(timedelta(days=5))
    told.written("supervisor_named")

    told.visitors().get(told.link, status=410)
    with database.read() as session:
        first, second = session.scalars(select(Supervision).order_by(Supervision.id)).all()
        assert first.ended_at == second.began_at
        assert second.contact.name == "Tomas Vale"
        row = session.scalars(
            select(HandOverRequest).order_by(HandOverRequest.id.desc())
        ).first()
        assert row is not None and row.carried_out_at is not None


def test_an_earlier_day_dates_the_change_back(told: Told, database: Database) -> None:
    told.ask()
    told.approved(**{"First day": "2026-10-13"})

    with database.read() as session:
        before, after = session.scalars(select(Supervision).order_by(Supervision.id)).all()
        assert after.began_at.date().isoformat() == "2026-10-13"
        # Never before it began: Ines was named on the 14th.
        assert before.ended_at == before.began_at
