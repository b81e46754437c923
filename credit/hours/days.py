"""Hours are minutes on a calendar day of the student; a day is as long as their clock makes it.

On the two days of a year on which clocks change, a day has 23 or 25 hours there. The campus may
be in another zone, where the same day has 24; what was worked belongs to the student's day.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

USUAL = 24 * 60


def minutes_of(day: date, zone: str) -> int:
    """From midnight to midnight, as it goes by."""
    clock = ZoneInfo(zone)
    begins, ends = (
        datetime.combine(one, time.min, clock) for one in (day, day + timedelta(days=1))
    )
    # Subtracting two times of one zone would compare what their clocks show.
    return int((ends.timestamp() - begins.timestamp()) // 60)


def day_words(day: date) -> str:
    return format_date(day, "EEE d MMM", locale="en")


def why_this_long(day: date, zone: str) -> str:
    """What a day that has not 24 hours is called, to be set after its length."""
    return "" if minutes_of(day, zone) == USUAL else " because the clocks change"
