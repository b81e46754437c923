"""The board for somebody whom nobody knows: what is open, and nothing to do with it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.listings.board import is_open
from careerlink.listings.models import Listing, ListingRelease
from careerlink.listings.releases import is_released_to


def to_anybody(
    session: Session, institution: Institution, course_id: int | None, *, on: date, most: int
) -> Sequence[Listing]:
    """Those of the course; without one those that are released to every course."""
    course = session.get(Course, course_id) if course_id is not None else None
    return session.scalars(
        select(Listing)
        .join(Listing.partner)
        .options(joinedload(Listing.partner))
        .where(
            Listing.institution_id == institution.id,
            is_open(on),
            is_released_to(course) if course is not None else _IS_FOR_ALL,
        )
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(most)
    ).all()


_IS_FOR_ALL = exists().where(
    ListingRelease.listing_id == Listing.id,
    ListingRelease.course_id.is_(None),
    ListingRelease.term_id.is_(None),
    ListingRelease.withdrawn_at.is_(None),
)
