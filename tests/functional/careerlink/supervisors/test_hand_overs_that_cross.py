"""V9 where two act: answers that cross, and what stays of the former supervisor."""

import pytest
from sqlalchemy import select

from careerlink.db import Database
from careerlink.errors import NotPossible
from careerlink.partners.models import PartnerContact
from careerlink.supervisors import hand_over_queries, hand_overs
from careerlink.supervisors.hand_overs import Answer
from careerlink.supervisors.models import HandOverRequest, HandOverState
from credit.agreements.signature_models import AgreementSignature, Party
from tests.factories.agreements import Scene, scene
from tests.factories.partners import contact
from tests.factories.sessions import signed_in
from tests.functional.careerlink.supervisors.told import Told, request_path


def test_of_two_answers_the_second_finds_the_first(
    told: Told, database: Database, cast: Scene
) -> None:
    told.ask()
    two = told.task()
    told.approved()

    late = two.submit("Decline with words", {"What you answer them": "No."}, status=409)

    assert "cannot become declined" in late.text
    with database.read() as session:
        assert session.scalars(select(HandOverRequest.state)).one() == HandOverState.APPROVED


def test_a_second_hand_over_at_the_same_time_is_settled_with_the_first(
    told: Told, database: Database, cast: Scene
) -> None:
    """Ines asks by link while staff heard of it by telephone."""
    told.ask()
    with database.write() as session:
        placement = session.merge(cast.placement)
        june = contact(
            session, placement.partner, name="June Park", email="june@northlight.example",
            verified_at=cast.placement.created_at,
        )  # fmt: skip
        answer = Answer(june, cast.placement.starts_on)
        hand_overs.arrange(session, placement, answer, actor=cast.staff)

    with database.write() as session:
        placement = session.merge(cast.placement)
        assert hand_over_queries.waiting_for(session, placement) == []
        rows = session.scalars(select(HandOverRequest).order_by(HandOverRequest.id)).all()
        assert [row.state for row in rows] == [HandOverState.WITHDRAWN, HandOverState.APPROVED]
        tomas = contact(
            session, placement.partner, name="Tomas Vale", email="tomas@northlight.example",
            verified_at=cast.placement.created_at,
        )  # fmt: skip
        with pytest.raises(NotPossible):
            hand_overs.approve(
                session, rows[0], Answer(tomas, cast.placement.starts_on), actor=cast.staff
            )


def test_what_the_old_supervisor_sent_first_stays(
    told: Told, database: Database, cast: Scene
) -> None:
    ines = told.visitors().get(told.link).submit("Continue")
    words = {"Type your full name": "Ines Carvalho", "I have read": True}
    ines.submit("Sign agreement", words)
    told.ask()

    told.approved()

    with database.read() as session:
        signed = select(AgreementSignature.contact_id).where(
            AgreementSignature.party == Party.SUPERVISOR
        )
        assert session.scalars(signed).all() == [cast.contact.id]


def test_who_has_left_gets_no_link_any_more(told: Told, database: Database) -> None:
    told.ask()
    told.approved()

    with database.read() as session:
        found = select(PartnerContact).where(PartnerContact.email == "ines@northlight.example")
        assert session.scalars(found).one().left_at is not None


def test_another_institutions_request_is_not_there(told: Told, database: Database) -> None:
    told.ask()
    path = request_path(database)
    with database.write() as session:
        other = scene(session, slug="westmoor")
    stranger = signed_in(told.visitors(), database, other.staff.person_id or 0)

    stranger.get(path, status=404)
    told.staff().get(path)
