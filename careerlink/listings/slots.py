"""Slots change by one conditional UPDATE each: two offers at once cannot both have the last."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from careerlink.listings.models import Listing


def hold_slot(session: Session, listing: Listing) -> bool:
    """Take one slot for an offer; ``False`` when none is left."""
    return _change(session, listing, +1)


def release_slot(session: Session, listing: Listing) -> bool:
    """Give one slot back; ``False`` when none was held."""
    return _change(session, listing, -1)


def _change(session: Session, listing: Listing, by: int) -> bool:
    session.flush()
    changed = session.execute(
        update(Listing)
        .where(
            Listing.id == listing.id,
            Listing.slots_held + by >= 0,
            Listing.slots_held + by <= Listing.slots,
        )
        .values(slots_held=Listing.slots_held + by)
        .returning(Listing.id)
        .execution_options(synchronize_session=False)
    ).all()
    session.refresh(listing, ["slots_held"])
    return bool(changed)
