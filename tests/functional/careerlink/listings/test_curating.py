"""C3: career staff write a listing, check its pay, publish it, release it, take it back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.listings.models import Listing, ListingState, ListingVersion, Skill
from careerlink.partners.models import PartnerState
from tests.factories import listings
from tests.functional.careerlink.listings.conftest import Scene
from tests.pages import Page

FILLED: dict[str, Any] = {
    "Title": "Where do repair customers wait?",
    "What the student makes": "A waiting-time dashboard",
    "Field": "Analytics",
    "Skills asked for": "SQL, Power BI, sql",
    "Hours": "20",
    "Starts on": "2026-10-19",
    "Ends on": "2026-11-20",
    "Apply by": "2026-10-17",
    "Fee": "480",
    "Places": "2",
}


def form(scene: Scene) -> Page:
    page = scene.staff().get("/office/listings").follow("Write a listing")
    return page.follow("Northlight Cycle Works")


def test_a_listing_goes_from_draft_to_the_board(scene: Scene) -> None:
    page = form(scene).submit("Save draft", {**FILLED, "objectives": ["B1 Frame a question"]})
    assert page.heading == "Where do repair customers wait?"
    assert "Draft" in page.text
    assert "$24.00" in page.text
    assert "Power BI and SQL" in page.text
    preview = page.follow("Preview")
    assert "B1: Frame a question that data can answer" in preview.text

    page = page.submit("Submit for review").submit("Publish listing")
    assert "release it to a course; no student sees it yet" in page.text
    assert "No project is open" in scene.student().get(scene.board).text
    page = page.follow("Release to students").submit(
        "Release listing", {"courses": ["BUS-310 Applied Analytics"]}
    )
    assert "BUS-310 Applied Analytics" in page.text

    board = scene.student().get(scene.board)
    assert "Where do repair customers wait?" in board.links
    with scene.database.read() as session:
        version = session.scalars(select(ListingVersion)).one()
        assert version.number == 1
        assert version.content["fee_minor"] == 48000
        assert version.content["skills"] == ["Power BI", "SQL"]
        assert set(session.scalars(select(Skill.slug))) == {"sql", "power-bi"}

    page = page.submit("Take back BUS-310 Applied Analytics")
    assert "No project is open" in scene.student().get(scene.board).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Title": ""}, "Enter a title of a few words"),
        ({"Hours": "4.75"}, "Enter hours between 5 and 40"),
        ({"Hours": "41"}, "Enter hours between 5 and 40"),
        ({"Hours": "7.1"}, "Enter hours in quarter steps, such as 12.5"),
        ({"Hours": "many"}, "Enter a number, such as 12.5."),
        ({"Ends on": "2026-10-01", "Apply by": ""}, "Enter an end on or after the start"),
        ({"Apply by": "2026-12-24"}, "Enter a day before the project ends"),
        ({"Fee": "-1"}, "Enter a fee from 0 to 100,000"),
        ({"Places": "0"}, "Enter a number from 1 to 50"),
        ({"Where": "At a place"}, "Name the place, such as a town and street"),
    ],
)
def test_a_wrong_value_comes_back_with_what_was_typed(
    scene: Scene, changes: dict[str, str], said: str
) -> None:
    page = form(scene).submit(
        "Save draft", {**FILLED, "The project": "C++ & <tickets>", **changes}, status=422
    )

    assert page.errors == [said]
    again = page.form("Save draft").data
    assert again["description"][0].strip() == "C++ & <tickets>"
    assert again["skill_names"] == ["SQL, Power BI, sql"]
    with scene.database.read() as session:
        assert session.scalars(select(Listing)).all() == []


def test_a_fee_below_the_floor_needs_a_reason_by_staff(scene: Scene) -> None:
    page = form(scene).submit("Save draft", {**FILLED, "Fee": "399.99"})
    assert "The fee is below the campus floor" in page.text
    assert "the campus floor per hour" in page.text
    with pytest.raises(AssertionError, match="belongs to no form"):
        page.submit("Submit for review")
    refused = page.visitor.post(
        f"{page.path}/submit", page.follow("Edit").form("Save draft").data, status=409
    )
    assert refused.reason == "not-possible"

    page = page.follow("Edit").submit(
        "Save draft", {"Reason for a fee below the floor": "A public library without a budget"}
    )
    page = page.submit("Submit for review").submit("Publish listing")

    assert "Below the floor, with a reason: A public library" in page.text


def test_the_floor_itself_is_enough(scene: Scene) -> None:
    page = form(scene).submit("Save draft", {**FILLED, "Fee": "400"})

    assert "below the campus floor" not in page.text
    assert "Submitted" in page.submit("Submit for review").text


def test_a_published_listing_keeps_its_promise(scene: Scene) -> None:
    with scene.database.write() as session:
        scene.attach(session)
        made = listings.listing(session, scene.partner, slots=3, slots_held=2)
    edit = f"/office/listings/{made.public_id}/edit"
    staff = scene.staff()

    for changes in ({"Fee": "300"}, {"Places": "1"}):
        page = staff.get(edit).submit("Save as new version", changes, status=422)
        assert len(page.errors) == 1

    staff.get(edit).submit("Save as new version", {"Title": "Where do customers wait?"})
    staff.get(edit).submit("Save as new version")
    with scene.database.read() as session:
        assert session.scalars(select(ListingVersion.number)).all() == [1]
        kept = session.get_one(Listing, made.id)
        assert (kept.fee_minor, kept.slots) == (480_00, 3)
        actions = session.scalars(select(AuditEntry.action)).all()
        assert actions.count("listing:revise") == 1


def test_two_people_editing_at_once(scene: Scene) -> None:
    with scene.database.write() as session:
        scene.attach(session)
        made = listings.listing(session, scene.partner, state=ListingState.DRAFT)
    edit = f"/office/listings/{made.public_id}/edit"
    first, second = scene.staff().get(edit), scene.staff().get(edit)

    first.submit("Save draft", {"Title": "Mine"})
    refused = second.submit("Save draft", {"Title": "Also mine"}, status=409)

    assert refused.reason == "changed-meanwhile"


def test_a_return_says_what_to_change(scene: Scene) -> None:
    page = form(scene).submit("Save draft", FILLED).submit("Submit for review")
    asked = page.follow("Return with comments")
    assert asked.submit("Return with comments", {}, status=422).errors == ["Give a reason"]
    page = asked.submit("Return with comments", {"Comments": "Name the data"})

    assert "The listing was returned with comments: Name the data" in page.text
    assert "change what was asked for" in page.text
    assert "Submitted" in page.submit("Submit again").text


def test_a_pause_empties_the_board_and_stops_publication(scene: Scene) -> None:
    page = form(scene).submit("Save draft", FILLED).submit("Submit for review")
    with scene.database.write() as session:
        scene.attach(session)
        listings.listing(session, scene.partner, title="On it", release_to=scene.school.course)
        scene.partner.state = PartnerState.PAUSED
    staff = scene.staff()

    assert "is paused by the career office" in staff.get(page.path).text
    data = page.form("Publish listing").data
    assert page.visitor.post(f"{page.path}/publish", data, status=409).reason == "not-possible"
    assert "No project is open" in scene.student().get(scene.board).text


def test_an_approval_that_ran_out_stops_release(scene: Scene) -> None:
    with scene.database.write() as session:
        scene.attach(session)
        made = listings.listing(session, scene.partner)
        scene.partner.approved_until = date(2026, 10, 13)
    page = scene.staff().get(f"/office/listings/{made.public_id}/releases")

    refused = page.submit(
        "Release listing", {"courses": ["BUS-310 Applied Analytics"]}, status=409
    )

    assert "has run out" in refused.text


def test_withdrawing_is_final_and_has_a_reason(scene: Scene) -> None:
    with scene.database.write() as session:
        scene.attach(session)
        made = listings.listing(session, scene.partner, release_to=scene.school.course)
    page = scene.staff().get(f"/office/listings/{made.public_id}").follow("Withdraw listing")
    page = page.submit("Withdraw listing", {"Reason": "The shop closed"})

    assert "The listing was withdrawn: The shop closed" in page.text
    assert page.buttons == []
    path = f"/courses/{scene.school.course.public_id}/listings/{made.public_id}"
    shown = scene.student().get(path)
    assert "Not open" in shown.text
    assert "Start application" not in shown.links


def test_a_term_release_reaches_its_courses(scene: Scene) -> None:
    with scene.database.write() as session:
        scene.attach(session)
        made = listings.listing(session, scene.partner)
    page = scene.staff().get(f"/office/listings/{made.public_id}/releases")
    page.submit("Release listing", {"Show it to": "Chosen courses"}, status=422)
    page.submit(
        "Release listing", {"Show it to": "Every course of a term", "Term": "Fall 2026"}
    )

    assert made.title in scene.student().get(scene.board).links


def test_the_list_counts_by_state_and_finds_words(scene: Scene) -> None:
    with scene.database.write() as session:
        scene.attach(session)
        for number in range(30):
            listings.listing(
                session, scene.partner, title=f"Draft {number}", state=ListingState.DRAFT
            )
        listings.listing(session, scene.partner, title="Stock parts", skill_names=("C++",))
    staff = scene.staff()

    page = staff.get("/office/listings")
    assert {"All 31", "Draft 30", "Published 1", "Withdrawn 0"} <= set(page.links)
    second = page.follow("Next 25")
    assert len(second.rows()) == 1 + 6
    assert "Stock parts" in staff.get("/office/listings?q=c%2B%2B").links
    assert "No listing matches" in staff.get("/office/listings?q=zebra").text
    staff.get("/office/listings?after=zzz", status=404)
    staff.get("/office/listings?q=%00(&state=%00&field=%00")
