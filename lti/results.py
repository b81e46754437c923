"""What a platform's gradebook shows for one account, read back."""

from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from lti import http
from lti.products.base import below
from lti.services import Services

ACCEPT = "application/vnd.ims.lis.v2.resultcontainer+json"
ROUNDING_THOUSANDTHS = 1
"""Moodle keeps five decimals of the column's own scale."""


@dataclass(frozen=True)
class Result:
    thousandths: int | None = None
    """On the scale that was asked for; ``None``: no grade stands there."""
    timestamp: datetime | None = None
    is_there: bool = False
    """The platform keeps a record for this account, be it an empty one."""


def read(services: Services, line_item: str, user_id: str, maximum_thousandths: int) -> Result:
    """Ask for one account's result; never with ``limit``, on which Moodle's results crash.

    :raises PlatformFault: also where the answer cannot be understood.
    """
    url = below(line_item, "results", user_id=user_id)
    answer = http.successful(services.request("GET", url, accept=ACCEPT))
    entry = _entry(answer.json(), user_id)
    return _result(entry, maximum_thousandths)


def read_all(services: Services, line_item: str, *, limit: int | None) -> list[dict[str, Any]]:
    """Every account's entry, for ``result_in``.

    :raises PlatformFault: also where one page of several cannot be understood.
    """
    query = {"limit": str(limit)} if limit else {}
    pages = services.pages(below(line_item, "results", **query), accept=ACCEPT)
    if not all(isinstance(page, list) for page in pages):
        raise http.NotJson("answered with results that cannot be read")
    return [entry for page in pages for entry in page if isinstance(entry, dict)]


def result_in(entries: list[dict[str, Any]], user_id: str, maximum_thousandths: int) -> Result:
    return _result(_entry(entries, user_id), maximum_thousandths)


def _result(entry: dict[str, Any], maximum_thousandths: int) -> Result:
    thousandths = _thousandths(entry, maximum_thousandths)
    return Result(thousandths, _time(entry.get("timestamp")), bool(entry))


def same(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= ROUNDING_THOUSANDTHS


def _entry(body: Any, user_id: str) -> dict[str, Any]:
    if not isinstance(body, list):
        raise http.NotJson("answered with results that cannot be read")
    entries = [entry for entry in body if isinstance(entry, dict)]
    own = [entry for entry in entries if str(entry.get("userId")) == user_id]
    return own[0] if own else {}


def _thousandths(entry: dict[str, Any], maximum_thousandths: int) -> int | None:
    """As a share of the result's own maximum: Canvas answers in units of the last post,
    Moodle in those of the column."""
    score, maximum = _number(entry.get("resultScore")), _number(entry.get("resultMaximum", 1))
    if score is None or maximum is None or maximum <= 0:
        return None
    return round(score / maximum * maximum_thousandths)


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and isfinite(value) else None


def _time(text: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return time if time.tzinfo is not None else None
