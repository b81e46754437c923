"""Which confirmations stand: the latest, or where supervisors shared the dates, one of each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit.hours.models import HoursConfirmation


def standing(confirmations: Iterable[HoursConfirmation]) -> list[HoursConfirmation]:
    """Of one placement, in the order in which they came.

    A total of all dates replaces everything before it; one of somebody's own dates replaces
    their earlier one, and a total of all dates.
    """
    found: list[HoursConfirmation] = []
    for one in confirmations:
        if _is_whole(one):
            found = [one]
        else:
            kept = [
                other
                for other in found
                if not _is_whole(other) and other.contact_id != one.contact_id
            ]
            found = [*kept, one]
    return found


def confirmed_totals(session: Session, placement_ids: Sequence[int]) -> dict[int, int]:
    """Minutes by placement; one where nobody confirmed anything is not in it."""
    found: dict[int, list[HoursConfirmation]] = defaultdict(list)
    for one in session.scalars(
        select(HoursConfirmation)
        .where(HoursConfirmation.placement_id.in_(placement_ids))
        .order_by(HoursConfirmation.id)
    ):
        found[one.placement_id].append(one)
    return {
        here: sum(one.confirmed_minutes for one in standing(rows))
        for here, rows in found.items()
    }


def _is_whole(one: HoursConfirmation) -> bool:
    return one.covers_from is None and one.covers_until is None
