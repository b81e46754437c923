"""What waits now, as each ladder's own query says it: found anew, and asked again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.placements.models import Placement
from careerlink.reminders.hours import day_of
from careerlink.reminders.ladders import Ladder
from careerlink.reminders.models import ReminderTrack


@dataclass(frozen=True)
class Subject:
    id: int
    placement_id: int
    institution_id: int
    anchor_on: date
    contact_id: int | None
    begun_on: date | None = None
    """Since when this contact is the one to ask, where the ladder says."""


def open_now(
    session: Session, ladder: Ladder, subject_ids: Collection[int]
) -> dict[int, Subject]:
    """Those of ``subject_ids`` that still wait; all others are done."""
    query, columns = _waiting(ladder)
    return _read(session, query.where(columns.subject_id.in_(subject_ids)))


def not_tracked(session: Session, ladder: Ladder, *, limit: int) -> dict[int, Subject]:
    """What waits and is on no track, or on one that ended before it waited again."""
    query, columns = _waiting(ladder)
    track = and_(
        ReminderTrack.ladder == ladder.key,
        ReminderTrack.subject_id == columns.subject_id,
        ReminderTrack.ended_at.is_(None),
    )
    is_tracked = select(ReminderTrack.id).where(track).exists()
    query = query.where(~is_tracked).order_by(columns.subject_id).limit(limit)
    return _read(session, query)


def _waiting(ladder: Ladder) -> tuple[Select[Any], Any]:
    """Of concluded courses nothing is asked any more."""
    waits = ladder.open_subjects().subquery()
    query = (
        select(waits, Placement.institution_id, Institution.time_zone)
        .join(Placement, Placement.id == waits.c.placement_id)
        .join(Course, Course.id == Placement.course_id)
        .join(Institution, Institution.id == Placement.institution_id)
        .where(Course.concluded_at.is_(None))
    )
    return query, waits.c


def _read(session: Session, query: Select[Any]) -> dict[int, Subject]:
    return {row.subject_id: _subject(row) for row in session.execute(query)}


def _subject(row: Any) -> Subject:
    anchor_on = day_of(row.anchor, row.time_zone)
    begun_on = day_of(row.begun, row.time_zone) if row.begun is not None else None
    return Subject(
        id=row.subject_id,
        placement_id=row.placement_id,
        institution_id=row.institution_id,
        # Whoever takes over late is not late.
        anchor_on=max(anchor_on, begun_on) if begun_on is not None else anchor_on,
        contact_id=row.contact_id,
        begun_on=begun_on,
    )
