"""The only place that reads the time, so that tests and the demo can move it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day in ``zone`` (an IANA name): deadlines belong to a campus, not to UTC."""
    return now().astimezone(ZoneInfo(zone)).date()
