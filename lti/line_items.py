"""Columns of gradebooks: the one that a score belongs in is found before it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from lti import http, scopes
from lti.models import LtiLineItem, LtiResourceLink, LtiScore
from lti.page_links import same_origin
from lti.services import Services

ITEM = "application/vnd.ims.lis.v2.lineitem+json"
LIST = "application/vnd.ims.lis.v2.lineitemcontainer+json"
FULL_MAXIMUM = 100_000
MOST_POINTS = 2_000_000
MAKING = "making:"
"""Begins the address of a column while it is being made."""


class NoColumn(http.PlatformFault):
    """There is no column for the score, and we may not make one."""


class ColumnGone(NoColumn):
    """Somebody deleted it there: whether a new one is wanted is theirs to say."""


class ColumnBeingMade(http.PlatformFault):
    """Another worker makes it right now; two makers would make two."""


@dataclass(frozen=True)
class Column:
    """Which column is wanted."""

    context_id: int
    lineitems_url: str
    resource_id: str
    """Survives a course copy, unlike addresses and resource links. What stands before a colon
    is the purpose: the tag, and the ``content`` of the link whose own column serves it."""
    label: str
    maximum_thousandths: int

    @property
    def purpose(self) -> str:
        return self.resource_id.partition(":")[0]


def forget(session: Session, item_id: int) -> None:
    """The platform no longer knows the column; the next score looks for it anew."""
    session.get_one(LtiLineItem, item_id).gone_at = clock.now()


def _present(column: Column) -> Select[LtiLineItem]:
    return select(LtiLineItem).where(
        LtiLineItem.context_id == column.context_id,
        LtiLineItem.gone_at.is_(None),
        LtiLineItem.url.not_like(f"{MAKING}%"),
    )


def is_gone(session: Session, column: Column) -> bool:
    """There was one, and the platform has it no longer."""
    return known(session, column) is None and bool(
        session.scalar(
            select(LtiLineItem.id)
            .outerjoin(LtiResourceLink, LtiLineItem.resource_link_id == LtiResourceLink.id)
            .where(
                LtiLineItem.context_id == column.context_id,
                LtiLineItem.gone_at.is_not(None),
                or_(
                    LtiLineItem.resource_id == column.resource_id,
                    LtiResourceLink.content.in_((column.resource_id, column.purpose)),
                    LtiLineItem.id.in_(
                        select(LtiScore.line_item_id).where(
                            LtiScore.context_id == column.context_id,
                            LtiScore.resource_id == column.resource_id,
                        )
                    ),
                ),
            )
            .limit(1)
        )
    )


def known(session: Session, column: Column) -> LtiLineItem | None:
    """The column with this resource id, else the own one of the link with this purpose.

    PyLTI1p3's find-or-create leaves the activity's own column empty, so a launch that named
    its column comes before any search.
    """
    named = session.scalar(
        _present(column)
        .where(LtiLineItem.resource_id == column.resource_id)
        .order_by(LtiLineItem.id)
        .limit(1)
    )
    own = (
        _present(column)
        .join(LtiResourceLink, LtiLineItem.resource_link_id == LtiResourceLink.id)
        .where(LtiResourceLink.content.in_((column.resource_id, column.purpose)))
        .order_by(LtiLineItem.id)
        .limit(1)
    )
    return named or session.scalar(own)


def only_one(session: Session, column: Column) -> LtiLineItem | None:
    """The only activity with a column, where an admin added one link without custom values."""
    coupled = session.scalars(
        _present(column).where(
            LtiLineItem.resource_link_id.is_not(None), LtiLineItem.resource_id == ""
        )
    ).all()
    return coupled[0] if len(coupled) == 1 else None


def find(services: Services, column: Column) -> dict[str, Any] | None:
    """By resource id, then by tag, then by the link whose launch named no column."""
    if not {scopes.LINE_ITEM, scopes.LINE_ITEM_READ} & set(services.scopes):
        return None
    items = listed(services, column.lineitems_url)
    with services.database.read() as session:
        link = session.scalar(
            select(LtiResourceLink.resource_link_id).where(
                LtiResourceLink.context_id == column.context_id,
                LtiResourceLink.content.in_((column.resource_id, column.purpose)),
            )
        )
    tests: list[Callable[[dict[str, Any]], bool]] = [
        lambda item: item.get("resourceId") == column.resource_id,
        lambda item: not item.get("resourceId") and item.get("tag") == column.purpose,
        # The first one made is the assignment's own: Canvas shows no other in the gradebook.
        lambda item: link is not None and item.get("resourceLinkId") == link,
    ]
    for test in tests:
        for item in items:
            if test(item):
                return item
    return None


def listed(services: Services, url: str) -> list[dict[str, Any]]:
    """Every column of ours: without a filter, so that all tests see the same answer."""
    return [
        item
        for page in services.pages(url, accept=LIST)
        if isinstance(page, list)
        for item in page
        if isinstance(item, dict)
        and isinstance(item.get("id"), str)
        and same_origin(item["id"], url)
    ]


def keep(services: Services, column: Column, item: Mapping[str, Any]) -> LtiLineItem:
    """Note the column; what was noted under its address before is brought up to date."""
    with services.database.write() as session:
        row = session.scalar(
            select(LtiLineItem).where(
                LtiLineItem.context_id == column.context_id, LtiLineItem.url == item["id"]
            )
        )
        if row is None:
            row = LtiLineItem(context_id=column.context_id, url=item["id"])
            session.add(row)
        row.label = str(item.get("label") or "")
        # Kept under the id that was asked for: the column now serves it.
        row.resource_id = column.resource_id
        row.tag = str(item.get("tag") or "")
        row.score_maximum_thousandths = maximum_of(item)
        row.gone_at = None
        session.flush()
        return row


def maximum_of(item: Mapping[str, Any]) -> int:
    maximum = item.get("scoreMaximum")
    if isinstance(maximum, bool) or not isinstance(maximum, int | float):
        return FULL_MAXIMUM
    # JSON may hold figures that no column can, also NaN and Infinity.
    return round(maximum * 1000) if 0.001 <= maximum <= MOST_POINTS else FULL_MAXIMUM
