"""Mail that came back: written down, a task for staff, and nothing more to that address."""

import hashlib
import logging
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.delivery_reports import Report
from careerlink.errors import NotFound, NotPermitted
from careerlink.notifications.models import BounceKind, MailBounce
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.people.actors import Actor, system

log = logging.getLogger("careerlink.bounces")
RECENT = timedelta(days=7)
MAIL = "mail"
NOTHING_SENT = "nothing was sent: mail to this address came back"


def record(session: Session, report: Report, *, source: str) -> MailBounce | None:
    """Write down one recipient of a report; ``None`` where it is not about our mail.

    ``source`` is the same for the same report, however often it is read.
    """
    if report.is_forged:
        log.warning("a delivery report names a mail of ours with a wrong mark")
        return None
    message = _message(session, report)
    if message is None:
        return None
    address = str(message.payload.get("to", "")).lower()
    key = hashlib.sha256(f"{source}\n{report.recipient or address}".encode()).hexdigest()
    if session.scalar(select(MailBounce.id).where(MailBounce.report_key == key)) is not None:
        return None
    bounce = MailBounce(
        institution_id=message.institution_id,
        message_id=message.id,
        address=address,
        kind=BounceKind.HARD if report.is_hard else BounceKind.SOFT,
        status=report.status,
        said=report.said,
        is_proven=report.number is not None,
        report_key=key,
    )
    session.add(bounce)
    session.flush()
    audit.record(
        session,
        "outbox_message:bounce",
        message,
        actor=system(message.institution_id),
        kind=bounce.kind.value,
        status=report.status,
    )
    return bounce


def _message(session: Session, report: Report) -> OutboxMessage | None:
    """By its mark; else the latest one that went to this address a few days ago."""
    if report.number is not None:
        return session.scalar(
            select(OutboxMessage).where(
                OutboxMessage.id == report.number, OutboxMessage.kind == MAIL
            )
        )
    if not report.recipient:
        return None
    recent = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.kind == MAIL,
            OutboxMessage.state == DeliveryState.DELIVERED,
            OutboxMessage.settled_at > clock.now() - RECENT,
            OutboxMessage.payload["to"].as_string() == report.recipient,
        )
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    return recent.first()


def open_query(institution_id: int) -> Select[MailBounce]:
    return select(MailBounce).where(
        MailBounce.institution_id == institution_id,
        MailBounce.kind == BounceKind.HARD,
        MailBounce.resolved_at.is_(None),
    )


def is_stopped(session: Session, institution_id: int, address: str) -> bool:
    """Mail to it came back for good, and nobody has put that right."""
    return (
        session.scalar(
            open_query(institution_id)
            .with_only_columns(MailBounce.id)
            .where(MailBounce.address == address.lower(), MailBounce.is_proven.is_(True))
            .limit(1)
        )
        is not None
    )


def stopped_among(
    session: Session, institution_id: int, addresses: Collection[str]
) -> set[str]:
    """Those of many to which mail comes back, in lower case."""
    return set(
        session.scalars(
            open_query(institution_id)
            .with_only_columns(MailBounce.address)
            .where(MailBounce.address.in_({address.lower() for address in addresses}))
        )
    )


def listed(session: Session, actor: Actor) -> list[MailBounce]:
    """The latest hard bounce of each address that waits for staff."""
    rows = session.scalars(
        open_query(actor.institution_id)
        .options(joinedload(MailBounce.message))
        .order_by(MailBounce.id)
        .limit(500)
    )
    return list({row.address: row for row in rows}.values())


def of_message(session: Session, message: OutboxMessage) -> Sequence[MailBounce]:
    return session.scalars(
        select(MailBounce)
        .where(MailBounce.message_id == message.id)
        .order_by(MailBounce.id.desc())
    ).all()


def get(session: Session, bounce_id: int, *, actor: Actor) -> MailBounce:
    found = session.scalar(
        select(MailBounce)
        .where(MailBounce.id == bounce_id, MailBounce.institution_id == actor.institution_id)
        .options(joinedload(MailBounce.message))
    )
    if found is None or not actor.reads_office:
        raise NotFound
    return found


def resolve(session: Session, bounce: MailBounce, *, actor: Actor, how: str) -> None:
    """Mail may go to this address again; every bounce of it is settled with this one.

    ``how`` is one word for the history: "works", "corrected", "other_way".
    """
    if not actor.is_staff or actor.institution_id != bounce.institution_id:
        raise NotPermitted("Only career staff may do this.")
    open_ones = session.scalars(
        open_query(bounce.institution_id).where(MailBounce.address == bounce.address)
    ).all()
    for row in open_ones:
        row.resolved_at, row.resolved_by_id = clock.now(), actor.person_id
    if open_ones:
        session.flush()
        audit.record(
            session, "outbox_message:settle_bounce", bounce.message, actor=actor, how=how
        )
