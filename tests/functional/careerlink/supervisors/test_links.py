"""What a supervisor's link opens, and everything that closes it (DOMAIN 3.7)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import func, select

from careerlink import clock, tokens
from careerlink.audit import AuditEntry
from careerlink.courses.roles import CourseRole
from careerlink.db import Base, Database
from careerlink.outbox import OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.placements import consents, planning
from careerlink.placements.models import Disclosure, Placement
from careerlink.tokens import LIFETIME, AccessLink
from careerlink.web.session import COOKIE
from credit.agreements.models import AgreementState, LearningAgreement
from tests.factories.agreements import Scene, scene
from tests.factories.sessions import launched
from tests.pages import Page, Visitor

Visitors = Callable[[], Visitor]
HOST = "careerlink.example.edu"


def counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_following_the_link_changes_nothing(
    database: Database, visitors: Visitors, link: str
) -> None:
    """As mail filters do, several times and without cookies."""
    before = counts(database)

    for path in (link, link, f"{link}/agreement", f"{link}/evaluation", f"{link}/not-me"):
        page = visitors().get(path)
        assert page.page_id in ("supervisor.greet", "supervisor.not_me")
        assert "Chen" not in page.text
        assert "Talk to the shop team" not in page.html
        assert page.response.headers.get("Set-Cookie") is None

    assert counts(database) == before
    with database.read() as session:
        assert session.scalars(select(AccessLink.opened_at)).one() is None


def test_continue_is_noted_once_and_every_page_after_it_is_a_disclosure(
    database: Database, visitors: Visitors, cast: Scene, link: str
) -> None:
    visitors().get(link).submit("Continue")
    page = visitors().get(link).submit("Continue")

    assert page.page_id == "agreements.link"
    with database.read() as session:
        opened = select(AuditEntry).where(AuditEntry.action == "access_link:open")
        assert len(session.scalars(opened).all()) == 1
        shown = session.scalars(select(Disclosure)).all()
        assert {row.page for row in shown} == {"agreements_by_link.show"}
        assert {row.contact_id for row in shown} == {cast.contact.id}


def test_an_expired_link_offers_a_fresh_one_to_the_address_on_file(
    database: Database, visitors: Visitors, link: str, clock: time_machine.Traveller
) -> None:
    ines = visitors()
    ines.get(link).submit("Continue")
    clock.shift(LIFETIME + timedelta(minutes=1))

    page = visitors().get(link, status=410)
    assert page.reason == "link-expired"
    assert "northlight.example" not in page.text
    assert "i…@n….example" in page.text
    page = page.submit("Mail me a fresh link")
    assert page.heading == "Look in your mailbox"
    visitors().get(link, status=410).submit("Mail me a fresh link", status=429)

    with database.read() as session:
        message = session.scalars(
            select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
        ).one()
        assert message.payload["to"] == "ines@northlight.example"
        assert message.payload["template"] == "supervisor_fresh_link"
        assert message.payload["values"]["name"] == "Ines Carvalho"
        fresh = session.scalars(select(AccessLink).order_by(AccessLink.id.desc())).first()
        assert fresh is not None
        assert message.payload["values"]["link"] == fresh.public_id
        assert fresh.is_open


def test_a_link_past_its_time_is_still_a_receipt_of_what_is_done_and_never_renewed(
    database: Database,
    visitors: Visitors,
    cast: Scene,
    link: str,
    clock: time_machine.Traveller,
) -> None:
    page = visitors().get(link).submit("Continue")
    words = {"Type your full name": "Ines Carvalho", "I have read": True}
    page.submit("Sign agreement", words)
    clock.shift(LIFETIME + timedelta(minutes=1))

    receipt = visitors().get(link).submit("Continue")

    assert receipt.page_id == "supervisor.tasks"
    signed = receipt.follow("Read the plan")
    assert "Ines Carvalho" in signed.text
    receipt.visitor.post(f"{link}/agreement/sign", {}, status=303)
    visitors().post(f"{link}/fresh", {})
    with database.read() as session:
        payloads = session.scalars(select(OutboxMessage.payload))
        assert "supervisor_fresh_link" not in {row.get("template") for row in payloads}


def is_closed(visitors: Visitors, link: str, ines: Visitor) -> bool:
    """For a new browser and for the one that had continued; and nothing can be signed."""
    for browser in (visitors(), ines):
        for path in (link, f"{link}/agreement"):
            page = browser.get(path, status=410)
            if page.reason != "link-closed" or "Talk to the shop" in page.html:
                return False
    return True


@pytest.fixture
def ines(visitors: Visitors, link: str) -> Page:
    return visitors().get(link).submit("Continue")


def test_a_revoked_link_is_closed(
    database: Database, visitors: Visitors, cast: Scene, link: str, ines: Page
) -> None:
    with database.write() as session:
        row = session.scalars(select(AccessLink)).one()
        tokens.revoke(session, row, actor=cast.staff, reason="sent to the wrong address")

    assert is_closed(visitors, link, ines.visitor)
    assert visitors().post(f"{link}/fresh", {}).heading == "Look in your mailbox"
    with database.read() as session:
        assert len(session.scalars(select(AccessLink)).all()) == 1


def test_withdrawn_consent_closes_the_link_at_once(
    database: Database, visitors: Visitors, cast: Scene, link: str, ines: Page
) -> None:
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        consents.withdraw(session, placement, actor=cast.student)

    assert is_closed(visitors, link, ines.visitor)
    ines.submit(
        "Sign agreement", {"Type your full name": "Ines", "I have read": True}, status=410
    )
    with database.read() as session:
        state = session.scalars(select(LearningAgreement.state)).one()
        assert state == AgreementState.AWAITING_SUPERVISOR


def test_a_hand_over_closes_the_old_link(
    database: Database, visitors: Visitors, cast: Scene, link: str, ines: Page
) -> None:
    with database.write() as session:
        successor = PartnerContact(
            institution_id=cast.institution.id,
            name="Tomas Vale",
            email="tomas@northlight.example",
            verified_at=clock.now(),
        )
        session.add(successor)
        placement = session.get_one(Placement, cast.placement.id)
        planning.set_supervisor(session, placement, successor, actor=cast.staff)

    assert is_closed(visitors, link, ines.visitor)


@pytest.mark.parametrize(
    "token",
    ["x", "A" * 52, "../../office", "A" * 12 + "0" * 40],
    ids=["short", "letters", "path", "well-formed"],
)
def test_a_guessed_address_is_not_there(visitors: Visitors, cast: Scene, token: str) -> None:
    visitors().get(f"/s/{token}", status=404)


def test_a_changed_token_is_not_there(visitors: Visitors, link: str) -> None:
    last = "0" if link[-1] != "0" else "1"

    visitors().get(link[:-1] + last, status=404)
    visitors().get(f"{link[:-1]}{last}/agreement", status=404)


def test_one_link_opens_one_placement(
    database: Database, visitors: Visitors, link: str, ines: Page
) -> None:
    with database.write() as session:
        other = scene(session, slug="westmoor")
        other.signed()
        foreign = other.link()
    browser = ines.visitor

    page = browser.get(f"{foreign}/agreement")

    assert page.page_id == "supervisor.greet"
    cookie = browser.raw.get_cookie(f"{COOKIE}-{link[3:15]}", HOST)
    assert cookie is not None
    browser.raw.set_cookie(f"{COOKIE}-{foreign[3:15]}", cookie.value, domain=HOST)
    assert browser.get(f"{foreign}/agreement").page_id == "supervisor.greet"


def test_trying_a_link_never_signs_staff_out(
    database: Database, visitors: Visitors, cast: Scene, link: str
) -> None:
    hana = launched(
        visitors(),
        database,
        cast.instructor.person_id or 0,
        cast.course.id,
        CourseRole.INSTRUCTOR,
    )
    before = hana.raw.get_cookie(COOKIE, HOST)

    hana.get(link).submit("Continue")

    assert before is not None
    assert hana.raw.get_cookie(COOKIE, HOST) == before
    assert hana.get(cast.agreement_path).role == "instructor"


def test_a_closed_session_asks_to_continue_again(
    database: Database, link: str, ines: Page
) -> None:
    with database.write() as session:
        session.execute(sa.text("DELETE FROM login_session"))

    assert ines.visitor.get(f"{link}/agreement").page_id == "supervisor.greet"
