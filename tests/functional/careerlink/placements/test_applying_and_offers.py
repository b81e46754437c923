"""A student applies, the office offers, the student answers: through pages (S5, S6)."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from careerlink.listings.models import Listing, ListingState
from careerlink.placements.models import Application, Consent, Placement, Supervision
from tests.factories.placements import supervised_listing
from tests.functional.careerlink.placements.conftest import STATEMENT, Scene
from tests.pages import Page, Visitor


def offer_to(staff: Visitor, name: str) -> Page:
    return staff.get("/office/applications").follow(name).submit("Make the offer")


def test_from_application_to_placement(scene: Scene) -> None:
    maya, staff = scene.student(scene.maya), scene.staff()

    sent = scene.apply(maya)
    offered = offer_to(staff, "Maya Okafor")
    accepted = maya.get(sent.path).follow("Accept the offer").submit("Accept the offer")

    assert sent.page_id == "applications.show"
    assert "The career office’s move: choose whom to offer a place." in sent.text
    assert "The student’s move: answer by" in offered.text
    assert accepted.page_id == "placements.show"
    assert "Ines Carvalho" in accepted.text
    with scene.database.read() as session:
        consent = session.scalars(select(Consent)).one()
        assert consent.records and consent.party and consent.purpose_text and consent.until
        assert session.scalars(select(Supervision)).one().ended_at is None


def test_the_home_says_what_comes_next(scene: Scene) -> None:
    maya, staff = scene.student(scene.maya), scene.staff()
    home = f"/courses/{scene.course.public_id}/"
    before = maya.get(home)
    scene.apply(maya)
    waiting = maya.get(home)
    office = staff.get("/office/")
    offer_to(staff, "Maya Okafor")

    after = maya.get(home)

    assert "Next: find a project" in before.text
    assert before.follow("Look at the projects").page_id == "board.list"
    assert "Next: nothing is waiting for you" in waiting.text
    assert "Next: where do repair customers wait?: answer 1 application" in office.text
    assert "Next: answer the offer for “Where do repair customers wait?”" in after.text


def test_two_students_one_slot(scene: Scene) -> None:
    maya, daniel, staff = scene.student(scene.maya), scene.student(scene.daniel), scene.staff()
    mine, his = scene.apply(maya), scene.apply(daniel)

    offer_to(staff, "Maya Okafor")

    assert "Offered" in maya.get(mine.path).text
    assert "Wait-listed #1" in daniel.get(his.path).text
    assert scene.mails() == ["offer_made", "wait_listed"]

    maya.get(mine.path).follow("Decline").submit("Decline the offer")

    assert "Declined" in maya.get(mine.path).text
    assert "answer the offer" in daniel.get(his.path).text
    assert scene.mails()[-1] == "offer_made"


def test_an_offer_for_the_last_place_wait_lists_whom_it_cannot_serve(scene: Scene) -> None:
    maya, daniel, staff = scene.student(scene.maya), scene.student(scene.daniel), scene.staff()
    scene.apply(maya)
    offer_to(staff, "Maya Okafor")

    late = scene.apply(daniel)

    assert "Wait-listed #1" in late.text


def test_the_clock_runs_out_and_the_next_is_offered(
    scene: Scene, clock: time_machine.Traveller
) -> None:
    maya, daniel, staff = scene.student(scene.maya), scene.student(scene.daniel), scene.staff()
    mine, his = scene.apply(maya), scene.apply(daniel)
    offer_to(staff, "Maya Okafor")
    clock.shift(timedelta(hours=71))
    scene.work()
    assert "Wait-listed #1" in scene.student(scene.daniel).get(his.path).text

    clock.shift(timedelta(hours=1, seconds=1))
    scene.work()

    assert "ask again" in scene.student(scene.maya).get(mine.path).text
    assert "answer the offer" in scene.student(scene.daniel).get(his.path).text


def test_accepting_a_second_late_is_refused_and_can_be_asked_for_again(
    scene: Scene, clock: time_machine.Traveller
) -> None:
    mine = scene.apply(scene.student(scene.maya))
    offer_to(scene.staff(), "Maya Okafor")
    clock.shift(timedelta(hours=71, minutes=59))
    maya = scene.student(scene.maya)
    question = maya.get(mine.path).follow("Accept the offer")
    clock.shift(timedelta(seconds=61))

    late = question.submit("Accept the offer")
    again = late.submit("Ask again")

    assert "The time to answer is over" in late.text
    assert "Expired" in late.text
    assert "Submitted" in again.text
    with scene.database.read() as session:
        assert session.scalars(select(Placement)).all() == []


def test_accepting_twice_gives_one_placement(scene: Scene) -> None:
    maya = scene.student(scene.maya)
    mine = scene.apply(maya)
    offer_to(scene.staff(), "Maya Okafor")
    question = maya.get(mine.path).follow("Accept the offer")

    first, second = question.submit("Accept the offer"), question.submit("Accept the offer")

    assert first.path == second.path
    assert first.page_id == "placements.show"
    with scene.database.read() as session:
        assert len(session.scalars(select(Placement)).all()) == 1


def test_a_listing_that_closed_meanwhile_keeps_the_text(scene: Scene) -> None:
    maya = scene.student(scene.maya)
    path = scene.apply_path
    page = maya.get(path)
    with scene.database.write() as session:
        session.get_one(Listing, scene.listing.id).state = ListingState.CLOSED

    refused = page.submit(
        "Send application",
        {"Why this project": STATEMENT, "I agree that this is shared": True},
        status=409,
    )

    assert "This project takes no more applications." in refused.text
    assert STATEMENT in refused.text
    assert STATEMENT in maya.get(path).text
    with scene.database.read() as session:
        assert session.scalars(select(Application)).one().state == "draft"


def test_a_draft_is_kept_and_read_by_nobody_else(scene: Scene) -> None:
    maya, staff = scene.student(scene.maya), scene.staff()
    path = scene.apply_path

    kept = maya.get(path).submit("Keep as draft", {"Why this project": "Half a thou"})

    assert "Half a thou" in kept.html
    assert "No application here" in staff.get("/office/applications").text
    with scene.database.read() as session:
        draft = session.scalars(select(Application)).one()
    staff.get(f"/office/applications/{draft.public_id}", status=404)


def test_a_draft_that_saves_itself_answers_without_a_page(scene: Scene) -> None:
    maya = scene.student(scene.maya)
    path = scene.apply_path
    form = maya.get(path).form("Send application")
    form.fill({"Why this project": "As I type"})

    answer = maya.raw.post(
        path, data=form.data, headers={"X-Draft": "1"}, base_url=maya.base_url
    )

    assert answer.status_code == 204
    assert "As I type" in maya.get(path).html


def test_consent_is_needed_to_send(scene: Scene) -> None:
    maya = scene.student(scene.maya)
    path = scene.apply_path

    page = maya.get(path).submit(
        "Send application", {"Why this project": STATEMENT}, status=422
    )

    assert page.errors == ["Tick this to send the application; a draft needs no consent."]
    assert STATEMENT in page.html


def test_overlapping_applications_end_only_after_a_confirm(scene: Scene) -> None:
    maya, staff = scene.student(scene.maya), scene.staff()
    mine = scene.apply(maya)
    with scene.database.write() as session:
        course = session.merge(scene.course)
        other = supervised_listing(
            session, course, title="Stock the spring parts",
            host={"name": "Quarry Lane"}, guide={"email": "bea@quarry.example"},
        )  # fmt: skip
    first, scene.listing = scene.listing, other
    second = scene.apply(maya)
    offer_to(staff, "Maya Okafor")

    question = maya.get(mine.path).follow("Accept the offer")
    refused = question.submit("Accept the offer", status=422)
    accepted = refused.submit("Accept the offer", {"End my overlapping applications": True})

    assert first.title in question.heading
    assert "Stock the spring parts" in question.text
    assert refused.errors == ["Confirm that your overlapping applications end."]
    assert accepted.page_id == "placements.show"
    assert "Withdrawn" in maya.get(second.path).text
