"""Times on paper: written out with their zone, for readers who are nowhere in particular."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime


def written_out(moment: datetime, zone: str) -> str:
    """ "Sunday, November 22, 2026, 14:05 (America/New_York, UTC−05:00)"."""
    local = moment.astimezone(ZoneInfo(zone))
    words = format_datetime(local, "EEEE, MMMM d, y, HH:mm", locale="en")
    return f"{words} ({zone}, UTC{_offset(local)})"


def _offset(local: datetime) -> str:
    offset = local.strftime("%z")
    return "" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}".replace("-", "\u2212")
