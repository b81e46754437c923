"""What one cell of a registrar's file says; refusals are for whoever keeps the file."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from careerlink import names_alike
from careerlink.enrollments.models import EnrollmentLevel

MOST_CREDITS = 30
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
EXCEL_BEGINS = date(1899, 12, 30)
"""Day 0 of the numbers that Excel shows as dates."""
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})")
IN_QUOTES = re.compile(r'="(.*)"')
"""How spreadsheets are made to keep the zeros of an id."""
NAMED_MONTH = ("%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y")
LEVELS = {
    EnrollmentLevel.UNDERGRADUATE: {"u", "ug", "ugrd", "undergraduate", "undergrad"},
    EnrollmentLevel.GRADUATE: {
        "g", "gr", "grad", "graduate", "pg", "postgraduate", "doctoral", "masters",
    },
}  # fmt: skip
WITHDRAWN = {"w", "wd", "wp", "wf", "withdrawn", "withdrew", "yes", "y", "true", "1"}


class Status(StrEnum):
    ENROLLED = "enrolled"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"


# Banner's RW and DW are what students did on the web: registered, and dropped without a W.
# https://www.pdx.edu/news/new-registration-codes-banner
STATUSES = {
    Status.ENROLLED: {
        "e", "enrl", "enrolled", "active", "r", "re", "rw", "ra", "registered",
        "web registered", "registered web", "au", "audit", "completed",
    },
    Status.DROPPED: {
        "d", "dd", "dw", "dc", "drop", "dropped", "web drop", "web dropped", "drop delete",
        "dropped deleted", "deleted",
    },
    Status.WITHDRAWN: {"w", "wd", "wc", "ww", "aw", "withdraw", "withdrawn", "withdrew"},
}  # fmt: skip
WAITS = {"wl", "lw", "waiting", "wait list", "wait listed", "waitlist", "waitlisted"}


class CellRefused(Exception):
    """Why this cell means nothing."""


def plain(cell: str, most: int, what: str) -> str:
    found = IN_QUOTES.fullmatch(cell.strip())
    text = names_alike.plain(found.group(1) if found else cell)
    if len(text) > most:
        raise CellRefused(f"the {what} has {len(text)} characters; up to {most} can be kept")
    return text


def credits_thousandths(cell: str) -> int:
    text = cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell
    try:
        value = Decimal(text)
    except InvalidOperation as exc:
        raise CellRefused(f"“{cell[:20]}” is no number of credits") from exc
    if not value.is_finite() or value < 0 or value > MOST_CREDITS:
        raise CellRefused(f"{cell[:20]} credits: one course has 0 to {MOST_CREDITS}")
    thousandths = value * 1000
    if thousandths != int(thousandths):
        raise CellRefused(f"{cell[:20]} credits: at most three decimals")
    return int(thousandths)


def level(cell: str) -> EnrollmentLevel:
    name = re.sub(r"[^a-z]", "", cell.casefold())
    for found, names in LEVELS.items():
        if name in names:
            return found
    raise CellRefused(f"the level “{cell[:20]}” is neither undergraduate nor graduate")


def is_withdrawn(cell: str) -> bool:
    return cell.strip().casefold() in WITHDRAWN


def status(cell: str) -> Status:
    name = re.sub(r"[^a-z0-9]+", " ", cell.casefold()).strip()
    for found, names in STATUSES.items():
        if name in names:
            return found
    if name in WAITS:
        raise CellRefused("on the wait list, so not enrolled")
    raise CellRefused(
        f"the status “{cell[:20]}” is unknown; write enrolled, dropped or withdrawn, or leave "
        "the column out"
    )


def day(cell: str, *, day_first: bool) -> date:
    """ISO, US, European, Banner's 03-SEP-2026, or the number behind Excel's date."""
    text = cell.strip()
    found = _iso(text) or _slashed(text, day_first) or _named(text) or _numbered(text)
    if found is None or not EARLIEST <= found <= LATEST:
        raise CellRefused(f"“{text[:24]}” is no day; write it as 2026-09-03")
    return found


def puts_day_first(cells: Collection[str]) -> bool | None:
    """By the dates that can be read one way only; ``None`` where both ways are needed.

    Where none can, dots put the day first (03.09.2026), and slashes the month.
    """
    found = [one for cell in cells if (one := SLASHED.match(cell.strip()))]
    first = any(int(one[1]) > 12 for one in found)
    second = any(int(one[2]) > 12 for one in found)
    if first and second:
        return None
    return first or (not second and any("." in one.group() for one in found))


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if "-" in text[:5] else None
    except ValueError:
        return None


def _slashed(text: str, day_first: bool) -> date | None:
    found = SLASHED.match(text)
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    year += 2000 if year < 100 else 0
    try:
        return date(year, second, first) if day_first else date(year, first, second)
    except ValueError:
        return None


def _named(text: str) -> date | None:
    for form in NAMED_MONTH:
        try:
            return datetime.strptime(text.title(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _numbered(text: str) -> date | None:
    if not (text.isascii() and text.isdecimal() and len(text) == 5):
        return None
    return EXCEL_BEGINS + timedelta(days=int(text))
