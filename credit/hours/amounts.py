"""Work time as people write it: ``1.5``, ``1,5``, ``1:30`` and ``1 h 30`` are the same."""

import re
from decimal import Decimal

from careerlink.errors import InvalidInput

QUARTER = 15
DAY = 24 * 60
MORE_THAN_ANYBODY_TYPES = 20

_DECIMAL = re.compile(r"(\d{1,4})(?:[.,](\d{1,4}))?\s*h?")
_CLOCK = re.compile(r"(\d{1,4})\s*[:h]\s*(\d{2})(?:\s*min)?")
HOW = "Enter hours in quarters, such as 1.25, 1:15 or 4."


def parse_minutes(text: str, *, field: str = "hours", most: int = DAY) -> int:
    """Minutes, in quarter hours.

    :raises InvalidInput: not a number, not a quarter, nothing, or more than ``most``.
    """
    minutes = _minutes(text.strip().lower()[:MORE_THAN_ANYBODY_TYPES])
    if minutes is None:
        raise InvalidInput(HOW, field=field)
    if minutes % QUARTER:
        raise InvalidInput(f"“{text.strip()}” is not in quarter hours. {HOW}", field=field)
    if minutes == 0:
        raise InvalidInput("Enter at least a quarter of an hour, 0.25.", field=field)
    if minutes > most:
        limit = "A day has 24 hours" if most == DAY else f"Enter up to {most // 60:,} hours"
        raise InvalidInput(f"{limit}; “{text.strip()}” is more.", field=field)
    return int(minutes)


def written(minutes: int) -> str:
    """Back into a field, as people type it: ``1.5``."""
    return f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".")


def _minutes(text: str) -> Decimal | None:
    if found := _CLOCK.fullmatch(text):
        hours, rest = int(found[1]), int(found[2])
        return Decimal(hours * 60 + rest) if rest < 60 else None
    if found := _DECIMAL.fullmatch(text):
        return Decimal(f"{found[1]}.{found[2] or 0}") * 60
    return None
