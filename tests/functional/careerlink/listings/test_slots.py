"""Places are never given out twice, whoever asks at the same moment."""

import threading

import pytest
from sqlalchemy.orm import Session

from careerlink.db import Database
from careerlink.listings.models import Listing
from careerlink.listings.slots import hold_slot, release_slot
from tests.factories import listings, partners
from tests.factories.school import campus


def listing_with(session: Session, slots: int) -> Listing:
    partner = partners.partner(session, campus(session).institution)
    return listings.listing(session, partner, slots=slots)


def test_a_slot_is_held_until_none_is_left(session: Session) -> None:
    listing = listing_with(session, 2)

    assert [hold_slot(session, listing) for _ in range(3)] == [True, True, False]
    assert (listing.slots_held, listing.slots_left) == (2, 0)
    assert [release_slot(session, listing) for _ in range(3)] == [True, True, False]
    assert listing.slots_held == 0


@pytest.mark.parametrize("slots", [1, 3])
def test_eight_at_once_get_no_more_than_there_are(database: Database, slots: int) -> None:
    with database.write() as session:
        listing_id = listing_with(session, slots).id
    start, results = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        with database.write() as session:
            results.append(hold_slot(session, session.get_one(Listing, listing_id)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False] * (8 - slots) + [True] * slots
    with database.read() as session:
        assert session.get_one(Listing, listing_id).slots_held == slots
