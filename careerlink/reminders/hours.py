"""When a mail may reach somebody: their own working hours, on their own working days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKDAYS = (0, 1, 2, 3, 4)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Hours:
    """From the hour that it opens until the one that it closes, by the recipient's clock."""

    opens: int = 8
    closes: int = 18
    weekdays: tuple[int, ...] = WORKDAYS
    """0 is Monday."""

    def is_open(self, moment: datetime, zone: str) -> bool:
        local = moment.astimezone(ZoneInfo(zone))
        return local.weekday() in self.weekdays and self.opens <= local.hour < self.closes

    def next_open(self, moment: datetime, zone: str) -> datetime:
        """``moment`` itself if it is open then, else the next opening."""
        if self.is_open(moment, zone):
            return moment
        local = moment.astimezone(ZoneInfo(zone))
        has_closed = local.hour >= self.opens
        return self.opening(local.date() + timedelta(days=has_closed), zone)

    def opening(self, day: date, zone: str) -> datetime:
        """When it opens on ``day``, or on the first open day after it.

        A wall clock's hour: 8:00 stays 8:00 when clocks change in the night before.
        """
        while day.weekday() not in self.weekdays:
            day += timedelta(days=1)
        return datetime.combine(day, time(self.opens), tzinfo=ZoneInfo(zone))


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone))


def day_of(value: date | datetime, zone: str) -> date:
    """The calendar day of a date or a moment in ``zone``."""
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).date()
    return value
