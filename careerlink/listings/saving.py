"""Students keep listings for later. Nobody else sees which."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.errors import NotPermitted
from careerlink.listings.models import Listing, SavedListing
from careerlink.people.actors import Actor


def save(session: Session, listing: Listing, *, actor: Actor, course_id: int) -> None:
    """Twice is once. A bookmark is no change of a record, so the audit trail has none."""
    _refuse_onlookers(actor, course_id)
    mine = select(SavedListing.id).where(
        SavedListing.person_id == actor.person_id, SavedListing.listing_id == listing.id
    )
    if session.scalar(mine) is None:
        session.add(
            SavedListing(person_id=actor.person_id, listing_id=listing.id, saved_at=clock.now())
        )
        session.flush()


def forget(session: Session, listing: Listing, *, actor: Actor, course_id: int) -> None:
    _refuse_onlookers(actor, course_id)
    session.execute(
        delete(SavedListing).where(
            SavedListing.person_id == actor.person_id, SavedListing.listing_id == listing.id
        )
    )


def _refuse_onlookers(actor: Actor, course_id: int) -> None:
    standing = actor.standing(course_id)
    if not actor.is_student(course_id) or standing.read_only:
        raise NotPermitted("You only look at this course, so nothing is kept.")
