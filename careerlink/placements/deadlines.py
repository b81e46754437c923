"""Moves that come with time: an offer's clock, the first day of work."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.listings.models import Listing
from careerlink.people.actors import system
from careerlink.placements import application_queries as queries
from careerlink.placements import offers, operations
from careerlink.placements.models import (
    Application,
    Offer,
    OfferState,
    Placement,
    PlacementState,
)

BATCH = 100
LOOK_BACK = timedelta(days=3)
"""A start that was held up longer comes with whatever held it up, not with the clock."""


def expire_offers(session: Session) -> int:
    late = session.execute(
        select(Offer.application_id, Application.listing_id)
        .join(Offer.application)
        .where(Offer.state == OfferState.OPEN, Offer.answer_by < clock.now())
        .order_by(Offer.answer_by)
        .limit(BATCH)
    ).all()
    queries.lock_listings(session, [row.listing_id for row in late])
    # Locked now, and read anew: somebody may have answered in between.
    applications = session.scalars(
        select(Application)
        .where(Application.id.in_([row.application_id for row in late]))
        .options(
            joinedload(Application.listing).joinedload(Listing.partner),
            joinedload(Application.person),
            joinedload(Application.course),
            joinedload(Application.institution),
        )
        .order_by(Application.id)
        .execution_options(populate_existing=True)
    ).all()
    return sum(offers.expire_if_late(session, application) for application in applications)


def start_placements(session: Session) -> int:
    today = clock.now().date()
    due = session.scalars(
        select(Placement)
        .where(
            Placement.state == PlacementState.PLANNED,
            # A day either way: each campus has its own calendar.
            Placement.starts_on.between(today - LOOK_BACK, today + timedelta(days=1)),
        )
        .options(joinedload(Placement.institution))
        .order_by(Placement.id)
        .with_for_update(of=Placement, skip_locked=True)
    ).all()
    return sum(
        operations.start_if_due(session, placement, actor=system(placement.institution_id))
        for placement in due
    )
