"""Placements at work on which nothing was logged for a week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.institutions.day import campus_day
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from credit.hours.days import day_words
from credit.hours.models import HoursEntry

LONG = timedelta(days=7)


@dataclass(frozen=True)
class Quiet:
    placement: Placement
    last_worked: date | None

    @property
    def since(self) -> datetime:
        day = self.last_worked or self.placement.starts_on
        zone = ZoneInfo(self.placement.institution.time_zone)
        return datetime.combine(day, time.min, zone).astimezone(UTC)

    @property
    def words(self) -> str:
        if self.last_worked is None:
            return f"nothing is logged since the start, {day_words(self.placement.starts_on)}"
        return f"the last entry is of {day_words(self.last_worked)}"


def found(
    session: Session, actor: Actor, *, most: int, course_id: int | None = None
) -> list[Quiet]:
    """Longest silence first; after the last day the hand-over is what is asked for."""
    today = campus_day(session, actor)
    last = (
        select(HoursEntry.placement_id, func.max(HoursEntry.worked_on).label("day"))
        .where(HoursEntry.removed_at.is_(None))
        .group_by(HoursEntry.placement_id)
        .subquery()
    )
    silent_since = func.coalesce(last.c.day, Placement.starts_on)
    query = (
        placements.visible_to(actor)
        .add_columns(last.c.day)
        .outerjoin(last, last.c.placement_id == Placement.id)
        .join(Placement.course)
        .where(
            Placement.state == PlacementState.ACTIVE,
            Placement.ends_on >= today,
            silent_since <= today - LONG,
            Course.concluded_at.is_(None),
        )
    )
    if course_id is not None:
        query = query.where(Placement.course_id == course_id)
    rows = session.execute(
        query.options(
            joinedload(Placement.person),
            joinedload(Placement.partner),
            joinedload(Placement.course),
            joinedload(Placement.institution),
        )
        .order_by(silent_since, Placement.id)
        .limit(most)
    )
    return [Quiet(row[0], row[1]) for row in rows]
