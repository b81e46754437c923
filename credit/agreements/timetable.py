"""When check-ins and evaluations are due, by the size of a placement. No database, no clock.

Up to 20 hours: one check-in, no midpoint (optional from 11 hours on); from 21 hours: a check-in
every week and a midpoint. Everything hangs on the placement's own days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

SMALL_MINUTES = 20 * 60
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Timetable:
    check_ins: tuple[date, ...]
    midpoint: date | None
    final: date


def of(*, planned_minutes: int, starts_on: date, ends_on: date) -> Timetable:
    length = ends_on - starts_on
    if planned_minutes <= SMALL_MINUTES:
        # The first milestone of a short project is about a third of the way.
        return Timetable((starts_on + length // 3,), None, ends_on)
    weekly = tuple(
        starts_on + WEEK * week for week in range(1, length // WEEK + 1) if length > WEEK * week
    )
    return Timetable(weekly or (starts_on + length // 2,), starts_on + length // 2, ends_on)
