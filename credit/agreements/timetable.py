"""When check-ins and evaluations are due, as the plan says. No database, no clock.

Everything hangs on the project's own days; a midpoint belongs to more than 20 hours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from credit.check_ins import plan as check_ins
from credit.evaluations.plan import ALWAYS_FROM


@dataclass(frozen=True)
class Timetable:
    check_ins: tuple[date, ...]
    midpoint: date | None
    final: date


def of(
    *, planned_minutes: int, starts_on: date, ends_on: date, milestones: Iterable[date] = ()
) -> Timetable:
    has_midpoint = planned_minutes >= ALWAYS_FROM
    return Timetable(
        tuple(check_ins.progress_days(starts_on, ends_on, planned_minutes, milestones)),
        starts_on + (ends_on - starts_on) / 2 if has_midpoint else None,
        ends_on,
    )
