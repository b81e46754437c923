"""What a listing paid per hour in fact, said once enough students have worked on it."""

from datetime import date

import pytest

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.partners.models import PartnerState
from careerlink.placements.models import PlacementState
from credit.hours.models import HoursConfirmation
from tests.factories import hours, listings
from tests.factories.hours import Work
from tests.pages import Visitor

NAMES = ("Jonah Weiss", "Lena Frost", "Omar Aziz")


@pytest.mark.parametrize(("count", "is_shown"), [(3, True), (2, False)])
def test_past_students_show_it_and_none_of_them_is_shown(
    work: Work, client: Visitor, database: Database, count: int, is_shown: bool
) -> None:
    with database.write() as session:
        course, contact = session.merge(work.course), session.merge(work.contact)
        partner = session.merge(work.placement.partner)
        partner.state, partner.approved_at = PartnerState.APPROVED, clock.now()
        partner.approved_until = date(2027, 8, 31)
        listing = listings.listing(session, partner, release_to=course)
        for name in NAMES[:count]:
            student = hours.member(session, course, name, CourseRole.STUDENT)
            placement = hours.placed(
                session,
                course,
                student,
                contact,
                listing_id=listing.id,
                state=PlacementState.CLOSED,
            )
            hours.entry(session, placement, date(2026, 10, 6), 24 * 60)
            session.add(
                HoursConfirmation(
                    placement_id=placement.id,
                    contact_id=contact.id,
                    reported_minutes=24 * 60,
                    confirmed_minutes=24 * 60,
                )
            )
        path = f"/courses/{course.public_id}/listings/{listing.public_id}"

    page = work.visitor(client, database).get(path)

    assert ("$20.00 per hour, over 3 past students" in page.text) == is_shown
    assert ("Paid in fact" in page.text) == is_shown
