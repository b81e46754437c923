"""How applications and placements end: withdrawn listings, refusals, cancelled starts."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.listings import operations as listings
from careerlink.listings.models import Listing
from careerlink.partners.models import Partner, PartnerState
from careerlink.placements import applying, offers, operations
from careerlink.placements.models import (
    Application,
    ApplicationState,
    Offer,
    OfferState,
    Placement,
    PlacementState,
)
from tests.factories.placements import application, placement
from tests.functional.careerlink.placements.conftest import Scene

S = ApplicationState


def test_a_withdrawn_listing_ends_offers_and_leaves_running_work_alone(scene: Scene) -> None:
    with scene.database.write() as session:
        listing, course = session.merge(scene.listing), session.merge(scene.course)
        listing.slots = 2
        placement(
            session, session.merge(scene.daniel), course, listing, state=PlacementState.ACTIVE
        )
        application(session, session.merge(scene.maya), listing, course, state=S.OFFERED)

    with scene.database.write() as session:
        listing = session.get_one(Listing, scene.listing.id)
        listings.withdraw(session, listing, actor=scene.office, reason="The budget is gone.")

    with scene.database.read() as session:
        assert session.scalars(select(Offer.state)).all() == [OfferState.VOID]
        assert session.scalars(select(Placement.state)).all() == [PlacementState.ACTIVE]
        assert session.scalars(select(Listing.slots_held)).one() == 1
    assert scene.mails() == ["listing_withdrawn"]
    page = scene.student(scene.maya).get(f"/courses/{scene.course.public_id}/")
    assert "Not selected" in page.text


def test_a_cancelled_start_gives_its_place_to_the_wait_list(scene: Scene) -> None:
    with scene.database.write() as session:
        listing, course = session.merge(scene.listing), session.merge(scene.course)
        planned = placement(session, session.merge(scene.daniel), course, listing)
        application(session, session.merge(scene.maya), listing, course, state=S.WAIT_LISTED)
        path = f"/office/placements/{planned.public_id}"
    staff = scene.staff()

    question = staff.get(path).follow("Cancel placement")
    refused = question.submit("Cancel placement", status=422)
    done = refused.submit("Cancel placement", {"Reason": "The student has moved away."})

    assert refused.errors == ["Give a reason; it stays with the record."]
    assert "Cancelled" in done.text
    assert scene.mails() == ["placement_ended", "offer_made"]
    history = scene.student(scene.daniel).get(f"/history/placement/{path[-12:]}")
    assert "The student has moved away." in history.text


def test_work_that_ended_early_keeps_its_place(scene: Scene) -> None:
    with scene.database.write() as session:
        listing, course = session.merge(scene.listing), session.merge(scene.course)
        running = placement(
            session, session.merge(scene.daniel), course, listing, state=PlacementState.ACTIVE
        )
        operations.end_early(session, running, actor=scene.office, reason="Closed down.")

    with scene.database.read() as session:
        assert session.scalars(select(Listing.slots_held)).one() == 1


def test_not_selected_tells_the_student_and_keeps_the_reason(scene: Scene) -> None:
    maya, staff = scene.student(scene.maya), scene.staff()
    mine = scene.apply(maya)

    page = staff.get("/office/applications").follow("Maya Okafor").follow("Do not select")
    page.submit("Do not select", {"Reason": "We looked for somebody with SQL."})

    assert scene.mails() == ["not_selected"]
    history = maya.get(mine.path).follow("What happened so far")
    assert "Reason: We looked for somebody with SQL." in history.text


def test_staff_who_open_a_record_leave_a_line_for_the_office(scene: Scene) -> None:
    maya, staff = scene.student(scene.maya), scene.staff()
    mine = scene.apply(maya)
    opened = staff.get("/office/applications").follow("Maya Okafor")

    assert "Career staff opened this record" in opened.follow("History of").text
    assert "Career staff opened" not in maya.get(mine.path).follow("What happened").text


def test_the_office_gives_more_time(scene: Scene, clock: time_machine.Traveller) -> None:
    mine = scene.apply(scene.student(scene.maya))
    staff = scene.staff()
    page = staff.get("/office/applications").follow("Maya Okafor").submit("Make the offer")
    page.submit("Give more time", {"More hours to answer": "24"})
    clock.shift(timedelta(hours=73))
    scene.work()

    assert "answer the offer" in scene.student(scene.maya).get(mine.path).text


def test_nobody_is_given_time_without_end(scene: Scene) -> None:
    with scene.database.write() as session:
        listing, course = session.merge(scene.listing), session.merge(scene.course)
        mine = application(session, session.merge(scene.maya), listing, course, state=S.OFFERED)

        with pytest.raises(InvalidInput, match="14 days"):
            offers.extend(session, mine, actor=scene.office, hours=336)
        with pytest.raises(NotPossible, match="Only career staff"):
            offers.extend(session, mine, actor=scene.acts(scene.maya), hours=1)


def test_a_paused_partner_gets_no_new_students(scene: Scene) -> None:
    mine = scene.apply(scene.student(scene.maya))
    with scene.database.write() as session:
        session.get_one(Partner, scene.listing.partner_id).state = PartnerState.PAUSED

    with scene.database.write() as session:
        found = session.scalars(select(Application)).one()
        with pytest.raises(NotPossible, match="does not allow new students"):
            offers.make_offer(session, found, actor=scene.office)
    assert "Submitted" in scene.student(scene.maya).get(mine.path).text


def test_a_student_cannot_offer_to_themselves(scene: Scene) -> None:
    with scene.database.write() as session:
        listing, course = session.merge(scene.listing), session.merge(scene.course)
        mine = application(session, session.merge(scene.maya), listing, course)

        with pytest.raises(NotPermitted):
            offers.make_offer(session, mine, actor=scene.acts(scene.maya))


def test_withdrawing_ends_an_application_and_one_may_apply_anew(scene: Scene) -> None:
    maya = scene.student(scene.maya)
    first = scene.apply(maya).follow("Withdraw this application").submit("Withdraw application")

    second = scene.apply(maya)

    assert "Withdrawn" in first.text
    assert first.path != second.path
    assert "Submitted" in second.text


def test_whoever_dropped_the_course_cannot_send(scene: Scene) -> None:
    with scene.database.write() as session:
        listing, course = session.merge(scene.listing), session.merge(scene.course)
        mine = application(
            session, session.merge(scene.maya), listing, course,
            state=S.DRAFT, submitted_at=None,
        )  # fmt: skip
        actor = scene.acts(scene.maya)
        standing = actor.courses[course.id]
        dropped = type(actor)(
            institution_id=actor.institution_id,
            person_id=actor.person_id,
            courses={course.id: type(standing)(standing.role, dropped=True)},
        )

        with pytest.raises(NotPossible, match="no longer enrolled"):
            applying.submit(session, mine, actor=dropped)
