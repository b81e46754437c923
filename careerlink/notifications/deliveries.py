"""Deliveries as the office sees them: what is on its way, what failed, and what to do then."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock, outbox
from careerlink.errors import InvalidInput, NotFound, NotPermitted, NotPossible
from careerlink.outbox import DeliveryState, OutboxAttempt, OutboxMessage
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page

KINDS = {
    "mail": "Mail",
    "link_mail": "Mail with a link",
    "score": "Grade to the LMS",
    "line_item": "Column in the gradebook",
    "roster": "List of members",
    "notice": "Notice from the platform",
}
MAILS = {
    "consent_wanted": "asks the student for consent",
    "listing_withdrawn": "project withdrawn",
    "message_received": "a message has come",
    "not_selected": "not selected",
    "offer_expired": "offer expired",
    "offer_made": "offer",
    "placement_ended": "placement ended",
    "reminder_digest": "reminders of the day",
    "hand_over_declined": "answer to a hand-over",
    "stand_in_wanted": "asks a colleague to evaluate",
    "supervisor_changed": "somebody else supervises",
    "supervisor_named": "named as supervisor",
    "supervisor_shared_again": "project open again",
    "supervisor_students": "page of all students",
    "wait_listed": "wait list",
}


def visible_to(actor: Actor) -> Select[OutboxMessage]:
    query = select(OutboxMessage).where(OutboxMessage.institution_id == actor.institution_id)
    return query if actor.reads_office else query.where(false())


def get(session: Session, message_id: int, *, actor: Actor) -> OutboxMessage:
    message = session.scalar(visible_to(actor).where(OutboxMessage.id == message_id))
    if message is None:
        raise NotFound
    return message


def listed(
    session: Session,
    actor: Actor,
    *,
    state: DeliveryState | None,
    after: str | None,
    but: Collection[str] = (),
) -> Page[OutboxMessage]:
    """``but``: kinds that are left out."""
    query = visible_to(actor).where(OutboxMessage.kind.not_in(but))
    if state is not None:
        query = query.where(OutboxMessage.state == state)
    return page(
        session,
        query,
        order_by=[OutboxMessage.id],
        key_of=lambda message: [message.id],
        after=after,
        descending=True,
    )


def counts(session: Session, actor: Actor) -> dict[DeliveryState, int]:
    rows = session.execute(
        visible_to(actor)
        .with_only_columns(OutboxMessage.state, func.count())
        .group_by(OutboxMessage.state)
    )
    return {row[0]: row[1] for row in rows}


def attempts(session: Session, message: OutboxMessage) -> Sequence[OutboxAttempt]:
    return session.scalars(
        select(OutboxAttempt)
        .where(OutboxAttempt.message_id == message.id)
        .order_by(OutboxAttempt.id.desc())
        .limit(50)
    ).all()


def what(message: OutboxMessage) -> str:
    """What it is, in words, without whom it is about."""
    kind = KINDS.get(message.kind, message.kind.replace("_", " ").capitalize())
    template = str(message.payload.get("template", "")) if message.kind == "mail" else ""
    detail = MAILS.get(template, template.replace("_", " "))
    return f"{kind}: {detail}" if detail else kind


def address(message: OutboxMessage) -> str:
    return str(message.payload.get("to", "")) if message.kind == "mail" else ""


def retry(session: Session, message: OutboxMessage, *, actor: Actor) -> None:
    """Due at once; twice changes nothing."""
    _only_staff(actor, message)
    if message.state == DeliveryState.QUEUED:
        return
    if message.state != DeliveryState.FAILED:
        raise NotPossible("Only a failed delivery can be tried again.")
    if outbox.newer(session, message):
        raise NotPossible("A newer message for the same purpose has replaced this one.")
    outbox.retry(message)
    session.flush()
    audit.record(
        session,
        "outbox_message:retry",
        message,
        actor=actor,
        before=DeliveryState.FAILED,
        after=DeliveryState.QUEUED,
    )


def send_once_more(session: Session, message: OutboxMessage, *, to: str, actor: Actor) -> None:
    """A mail that is put together as it leaves: what it says hangs on this very message."""
    _only_staff(actor, message)
    before = message.state
    message.payload = {**message.payload, "to": to}
    outbox.retry(message)
    session.flush()
    audit.record(
        session,
        "outbox_message:retry",
        message,
        actor=actor,
        before=before,
        after=DeliveryState.QUEUED,
    )


def mark_done(session: Session, message: OutboxMessage, *, actor: Actor, reason: str) -> None:
    """Somebody did it another way: told by phone, entered the grade in the gradebook."""
    _only_staff(actor, message)
    if not reason.strip():
        raise InvalidInput("Say how it was done.", field="reason")
    if message.state not in (DeliveryState.FAILED, DeliveryState.QUEUED):
        raise NotPossible("This delivery needs nothing done by hand.")
    before = message.state
    message.state, message.settled_at = DeliveryState.DELIVERED, clock.now()
    message.done_by_id = actor.person_id
    session.flush()
    audit.record(
        session,
        "outbox_message:done_by_hand",
        message,
        actor=actor,
        before=before,
        after=DeliveryState.DELIVERED,
        reason=reason,
    )


def _only_staff(actor: Actor, message: OutboxMessage) -> None:
    """Or the operator at the command line, who is no person here."""
    may = actor.is_staff or actor.is_system
    if not may or actor.institution_id != message.institution_id:
        raise NotPermitted("Only career staff may do this.")
