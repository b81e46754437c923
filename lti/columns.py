"""What a person wants of a gradebook's column: a new one, another one, or to know its grades.

A platform takes seconds to answer and may need several tries, so the wish is queued and the
page shows what became of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, outbox
from careerlink.courses.models import Course
from careerlink.errors import InvalidInput
from careerlink.outbox import ON_ITS_WAY, DeliveryState, OutboxMessage
from careerlink.people.actors import Actor
from lti import line_items
from lti.gradebooks import serving
from lti.line_items import Column
from lti.models import LtiContext, LtiLineItem
from lti.page_links import same_origin
from lti.products import product_of

KIND = "line_item"
FULL = 100_000


class Deed(StrEnum):
    MAKE = "make"
    USE = "use"
    READ = "read"


@dataclass(frozen=True)
class ColumnState:
    """One column of ours, as a page shows it."""

    context_id: int
    platform: str
    title: str
    """The course there, to tell two of them apart."""
    label: str
    maximum_thousandths: int
    is_gone: bool
    is_busy: bool
    """Something that a person asked for is on its way."""
    problem: str
    """Why the last thing that was asked for did not work."""


def states(
    session: Session, course: Course, *, resource_id: str, label: str
) -> list[ColumnState]:
    """One for every gradebook that this course's scores may go to."""
    contexts = serving(session, course)
    latest = _latest(session, [context.id for context in contexts], resource_id)
    return [
        _state(session, context, resource_id, label, latest.get(context.id, []))
        for context in contexts
    ]


def _state(
    session: Session,
    context: LtiContext,
    resource_id: str,
    label: str,
    messages: list[OutboxMessage],
) -> ColumnState:
    column = column_of(context, resource_id, label)
    item = line_items.known(session, column)
    return ColumnState(
        context_id=context.id,
        platform=product_of(context.deployment.registration.family).name,
        title=context.label or context.title,
        label=item.label if item is not None else "",
        maximum_thousandths=item.score_maximum_thousandths if item is not None else FULL,
        is_gone=item is None and line_items.is_gone(session, column),
        is_busy=any(message.state in ON_ITS_WAY for message in messages),
        problem=messages[-1].last_error if messages else "",
    )


def _latest(
    session: Session, context_ids: list[int], resource_id: str
) -> dict[int, list[OutboxMessage]]:
    """By context, oldest first: the newest wish of each kind."""
    targets = {
        target(context_id, resource_id, deed): context_id
        for context_id in context_ids
        for deed in Deed
    }
    newest: dict[str, OutboxMessage] = {
        message.target: message
        for message in session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.kind == KIND,
                OutboxMessage.target.in_(targets),
                OutboxMessage.state != DeliveryState.SUPERSEDED,
            )
            .order_by(OutboxMessage.id.desc())
            .limit(20)
        ).all()[::-1]
    }
    found: dict[int, list[OutboxMessage]] = {}
    for message in sorted(newest.values(), key=lambda one: one.id):
        found.setdefault(targets[message.target], []).append(message)
    return found


def queue(
    session: Session,
    context: LtiContext,
    *,
    deed: Deed,
    resource_id: str,
    label: str,
    maximum_thousandths: int,
    actor: Actor,
    url: str = "",
) -> OutboxMessage:
    """``url`` is the column that is to be used; the worker makes sure that it is there."""
    if deed == Deed.USE and not same_origin(url, context.lineitems_url):
        raise InvalidInput("Choose one of the columns.", field="column")
    message = outbox.enqueue(
        session,
        kind=KIND,
        target=target(context.id, resource_id, deed),
        payload={
            "context_id": context.id,
            "resource_id": resource_id,
            "label": label,
            "maximum_thousandths": maximum_thousandths,
            "deed": deed,
            "url": url,
        },
        institution_id=context.deployment.institution_id,
    )
    audit.record(session, f"lti_context:column_{deed}", context, actor=actor)
    return message


def target(context_id: int, resource_id: str, deed: Deed) -> str:
    """A new column and another one are two answers to one question: the later counts."""
    part = "read" if deed == Deed.READ else "column"
    return f"line_item:{context_id}:{resource_id}:{part}"[:255]


def column_of(
    context: LtiContext, resource_id: str, label: str, maximum_thousandths: int = FULL
) -> Column:
    return Column(context.id, context.lineitems_url, resource_id, label, maximum_thousandths)


def release_others(session: Session, chosen: LtiLineItem) -> None:
    """From now on the chosen column alone serves its purpose."""
    others = session.scalars(
        select(LtiLineItem).where(
            LtiLineItem.context_id == chosen.context_id,
            LtiLineItem.resource_id == chosen.resource_id,
            LtiLineItem.id != chosen.id,
        )
    )
    for other in others:
        other.resource_id = ""
