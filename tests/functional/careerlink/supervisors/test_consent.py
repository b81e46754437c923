"""Consent of four parts: kept as it was read, withdrawn in the middle, given anew."""

from sqlalchemy import select

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import NotPermitted
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.placements import consents
from careerlink.placements.models import Consent
from tests.factories.agreements import Scene
from tests.factories.sessions import launched
from tests.functional.careerlink.supervisors.told import Told
from tests.pages import Visitor

import pytest  # isort: skip


@pytest.fixture
def maya(told: Told, database: Database, cast: Scene) -> Visitor:
    who = cast.student.person_id or 0
    return launched(told.visitors(), database, who, cast.course.id, CourseRole.STUDENT)


def path(cast: Scene) -> str:
    return f"{cast.placement_path}/consent"


def test_withdrawn_while_a_page_is_open_and_given_anew(
    told: Told, database: Database, cast: Scene, maya: Visitor
) -> None:
    ines = told.visitors().get(told.link).submit("Continue")
    question = maya.get(path(cast)).follow("Withdraw consent")
    assert "Every link that Ines Carvalho has" in question.text
    assert "who saw what stays" in question.text

    question.submit("Withdraw consent")

    late = ines.submit(
        "Return with a question", {"reason": "Which week do we begin?"}, status=410
    )
    assert "Which week do we begin?" in late.text
    assert "has not consented, or no longer does" in late.text
    with database.read() as session:
        mails = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "mail")).all()
        states = {row.state for row in mails if "ines@" in row.payload["to"]}
        assert states == {DeliveryState.SUPERSEDED}

    again = maya.get(path(cast))
    assert "withdrawn Wed 14 Oct" in again.text
    again.submit("Sign the consent", {"Your name": "Maya Chen", "I consent": True})

    told.visitors().get(told.link, status=410)
    reopened = told.visitors().get(told.link_in("supervisor_shared_again"))
    assert reopened.page_id == "supervisor.greet"


def test_all_that_was_read_is_kept_with_the_signature(
    database: Database, cast: Scene, maya: Visitor
) -> None:
    maya.get(path(cast)).follow("Withdraw consent").submit("Withdraw consent")
    page = maya.get(path(cast))
    page.submit(
        "Sign the consent",
        {"To whom": "Ines Carvalho at", "Your name": "Maya Chen", "I consent": True},
    )

    with database.read() as session:
        kept = session.scalars(select(Consent).order_by(Consent.id.desc())).first()
        assert kept is not None
        assert kept.party == "Ines Carvalho at Northlight Cycle Works, and nobody else there"
        assert kept.only_contact_id == cast.contact.id
        assert (kept.signed_name, kept.text_version) == ("Maya Chen", consents.TEXT_VERSION)
        for line in kept.text.splitlines()[4:]:
            assert line in page.text


def test_staff_cannot_give_it(database: Database, cast: Scene) -> None:
    with database.write() as session:
        placement = session.merge(cast.placement)
        for somebody in (cast.staff, cast.instructor, cast.supervisor):
            with pytest.raises(NotPermitted):
                consents.give_for_supervision(
                    session, placement, actor=somebody, signed_name="Maya Chen"
                )
