"""V10 and F4: an agreement in force is changed, by whom it concerns, and by nobody else."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from careerlink.placements.models import Placement, PlacementState
from credit.agreements import versions
from credit.agreements.models import AgreementState
from tests.factories.agreements import Scene
from tests.functional.credit.agreements.changing import (
    LATER,
    SIGNED,
    Browser,
    agreed,
    browser_of,
    extend,
    found,
)

__all__ = ["agreed", "browser_of"]


def test_the_supervisor_extends_and_it_holds_once_all_three_have_signed(
    agreed: Scene, browser_of: Browser, database: Database
) -> None:
    ines = browser_of("supervisor")
    page = ines.get(f"{agreed.link()}/agreement/change")
    assert ["Dates", "the student, the supervisor and the instructor"] in page.rows()
    page = page.follow("Choose how it goes on")
    assert page.soup.select("input[type=checkbox][name=ending]") == []
    page = extend(page)
    assert "Fri 20 Nov 2026" in page.text
    assert "Fri 4 Dec 2026" in page.text
    assert "Supervisor: Ines Carvalho" in page.text
    assert "Student: not signed yet" in page.text
    assert found(database) == {
        1: AgreementState.IN_FORCE,
        2: AgreementState.AWAITING_SIGNATURES,
    }

    maya = browser_of("student")
    page = maya.get(agreed.placement_path).follow("Open the change")
    assert "Your move: read what changes and sign" in page.text
    assert "The data came late." in page.text
    page.submit("Sign the change", SIGNED)
    with database.read() as session:
        assert session.get_one(Placement, agreed.placement.id).ends_on == date(2026, 11, 20)

    hana = browser_of("instructor")
    page = hana.get(page.path).submit("Sign the change", SIGNED)

    assert "The change is in force." in page.text
    assert found(database) == {1: AgreementState.REPLACED, 2: AgreementState.IN_FORCE}
    with database.read() as session:
        assert session.get_one(Placement, agreed.placement.id).ends_on == date(2026, 12, 4)
        targets = set(session.scalars(select(OutboxMessage.target)))
        assert any(target.startswith("amendment_to_sign/") for target in targets)
        assert any(target.startswith("amendment_in_force/") for target in targets)


def test_nothing_signed_is_ever_lost(
    agreed: Scene, browser_of: Browser, database: Database
) -> None:
    """After two changes every signature of every version can still be read, with its text."""
    for until in (LATER, "2026-12-11"):
        page = extend(
            browser_of("instructor").get(f"{agreed.agreement_path}/change/end"), until
        )
        for role in ("student", "supervisor"):
            path = page.path
            if role == "supervisor":
                path = f"{agreed.link()}/agreement/changes/{path.rsplit('/', 1)[1]}"
            browser_of(role).get(path).submit("Sign the change", SIGNED)

    assert found(database) == {
        1: AgreementState.REPLACED,
        2: AgreementState.REPLACED,
        3: AgreementState.IN_FORCE,
    }
    maya = browser_of("student")
    with database.read() as session:
        placement = session.get_one(Placement, agreed.placement.id)
        for version in versions.of_placement(session, placement):
            standing = versions.standing_signatures(session, version)
            assert {party.value for party in standing} == {
                "student",
                "supervisor",
                "instructor",
            }
            assert version.document is not None
            assert version.document.text
            answer = maya.raw.get(f"{agreed.agreement_path}/versions/{version.public_id}.pdf")
            assert answer.data.startswith(b"%PDF")


def test_the_other_ends_a_project_and_its_reason_stays(
    agreed: Scene, browser_of: Browser, database: Database
) -> None:
    """The instructor alone signs an end besides whoever proposes it; nobody is held to work."""
    page = browser_of("supervisor").get(f"{agreed.link()}/agreement/change/end")
    page = page.submit(
        "Show what it changes",
        {
            "End it": True,
            "Last day of work": "2026-10-13",
            "Why": "The shop closes for good.",
        },
    )
    assert "the supervisor and the instructor" in page.text
    page = page.submit("Sign and propose", SIGNED)
    assert "Student: not asked again" in page.text

    path = f"{agreed.agreement_path}/changes/{page.path.rsplit('/', 1)[1]}"
    page = browser_of("student").get(path)
    assert "Sign the change" not in page.buttons
    browser_of("instructor").get(path).submit("Sign the change", SIGNED)

    with database.read() as session:
        placement = session.get_one(Placement, agreed.placement.id)
        assert (placement.state, placement.ends_on) == (
            PlacementState.ENDED_EARLY,
            date(2026, 10, 13),
        )


def test_nobody_signs_what_the_page_has_not_shown(
    agreed: Scene, browser_of: Browser, database: Database
) -> None:
    page = browser_of("student").get(f"{agreed.agreement_path}/change/plan")
    page = page.submit(
        "Show what it changes",
        {"Planned hours": "30", "Why": "Two more shops."},
    )
    assert "$24.00 per hour" in page.text
    assert "$16.00 per hour" in page.text
    assert "under the campus floor" in page.text

    page = page.submit("Sign and propose", {**SIGNED, "Planned hours": "40"}, status=422)

    assert "40 h" in page.text
    assert found(database) == {1: AgreementState.IN_FORCE}
    page.submit("Sign and propose", SIGNED)
    assert found(database)[2] == AgreementState.AWAITING_SIGNATURES


def test_one_change_at_a_time_and_a_refused_one_changes_nothing(
    agreed: Scene, browser_of: Browser, database: Database
) -> None:
    maya, hana = browser_of("student"), browser_of("instructor")
    first = maya.get(f"{agreed.agreement_path}/change/end")
    second = hana.get(f"{agreed.agreement_path}/change/end")
    page = extend(first)
    shown = second.submit(
        "Show what it changes",
        {"Another last day": True, "Last day of work": LATER, "Why": "The holidays."},
        status=409,
    )
    assert "A change waits for signatures already" in shown.text
    assert "The holidays." in shown.text

    browser_of("supervisor")
    page = hana.get(page.path)
    assert "Say why" in page.submit("Refuse the change", status=422).text
    page = page.submit("Refuse the change", {"Why": "The course ends before that."})

    assert "The agreement stays as it was" in page.text
    assert "The course ends before that." in maya.get(page.path).text
    assert found(database) == {1: AgreementState.IN_FORCE, 2: AgreementState.REFUSED}
    assert "In force" in maya.get(agreed.agreement_path).text

    anew = maya.get(page.path).follow("Propose it anew, as it was written")
    assert "The data came late." in anew.text
    shown = anew.submit("Show what it changes")
    assert "Fri 4 Dec 2026" in shown.text


def test_only_whoever_proposed_it_withdraws_it(
    agreed: Scene, browser_of: Browser, database: Database
) -> None:
    maya = browser_of("student")
    page = extend(maya.get(f"{agreed.agreement_path}/change/end"))
    at_work = browser_of("instructor").get(page.path)
    assert "Withdraw the change" not in at_work.buttons
    refused = at_work.submit("Refuse the change", {"Why": "x"}, status=303).location
    assert refused

    assert found(database)[2] == AgreementState.REFUSED
    page = extend(maya.get(f"{agreed.agreement_path}/change/end"))
    page.submit("Withdraw the change", {"Why": "It is not needed any more."})
    assert found(database)[3] == AgreementState.WITHDRAWN


def test_a_second_press_and_a_second_tab_sign_once(
    agreed: Scene, browser_of: Browser, database: Database
) -> None:
    page = extend(browser_of("supervisor").get(f"{agreed.link()}/agreement/change/end"))
    path = f"{agreed.agreement_path}/changes/{page.path.rsplit('/', 1)[1]}"
    maya = browser_of("student")
    tabs = maya.get(path), maya.get(path)

    for tab in tabs:
        tab.submit("Sign the change", SIGNED)

    with database.read() as session:
        placement = session.get_one(Placement, agreed.placement.id)
        waits = versions.get_waiting(session, placement)
        assert waits is not None
        assert len(versions.standing_signatures(session, waits)) == 3


def test_a_day_that_goes_by_while_it_waits_is_not_signed_any_more(
    agreed: Scene, browser_of: Browser, database: Database, clock: time_machine.Traveller
) -> None:
    page = extend(browser_of("student").get(f"{agreed.agreement_path}/change/end"))
    clock.move_to(datetime.fromisoformat("2026-12-05T15:00:00+00:00") + timedelta(hours=1))

    page = browser_of("instructor").get(page.path)

    assert "went by while it waited" in page.text
    assert "Sign the change" not in page.buttons
    assert found(database)[1] == AgreementState.IN_FORCE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"Last day of work": "2026-10-12"}, "That day is over"),
        ({"Why": ""}, "Say why"),
    ],
    ids=["past", "no reason"],
)
def test_what_cannot_be_is_said_at_its_field(
    agreed: Scene, browser_of: Browser, database: Database, typed: dict[str, object], said: str
) -> None:
    page = browser_of("supervisor").get(f"{agreed.link()}/agreement/change/end")
    good = {"Another last day": True, "Last day of work": LATER, "Why": "The data came late."}

    page = page.submit("Show what it changes", {**good, **typed}, status=422)

    assert said in page.text
    assert found(database) == {1: AgreementState.IN_FORCE}
