"""Whether a listing still takes applications, and if not, why, in words for the student."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.listings.models import Listing, ListingState
from careerlink.listings.releases import is_released_to
from careerlink.people.actors import Actor


def get_listing(session: Session, public_id: str, *, actor: Actor, course: Course) -> Listing:
    """A listing that was ever released to this course: text typed too late finds its way.

    :raises NotFound: there is none, or it never was shown here.
    """
    listing = session.scalar(
        select(Listing)
        .where(
            Listing.public_id == public_id,
            Listing.institution_id == actor.institution_id,
            Listing.state != ListingState.DRAFT,
            is_released_to(course, ever=True),
        )
        .options(
            joinedload(Listing.partner),
            joinedload(Listing.supervisor),
            joinedload(Listing.institution),
        )
    )
    if listing is None:
        raise NotFound
    return listing


def why_closed(session: Session, listing: Listing, course: Course) -> str:
    """Why nobody can apply from this course now; empty when the way is open."""
    if reason := closed_on(listing, clock.today(listing.institution.time_zone)):
        return reason
    shown = select(Listing.id).where(Listing.id == listing.id, is_released_to(course))
    if session.scalar(shown) is None:
        return "This project is no longer offered in this course."
    return ""


def closed_on(listing: Listing, today: date) -> str:
    if listing.state == ListingState.WITHDRAWN:
        return "The partner has withdrawn this project."
    if listing.state != ListingState.PUBLISHED:
        return "This project takes no more applications."
    if listing.apply_by is not None and today > listing.apply_by:
        return "The last day to apply for this project is over."
    if not listing.partner.may_start_new(today):
        return "This partner takes no new students at the moment."
    return ""
