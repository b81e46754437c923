"""The only place that reads the time, so that tests and the demo can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    return _told.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day in ``zone`` (an IANA name): deadlines belong to a campus, not to UTC."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` (aware) in this thread: sample stories happened in the past."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
