"""A person's language and time zone as platforms write them, or nothing: pages rely on both."""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=256)
def locale(told: str) -> str:
    """Such as ``en_US`` for Canvas's ``en-US-x-k12`` and Moodle's ``en_us``."""
    parts = told.replace("-", "_").split("_")[:3]
    for length in range(len(parts), 0, -1):
        try:
            return str(Locale.parse("_".join(parts[:length])))
        except (UnknownLocaleError, ValueError):
            continue
    return ""


@lru_cache(maxsize=256)
def time_zone(told: str) -> str:
    """A zone that is known here; Moodle's ``99`` stands for the server's own."""
    if "/" not in told:
        return ""
    try:
        return ZoneInfo(told).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
