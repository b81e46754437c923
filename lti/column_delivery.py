"""Doing with a column what a person asked for; the handler of the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.outbox import ON_ITS_WAY, DeliveryState, OutboxMessage, Outcome
from careerlink.worker import Delivery
from lti import (
    column_making,
    columns,
    gradebooks,
    grades,
    holding_back,
    http,
    line_items,
    results,
    score_records,
)
from lti.columns import Deed
from lti.line_items import Column, ColumnBeingMade
from lti.models import LtiContext, LtiLineItem, LtiScore
from lti.products import product_of
from lti.products.base import Product
from lti.results import Result, same
from lti.scopes import GRADES, RESULT_READ
from lti.score_words import shown_words
from lti.services import Services
from lti.tokens import Client

READING_TRIES = 3
"""Nobody waits for an hour to see grades: the page says that it did not work."""


def deliver(delivery: Delivery) -> Outcome:
    payload = delivery.payload
    with delivery.database.read() as session:
        context = session.get_one(LtiContext, payload["context_id"])
        if context not in gradebooks.serving(session, context.course):
            return _not_done(
                "The LMS is switched off here, or takes no grades from us any more"
            )
        client = Client.of(context.deployment)
        scopes = tuple(scope for scope in GRADES if scope in context.scopes)
        column = columns.column_of(
            context, payload["resource_id"], payload["label"], payload["maximum_thousandths"]
        )
    product, deed = product_of(client.family), Deed(payload["deed"])
    try:
        with http.Platform(delivery.settings) as platform:
            services = Services(delivery.database, delivery.settings, client, scopes, platform)
            return _do(delivery, deed, services, product, column)
    except ColumnBeingMade as fault:
        return Outcome(error=f"{product.name} {fault}", retry_after=score_records.SOON)
    except (line_items.NoColumn, http.ForbiddenAddress) as fault:
        return _not_done(f"{product.name} {fault}")
    except http.BadStatus as fault:
        return _refused(delivery, product, fault.answer, client, deed)
    except http.PlatformFault as fault:
        return _failed(delivery, deed, f"{product.name} {fault}")


def _do(
    delivery: Delivery, deed: Deed, services: Services, product: Product, column: Column
) -> Outcome:
    if deed == Deed.READ:
        return _read(delivery, services, product, column)
    if deed == Deed.MAKE:
        item = column_making.remake(services, product, column)
        return _send_anew(delivery, column, item)
    listed = line_items.listed(services, column.lineitems_url)
    chosen = [one for one in listed if one["id"] == delivery.payload["url"]]
    if not chosen:
        return _not_done(f"{product.name} has that column no longer")
    return _send_anew(delivery, column, line_items.keep(services, column, chosen[0]))


def _send_anew(delivery: Delivery, column: Column, item: LtiLineItem) -> Outcome:
    """What stood in the old column is told to the new one."""
    with delivery.database.write() as session:
        columns.release_others(session, session.get_one(LtiLineItem, item.id))
        told = [_tell(session, score, delivery) for score in _scores(session, column)]
    return Outcome(delivered=True, detail=f"{sum(told)} grades are sent to the column")


def _tell(session: Session, score: LtiScore, delivery: Delivery) -> bool:
    score.line_item_id = None
    score.platform_thousandths = score.read_at = None
    score.overridden_at = score.kept_at = score.replaces_thousandths = None
    score.posting_since = score.posting_thousandths = None
    score.has_new_work = bool(score.submission_path)
    if score.outbox_message_id is None or score.given_thousandths is None:
        return False
    score.timestamp = grades.later(score.timestamp, clock.now())
    score.answer, score.applied_at = "", None
    grades.put_in_queue(session, score, institution_id=delivery.institution_id)
    return True


def _scores(session: Session, column: Column) -> list[LtiScore]:
    return list(
        session.scalars(
            select(LtiScore)
            .where(
                LtiScore.context_id == column.context_id,
                LtiScore.resource_id == column.resource_id,
            )
            .options(joinedload(LtiScore.lti_user))
            .order_by(LtiScore.id)
            .with_for_update(of=LtiScore)
        )
    )


def _read(delivery: Delivery, services: Services, product: Product, column: Column) -> Outcome:
    if RESULT_READ not in services.scopes:
        return _not_done(f"{product.name} does not let us read its grades")
    with delivery.database.read() as session:
        item = line_items.known(session, column)
    if item is None:
        return _not_done(f"{product.name} has no column of ours in this course")
    try:
        entries = results.read_all(services, item.url, limit=product.results_limit)
    except http.BadStatus as fault:
        if fault.status == 404:
            with delivery.database.write() as session:
                line_items.forget(session, item.id)
            return _not_done(f"{product.name} no longer has the column")
        raise
    with delivery.database.write() as session:
        scores = _scores(session, column)
        messages = _messages(session, scores)
        for score in scores:
            _note(score, messages.get(score.outbox_message_id or 0), entries, product)
    return Outcome(delivered=True, detail=f"{len(scores)} grades read")


def _messages(session: Session, scores: Sequence[LtiScore]) -> Mapping[int, OutboxMessage]:
    ids = [score.outbox_message_id for score in scores]
    found = session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(ids)))
    return {message.id: message for message in found}


def _note(
    score: LtiScore,
    message: OutboxMessage | None,
    entries: list[dict[str, Any]],
    product: Product,
) -> None:
    if score.posting_since is not None or (message is not None and message.state in ON_ITS_WAY):
        return  # The sender looks by itself, and knows what it is about to change.
    shown = results.result_in(entries, score.lti_user.sub, score.maximum_thousandths)
    is_known = score.platform_thousandths
    score.read_at = clock.now()
    score.platform_thousandths = shown.thousandths
    if message is None or message.done_by_id is not None:
        return
    if score.kept_at is not None and same(shown.thousandths, is_known):
        return  # Looked at already, and let stand.
    if _is_ours(score, shown, is_known):
        score.overridden_at = None if shown.thousandths is not None else score.overridden_at
    else:
        _note_override(score, message, shown, product, clock.now())


def _is_ours(score: LtiScore, shown: Result, last_known: int | None) -> bool:
    given = score.given_thousandths
    sent = None if given is None else min(given, score.maximum_thousandths)
    stood = last_known if score.overridden_at is None else None
    return any(same(shown.thousandths, one) for one in (None, sent, stood))


def _note_override(
    score: LtiScore,
    message: OutboxMessage,
    shown: Result,
    product: Product,
    now: datetime,
) -> None:
    words = shown_words(shown.thousandths, score.maximum_thousandths)
    score.overridden_at, score.kept_at = score.overridden_at or now, None
    score.answer, score.applied_at = f"{product.name} {words}.", None
    if message.state == DeliveryState.DELIVERED:
        message.last_error = f"Overridden in {product.name}: {words}"


def _refused(
    delivery: Delivery, product: Product, answer: http.Answer, client: Client, deed: Deed
) -> Outcome:
    wait = product.throttled_for(answer)
    if wait is not None:
        holding_back.hold_back(delivery, client, clock.now() + wait)
        return Outcome(error=f"{product.name} asks us to wait", retry_after=wait)
    cause = product.likely_cause(answer)
    why = f"{product.name} answered {answer.status}{f': {cause}' if cause else ''}"
    return _failed(delivery, deed, why) if answer.status >= 500 else _not_done(why)


def _failed(delivery: Delivery, deed: Deed, why: str) -> Outcome:
    if deed == Deed.READ and delivery.attempt >= READING_TRIES:
        return _not_done(why)
    return Outcome(error=why)


def _not_done(why: str) -> Outcome:
    """Whoever asked reads it on the page, and asks again; it is no task of the office."""
    return Outcome(delivered=True, error=why)
