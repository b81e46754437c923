"""When is asked how it goes: by the size of the project, on days that hang on its dates."""

from collections.abc import Iterable
from datetime import date, timedelta

WEEK = timedelta(days=7)
SMALL = 10 * 60
MEDIUM = 20 * 60
FIRST_CONTACT_WITHIN = timedelta(days=5)


def progress_days(
    starts_on: date, ends_on: date, planned_minutes: int, milestones: Iterable[date] = ()
) -> list[date]:
    """Up to 10 hours once, at the first milestone; up to 20 hours once; beyond that weekly."""
    middle = starts_on + (ends_on - starts_on) // 2
    if planned_minutes <= SMALL:
        inside = sorted(day for day in milestones if starts_on <= day <= ends_on)
        return [inside[0] if inside else middle]
    if planned_minutes <= MEDIUM:
        return [middle]
    weeks = range(1, (ends_on - starts_on).days // 7 + 1)
    return [day for n in weeks if (day := starts_on + n * WEEK) < ends_on] or [middle]
