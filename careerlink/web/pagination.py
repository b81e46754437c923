"""Keyset paging: a page begins after a row, so that page 900 costs what page 1 does."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import Session

from careerlink.errors import NotFound

PAGE_SIZE = 25
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    next_key: str | None
    """For ``?after=``; ``None`` on the last page."""
    is_first: bool


def page(
    session: Session,
    query: Select[Any],
    *,
    order_by: Sequence[Any],
    key_of: Callable[[Row], Sequence[Any]],
    after: str | None,
    descending: bool = False,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """One page of ``query`` in the order of ``order_by``, whose last column must be unique.

    :raises NotFound: ``after`` is not a key that we made.
    """
    if after:
        key = _read(after, order_by)
        bound = tuple_(*[literal(v, c.type) for v, c in zip(key, order_by, strict=True)])
        here = tuple_(*order_by)
        query = query.where(here < bound if descending else here > bound)
    query = query.order_by(*[c.desc() if descending else c.asc() for c in order_by])
    rows = list(session.scalars(query.limit(size + 1)))
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, _write(key_of(rows[-1])) if more else None, is_first=not after)


def _write(key: Sequence[Any]) -> str:
    plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in key]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read(after: str, order_by: Sequence[Any]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if not isinstance(values, list) or len(values) != len(order_by):
            raise ValueError("length")
        return [_typed(v, c.type.python_type) for v, c in zip(values, order_by, strict=True)]
    except (ValueError, TypeError, binascii.Error) as exc:
        raise NotFound("This list has moved on; start from its first page.") from exc


def _typed(value: Any, kind: type[Any]) -> Any:
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    if not isinstance(value, kind):
        raise ValueError("type")
    return value
