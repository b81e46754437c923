"""A colleague is asked because the supervisor stays silent; staff decide what comes of it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from careerlink import clock as now
from careerlink.db import Database
from careerlink.partners.models import ContactAtPartner, PartnerContact
from careerlink.people.actors import system
from careerlink.placements import consents
from careerlink.placements.models import Placement
from careerlink.supervisors import stand_ins
from careerlink.tokens import LIFETIME
from tests.factories.agreements import Scene
from tests.factories.partners import contact
from tests.functional.careerlink.supervisors.told import Told
from tests.pages import Page

ANSWER = "Could you evaluate?"


@pytest.fixture
def june(told: Told, database: Database, cast: Scene) -> str:
    """Her link, from the mail."""
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        session.add(
            ContactAtPartner(partner_id=placement.partner_id, contact_id=cast.contact.id)
        )
        contact(
            session, placement.partner, name="June Park", email="june@northlight.example",
            verified_at=now.now(),
        )  # fmt: skip
        session.flush()
        found = stand_ins.candidate(session, placement)
        assert found is not None and found.name == "June Park"
        assert stand_ins.ask(session, placement, found, actor=system(cast.institution.id))
    return told.link_in("stand_in_wanted")


def answered(told: Told, path: str, **values: object) -> Page:
    return told.visitors().get(path).submit("Send my answer", values)


def test_she_sees_project_and_first_name_and_evaluates_once_staff_agree(
    told: Told, june: str
) -> None:
    page = told.visitors().get(june)
    assert "Maya" in page.text and "Chen" not in page.html
    done = page.submit("Send my answer", {ANSWER: "Yes, I saw"})
    assert "The career office reads it now" in done.text

    task = told.task()
    assert "June Park" in task.text
    task.submit("Approve hand-over")

    told.visitors().get(told.link, status=410)
    assert told.written("supervisor_named")[-1].payload["to"] == "june@northlight.example"
    assert "The career office has settled it" in told.visitors().get(june).text


def test_she_names_another_or_nobody(told: Told, june: str) -> None:
    bare = told.visitors().get(june).submit("Send my answer", {ANSWER: "Not I"}, status=422)
    assert bare.errors == ["Enter their name.", "Enter their address."]
    bare.submit(
        "Send my answer",
        {"Their name": "Tomas Vale", "Their work e-mail address": "tomas@northlight.example"},
    )

    assert "Tomas Vale" in told.task().text
    # Answered is answered, in another tab, too.
    again = told.visitors().post(june + "/stand-in", {"answer": "nobody"})
    assert "The career office reads it now" in again.text


def test_an_old_question_is_closed(
    told: Told, june: str, clock: time_machine.Traveller
) -> None:
    clock.shift(LIFETIME + timedelta(minutes=1))

    assert "too old" in told.visitors().get(june, status=410).text


def test_nobody_is_asked_whom_the_consent_leaves_out(
    told: Told, database: Database, cast: Scene, june: str
) -> None:
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        assert stand_ins.candidate(session, placement) is not None
        consents.withdraw(session, placement, actor=cast.student)
        assert stand_ins.candidate(session, placement) is None
        consents.give_for_supervision(
            session, placement, actor=cast.student, signed_name="M. Chen", only_named=True
        )
        assert stand_ins.candidate(session, placement) is None

        stand_ins.ask(session, placement, someone(session), actor=system(cast.institution.id))

    assert len(told.written("stand_in_wanted")) == 1


def test_while_the_office_looks_nobody_else_is_asked(
    told: Told, database: Database, cast: Scene, june: str
) -> None:
    told.ask()

    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        actor = system(cast.institution.id)
        assert not stand_ins.ask(session, placement, someone(session), actor=actor)


def someone(session: Session) -> PartnerContact:
    return session.query(PartnerContact).filter_by(name="June Park").one()
