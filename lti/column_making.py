"""The column that a score belongs in: known, found, or made where none is."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from careerlink import clock
from lti import http, scopes
from lti.line_items import (
    ITEM,
    MAKING,
    Column,
    ColumnBeingMade,
    ColumnGone,
    NoColumn,
    find,
    is_gone,
    keep,
    known,
    only_one,
)
from lti.models import LtiLineItem
from lti.products.base import Product
from lti.services import Services

MAKING_ENDS = timedelta(minutes=2)


def resolve(services: Services, product: Product, column: Column) -> LtiLineItem:
    """The column, known, found or made.

    :raises NoColumn: we may make none, or the one that was there has been deleted.
    :raises ColumnBeingMade:
    :raises PlatformFault: the platform did not answer.
    """
    with services.database.read() as session:
        present = known(session, column)
    if present is not None:
        return present
    found = find(services, column)
    if found is not None:
        return keep(services, column, found)
    with services.database.read() as session:
        if is_gone(session, column):
            raise ColumnGone("no longer has the column that these grades stood in")
        only = only_one(session, column)
    return only or _make(services, product, column)


def remake(services: Services, product: Product, column: Column) -> LtiLineItem:
    """A new column where the old one was deleted, unless one has come back meanwhile."""
    found = find(services, column)
    return keep(services, column, found) if found else _make(services, product, column)


def _make(services: Services, product: Product, column: Column) -> LtiLineItem:
    if scopes.LINE_ITEM not in set(services.scopes):
        raise NoColumn("has no column for it, and lets us make none")
    claim_id = _claim(services, column)
    try:
        # Without resourceLinkId: with one, Moodle's launches no longer name any column.
        body = {
            "label": column.label,
            "scoreMaximum": product.column_maximum(column.maximum_thousandths),
            "resourceId": column.resource_id,
            "tag": column.purpose,
            **product.review(services.settings.server.public_url),
        }
        answer = services.request(
            "POST",
            column.lineitems_url,
            accept=ITEM,
            content_type=ITEM,
            body=json.dumps(body),
        )
        made = http.successful(answer).json()
        if not isinstance(made, dict) or not isinstance(made.get("id"), str):
            raise http.NotJson("answered with a column that cannot be read")
        if product.takes_review_by_put:
            _offer_review(services, made["id"], body)
        return keep(services, column, made)
    finally:
        # Where no answer came it may have been made all the same: the next try looks first.
        _release(services, claim_id)


def _offer_review(services: Services, url: str, body: dict[str, Any]) -> None:
    """Moodle takes no word of a review with a new column (LTI.md 5), only in a change of it."""
    with suppress(http.PlatformFault):
        services.request("PUT", url, accept=ITEM, content_type=ITEM, body=json.dumps(body))


def _claim(services: Services, column: Column) -> int:
    """A row that only one worker can hold, while no transaction stays open."""
    address = f"{MAKING}{column.resource_id}"
    try:
        with services.database.write() as session:
            old = session.scalar(
                select(LtiLineItem).where(
                    LtiLineItem.context_id == column.context_id, LtiLineItem.url == address
                )
            )
            if old is not None and old.created_at > clock.now() - MAKING_ENDS:
                raise ColumnBeingMade("gets its column from another worker right now")
            if old is not None:
                session.delete(old)
                session.flush()
            claim = LtiLineItem(context_id=column.context_id, url=address)
            session.add(claim)
            session.flush()
            return claim.id
    except IntegrityError as exc:
        raise ColumnBeingMade("gets its column from another worker right now") from exc


def _release(services: Services, claim_id: int) -> None:
    with services.database.write() as session:
        claim = session.get(LtiLineItem, claim_id)
        if claim is not None:
            session.delete(claim)
