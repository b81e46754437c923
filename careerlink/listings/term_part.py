"""Projects that a whole term was shown: which of them another term can show as well."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.institutions.models import Institution, Term
from careerlink.listings import releases
from careerlink.listings.carrying import open_on, projects
from careerlink.listings.models import Listing, ListingRelease
from careerlink.offered_parts import CarriedPart, TermPart
from careerlink.people.actors import Actor


def preview(session: Session, source: Term, target: Term) -> CarriedPart | None:
    listings = _shown(session, source)
    if not listings:
        return None
    still = _open(session, target, listings)
    gone = len(listings) - len(still)
    return CarriedPart(
        text=f"{len(still)} of {projects(len(listings))} can be shown there, too.",
        stays=f"{projects(gone)} closed or ended since." if gone else "",
        names=tuple(listing.title for listing in still),
    )


def take(session: Session, source: Term, target: Term, actor: Actor) -> str:
    still = _open(session, target, _shown(session, source))
    for listing in still:
        releases.release(session, listing, actor=actor, term=target)
    return projects(len(still))


def _shown(session: Session, term: Term) -> Sequence[Listing]:
    """Released to the term as a whole; what single courses show comes with their copies."""
    return session.scalars(
        select(Listing)
        .join(ListingRelease, ListingRelease.listing_id == Listing.id)
        .where(ListingRelease.term_id == term.id, ListingRelease.withdrawn_at.is_(None))
        .options(joinedload(Listing.partner))
        .order_by(Listing.title, Listing.id)
    ).all()


def _open(session: Session, target: Term, listings: Sequence[Listing]) -> list[Listing]:
    institution = session.get_one(Institution, target.institution_id)
    return open_on(clock.today(institution.time_zone), listings)


PROJECTS = TermPart("projects", "Projects shown to the whole term", preview, take)
