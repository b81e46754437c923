"""Reading what is on record of students, for any number of them in the same few queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from credit.earlier.models import EarlierCredit, StudentMajor, TieWaiver


def of_people(
    session: Session, person_ids: Collection[int]
) -> Mapping[int, Sequence[EarlierCredit]]:
    """By person; what was taken back is left out."""
    found: dict[int, list[EarlierCredit]] = defaultdict(list)
    for row in session.scalars(
        select(EarlierCredit)
        .where(EarlierCredit.person_id.in_(person_ids), EarlierCredit.removed_at.is_(None))
        .options(
            joinedload(EarlierCredit.recorded_by),
            joinedload(EarlierCredit.consent),
            joinedload(EarlierCredit.placement),
        )
        .order_by(EarlierCredit.id)
    ):
        found[row.person_id].append(row)
    return found


def majors_of(
    session: Session, person_ids: Collection[int]
) -> Mapping[int, Sequence[StudentMajor]]:
    found: dict[int, list[StudentMajor]] = defaultdict(list)
    for row in session.scalars(
        select(StudentMajor)
        .where(StudentMajor.person_id.in_(person_ids), StudentMajor.removed_at.is_(None))
        .options(joinedload(StudentMajor.recorded_by))
        .order_by(StudentMajor.id)
    ):
        found[row.person_id].append(row)
    return found


def waivers_of(
    session: Session, placement_ids: Collection[int], *, today: date
) -> Mapping[int, TieWaiver]:
    """By placement: the newest that holds."""
    rows = session.scalars(
        select(TieWaiver)
        .where(
            TieWaiver.placement_id.in_(placement_ids),
            TieWaiver.removed_at.is_(None),
            or_(TieWaiver.until.is_(None), TieWaiver.until >= today),
        )
        .options(joinedload(TieWaiver.recorded_by), joinedload(TieWaiver.reason))
        .order_by(TieWaiver.id)
    )
    return {row.placement_id: row for row in rows}
