"""What a listing paid per hour in fact, where enough students worked on it to hide each one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.listings.models import Listing
from careerlink.placements.models import Placement, PlacementState
from careerlink.web.templating import per_hour
from credit.hours import queries

FEWEST = 3
"""Of fewer students a figure would tell what one of them worked."""
MOST = 200


def facts(session: Session, listing: Listing) -> list[tuple[str, str]]:
    """By hours that both sides or a ruling say; latest placements first."""
    done = session.scalars(
        select(Placement)
        .where(
            Placement.listing_id == listing.id,
            Placement.currency == listing.currency,
            Placement.state.in_((PlacementState.WORK_COMPLETED, PlacementState.CLOSED)),
        )
        .order_by(Placement.id.desc())
        .limit(MOST)
    ).all()
    totals = queries.totals(session, [one.id for one in done])
    known = [one for one in done if totals[one.id].accepted]
    students = {one.person_id for one in known}
    if len(students) < FEWEST:
        return []
    fees = sum(one.fee_minor for one in known)
    minutes = sum(totals[one.id].accepted for one in known)
    figure = per_hour(fees, minutes, listing.currency)
    return [("Paid in fact", f"{figure} per hour, over {len(students)} past students")]
