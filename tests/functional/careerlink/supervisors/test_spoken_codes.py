"""A link handed out by staff: copied, or as a code that is read out over the telephone."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from careerlink.audit import AuditEntry
from careerlink.db import Database
from careerlink.placements import consents
from careerlink.placements.models import Disclosure
from careerlink.supervisors import codes
from careerlink.supervisors.models import CodeAttempt, LinkCode
from careerlink.tokens import AccessLink
from tests.factories.agreements import SECRET, Scene, scene
from tests.factories.sessions import signed_in
from tests.functional.careerlink.supervisors.told import Told
from tests.pages import Page

WRONG = "This code is not known."


@pytest.fixture
def office_path(cast: Scene) -> str:
    return f"/office/placements/{cast.placement.public_id}/link"


def read_out(told: Told, office_path: str) -> str:
    page = told.staff().get(office_path).submit("Make a code to read out")
    return page.element(".credit-result strong").text


def enter(told: Told, code: str, *, status: int = 200) -> Page:
    return told.visitors().get("/s").submit("Open the project", {"Code": code}, status=status)


def test_a_code_opens_the_project_once(
    told: Told, database: Database, office_path: str
) -> None:
    code = read_out(told, office_path)

    opened = enter(told, code.lower().replace("-", " "))

    assert opened.role == "supervisor" and opened.path.startswith(told.link)
    again = enter(told, code, status=422)
    assert again.errors[0].startswith(WRONG)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Disclosure)) == 1
        row = session.scalars(select(LinkCode)).one()
        assert code.replace("-", "") not in row.code_hash
        actions = set(session.scalars(select(AuditEntry.action)))
        assert {"access_link:give_code", "access_link:use_code"} <= actions


def test_a_code_is_over_after_two_days_and_when_another_is_given(
    told: Told, office_path: str, clock: time_machine.Traveller
) -> None:
    first = read_out(told, office_path)
    second = read_out(told, office_path)
    assert enter(told, first, status=422).errors[0].startswith(WRONG)

    clock.shift(codes.LIFETIME + timedelta(minutes=1))
    told.written("none")

    assert enter(told, second, status=422).errors[0].startswith(WRONG)


def test_a_code_that_is_guessed_at_is_closed(
    told: Told, database: Database, office_path: str
) -> None:
    code = read_out(told, office_path)
    wrong = code[:5] + ("AAAA" if code[5:] != "AAAA" else "CCCC")
    for _ in range(codes.MOST_FOR_ONE_CODE):
        enter(told, wrong, status=422)

    assert enter(told, code, status=422).errors[0].startswith(WRONG)
    with database.read() as session:
        assert session.scalars(select(LinkCode.closed_at)).one() is not None


def test_guessing_is_slowed_down_for_that_place_alone(
    told: Told, database: Database, office_path: str, clock: time_machine.Traveller
) -> None:
    code = read_out(told, office_path)
    with database.write() as session:
        for _ in range(codes.MOST_FROM_ONE_PLACE):
            codes.redeem(session, "CCCC-CCCC", secret=SECRET, origin="203.0.113.7")

    def tries(origin: str) -> codes.Redeemed:
        with database.write() as session:
            return codes.redeem(session, "CCCC-CCCC", secret=SECRET, origin=origin)

    assert tries("203.0.113.7").failure == codes.Failure.TOO_MANY
    assert tries("2001:db8::1").failure == codes.Failure.UNKNOWN
    assert enter(told, code).role == "supervisor"
    clock.shift(codes.WINDOW + timedelta(minutes=1))
    assert tries("203.0.113.7").failure == codes.Failure.UNKNOWN


def test_guessing_from_everywhere_leaves_each_place_few_tries(
    database: Database, cast: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "GUESSED", 6)
    with database.write() as session:
        found = [
            codes.redeem(
                session, "CCCCCCCC", secret=SECRET, origin=f"198.51.100.{host}"
            ).failure
            for host in (1, 1, 1, 2, 2, 2, 1, 3)
        ]

    assert found[-2:] == [codes.Failure.TOO_MANY, codes.Failure.UNKNOWN]


def test_too_many_is_said_on_the_page(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "MOST_FROM_ONE_PLACE", 3)
    for _ in range(3):
        enter(told, "CCCC-CCCC", status=422)

    slowed = enter(told, "CCCC-CCCC", status=429)

    assert "Wait an hour" in slowed.errors[0]


def test_looking_changes_nothing(told: Told, database: Database, office_path: str) -> None:
    told.visitors().get("/s")
    page = told.staff().get(office_path)

    assert "/s/" not in page.soup.get_text() and SECRET[:4] not in page.text
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(LinkCode)) == 0
        assert session.scalar(select(func.count()).select_from(CodeAttempt)) == 0


def test_copying_the_link_is_noted_and_opens_the_same_project(
    told: Told, database: Database, office_path: str
) -> None:
    shown = told.staff().get(office_path).submit("Show the link")

    field = shown.soup.find(id="address")
    assert field is not None and str(field["value"]).endswith(told.link)
    with database.read() as session:
        noted = select(AuditEntry).where(AuditEntry.action == "access_link:copy")
        entry = session.scalars(noted).one()
        assert entry.actor_id == told.cast.staff.person_id
        assert session.get_one(AccessLink, entry.subject_id).contact_id == told.cast.contact.id


def test_without_consent_no_link_is_handed_out(
    told: Told, database: Database, cast: Scene, office_path: str
) -> None:
    page = told.staff().get(office_path)
    withdraw(database, cast)

    refused = page.submit("Make a code to read out", status=409)

    assert "The student has not consented" in refused.text
    again = told.staff().get(office_path)
    assert "Show the link" not in again.buttons


def withdraw(database: Database, cast: Scene) -> None:
    with database.write() as session:
        placement = session.merge(cast.placement)
        consents.withdraw(session, placement, actor=cast.student)


def test_a_code_of_another_institution_opens_its_own_project_and_is_not_ours_to_make(
    told: Told, database: Database, office_path: str
) -> None:
    with database.write() as session:
        other = scene(session, slug="westmoor")
        other.signed()
        theirs = other.link()
    stranger = signed_in(told.visitors(), database, other.staff.person_id or 0)

    stranger.get(office_path, status=404)
    page = stranger.get(f"/office/placements/{other.placement.public_id}/link")
    code = page.submit("Make a code to read out").soup.select_one(".credit-result strong")

    assert code is not None
    assert enter(told, code.text).path.startswith(theirs)
