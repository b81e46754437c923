"""What staff do about mail that came back: correct the address, or say that it works."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from careerlink import clock, mail, outbox, tokens
from careerlink.notifications import bounces, deliveries, reading_reports
from careerlink.notifications.models import MailBounce
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.partners import contacts
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import RUNNING, Placement, Supervision
from careerlink.registry import Waiting, registry
from careerlink.supervisors import mailing
from careerlink.tokens import AccessLink

SEND_AGAIN = timedelta(days=30)
UNDELIVERED = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.FAILED)


@dataclass(frozen=True)
class Owner:
    """Whose address it is: a partner's contact, or a person with an account, or nobody now."""

    contact: PartnerContact | None
    person: Person | None
    placements: Sequence[Placement]

    @property
    def name(self) -> str:
        found = self.contact.name if self.contact else ""
        return found or (self.person.label if self.person else "")


def owner_of(session: Session, bounce: MailBounce) -> Owner:
    contact = session.scalar(
        select(PartnerContact).where(
            PartnerContact.institution_id == bounce.institution_id,
            PartnerContact.email == bounce.address,
        )
    )
    person = session.scalar(
        select(Person)
        .where(
            Person.institution_id == bounce.institution_id,
            or_(
                func.lower(Person.email) == bounce.address,
                func.lower(Person.own_email) == bounce.address,
            ),
        )
        .order_by(Person.id)
        .limit(1)
    )
    return Owner(contact, person, _running(session, contact))


def _running(session: Session, contact: PartnerContact | None) -> Sequence[Placement]:
    if contact is None:
        return []
    return session.scalars(
        select(Placement)
        .join(Supervision, Supervision.placement_id == Placement.id)
        .where(
            Supervision.contact_id == contact.id,
            Supervision.ended_at.is_(None),
            Placement.state.in_(RUNNING),
        )
        .order_by(Placement.id)
        .limit(20)
    ).all()


def mailbox_waits(session: Session, actor: Actor) -> list[Waiting]:
    row = reading_reports.failing(session)
    if row is None or row.failed_since is None:
        return []
    return [
        Waiting(
            group="Yours",
            title="Reports of failed mail are not read",
            text=f"{row.error[:1].upper()}{row.error[1:]}. It is tried every five minutes.",
            since=row.failed_since,
            url=url_for("outbox.listed"),
            action="Open deliveries",
            why="Until the mailbox can be read, nobody learns which mail came back.",
        )
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            group="Yours",
            title=f"Mail to {bounce.address} comes back",
            text=_text(bounce),
            since=bounce.reported_at,
            url=url_for("bounces.show", bounce_id=bounce.id),
            action="Choose what to do",
            why="An address that does not work is a task at once; no mail goes there until "
            "somebody has looked at it.",
            is_late=True,
        )
        for bounce in bounces.listed(session, actor)
    ]


def _text(bounce: MailBounce) -> str:
    return f"{deliveries.what(bounce.message)}. {reason(bounce)}"


def reason(bounce: MailBounce) -> str:
    """The server's code in words, where it is one of the usual ones (RFC 3463)."""
    known = {
        "5.1.1": "There is no such mailbox.",
        "5.1.2": "There is no such mail domain.",
        "5.1.10": "There is no such mailbox.",
        "5.2.1": "The mailbox is switched off.",
        "5.2.2": "The mailbox is full.",
        "5.4.1": "Their server does not take mail for this address.",
        "5.7.1": "Their server refuses our mail.",
    }
    code = f" ({bounce.status})" if bounce.status else ""
    return f"{known.get(bounce.status, 'Their server refused it for good.')[:-1]}{code}."


def correct(
    session: Session,
    bounce: MailBounce,
    owner: Owner,
    *,
    actor: Actor,
    email: str,
    how: str,
    secret: str,
) -> int:
    """Set the contact's address and send there what came back or still waits to leave.

    Returns how many mails. ``secret`` makes the links that replace those in them.
    """
    contact = owner.contact
    if contact is None:
        return 0
    # A mail that is put together as it leaves finds the new address by itself.
    again = [
        row
        for row in _undelivered(session, bounce, UNDELIVERED)
        if row.state not in outbox.ON_ITS_WAY or not _is_prepared(row)
    ]
    contacts.correct_address(session, contact, actor=actor, email=email, how=how)
    bounces.resolve(session, bounce, actor=actor, how="corrected")
    return sum(_send_on(session, row, contact, actor=actor, secret=secret) for row in again)


def try_again(session: Session, bounce: MailBounce, *, actor: Actor) -> int:
    bounces.resolve(session, bounce, actor=actor, how="works")
    again = _undelivered(session, bounce, (DeliveryState.FAILED,))
    for row in again:
        if _is_prepared(row):
            deliveries.send_once_more(session, row, to=bounce.address, actor=actor)
        else:
            mail.send_anew(session, row, to=bounce.address, actor=actor)
    return len(again)


def _undelivered(
    session: Session, bounce: MailBounce, states: Collection[DeliveryState]
) -> list[OutboxMessage]:
    """What did not arrive there lately: each purpose once, and none that was replaced."""
    came_back = select(MailBounce.message_id).where(
        MailBounce.institution_id == bounce.institution_id,
        MailBounce.address == bounce.address,
        MailBounce.kind == bounce.kind,
    )
    rows = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.institution_id == bounce.institution_id,
            OutboxMessage.kind == mail.KIND,
            OutboxMessage.created_at > clock.now() - SEND_AGAIN,
            OutboxMessage.payload["to"].as_string() == bounce.address,
            or_(
                OutboxMessage.id.in_(came_back),
                OutboxMessage.state.in_(states),
            ),
        )
        .order_by(OutboxMessage.id)
    ).all()
    latest = {row.target: row for row in rows}
    return [row for row in latest.values() if not outbox.newer(session, row)]


def _is_prepared(message: OutboxMessage) -> bool:
    return message.payload["template"] in registry.mail_preparations


def _send_on(
    session: Session,
    message: OutboxMessage,
    contact: PartnerContact,
    *,
    actor: Actor,
    secret: str,
) -> bool:
    """The same to the corrected address, with a link of its own; not where none may be made."""
    if _is_prepared(message):
        deliveries.send_once_more(session, message, to=contact.email, actor=actor)
        return True
    values: dict[str, str] = {}
    link = session.scalar(
        select(AccessLink).where(
            AccessLink.public_id == message.payload["values"].get("link", ""),
            AccessLink.contact_id == contact.id,
        )
    )
    if link is not None:
        placement = session.get(Placement, link.placement_id) if link.placement_id else None
        if mailing.why_not(session, contact, placement, link.purpose):
            return False
        fresh = tokens.issue(
            session,
            secret=secret,
            purpose=link.purpose,
            contact=contact,
            placement_id=link.placement_id,
            actor=actor,
        )
        values["link"] = fresh.public_id
    mail.send_anew(session, message, to=contact.email, actor=actor, **values)
    return True
