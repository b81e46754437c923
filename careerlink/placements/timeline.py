"""The dates of one placement in order, with today marked."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from careerlink.placements.models import Placement, PlacementState


@dataclass(frozen=True)
class Point:
    text: str
    at: date | None
    phase: str
    """``past``, ``today`` or ``ahead``."""
    note: str = ""


ENDED = (PlacementState.ENDED_EARLY, PlacementState.CANCELLED)


def points(
    placement: Placement,
    today: date,
    *,
    decided_by: date | None,
    decided_at: datetime | None = None,
) -> list[Point]:
    """``decided_by`` is when grades are due, as far as the term says."""
    planned = [
        Point("Offer accepted", _day(placement.created_at, placement), "past"),
        _started(placement, today),
        _finished(placement, today),
    ]
    if placement.state in ENDED:
        planned[2:] = [Point("Ended", _day(placement.state_since, placement), "past")]
    elif decided_at is not None:
        planned.append(Point("Credit decided", _day(decided_at, placement), "past"))
    elif decided_by is not None:
        planned.append(
            Point("Credit decision", decided_by, _phase(decided_by, today), "at the latest")
        )
    now = Point(_today_text(placement, today), today, "today")
    before = [point for point in planned if point.phase == "past"]
    after = [point for point in planned if point.phase != "past"]
    return [*before, now, *after]


def _started(placement: Placement, today: date) -> Point:
    if placement.started_at is not None:
        return Point("Work started", _day(placement.started_at, placement), "past")
    return Point("Work starts", placement.starts_on, "ahead", _late(placement.starts_on, today))


def _finished(placement: Placement, today: date) -> Point:
    if placement.completed_at is not None:
        return Point("Work completed", _day(placement.completed_at, placement), "past")
    return Point("Hand-over", placement.ends_on, "ahead", _late(placement.ends_on, today))


def _late(planned: date, today: date) -> str:
    return "was planned" if planned < today else ""


def _today_text(placement: Placement, today: date) -> str:
    if placement.state != PlacementState.ACTIVE:
        return "Today"
    weeks = (placement.ends_on - placement.starts_on).days // 7 + 1
    week = (today - placement.starts_on).days // 7 + 1
    return f"Today, week {week} of {weeks}" if 1 <= week <= weeks else "Today"


def _phase(day: date, today: date) -> str:
    return "past" if day < today else "ahead"


def _day(moment: datetime, placement: Placement) -> date:
    """The campus's day, as everywhere else on the page."""
    return moment.astimezone(ZoneInfo(placement.institution.time_zone)).date()
