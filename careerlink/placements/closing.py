"""Closing what was mailed to an outsider: links, and the mails that still wait with them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from careerlink import clock, mail, tokens
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.tokens import AccessLink

LINK_MAIL = "link_mail"
"""A mail whose link the worker has yet to make (``careerlink.supervisors.mailing``)."""


def close_links(
    session: Session,
    placement_id: int,
    *,
    contact_id: int | None = None,
    actor: Actor,
    reason: str,
) -> None:
    """Of one contact, or of everybody who was given one for this placement."""
    wanted = [AccessLink.placement_id == placement_id, AccessLink.revoked_at.is_(None)]
    if contact_id is not None:
        wanted.append(AccessLink.contact_id == contact_id)
    links = session.scalars(select(AccessLink).where(*wanted)).all()
    for link in links:
        tokens.revoke(session, link, actor=actor, reason=reason)
    payload = OutboxMessage.payload
    unmade = (OutboxMessage.kind == LINK_MAIL) & (
        payload["placement"].as_integer() == placement_id
    )
    if contact_id is not None:
        unmade = unmade & (payload["contact"].as_integer() == contact_id)
    _stop_mails(session, or_(unmade, _carries_one(links)))


def close_links_to_address(
    session: Session, contact: PartnerContact, *, actor: Actor, reason: str
) -> None:
    """All that were mailed to the contact so far; what has no link yet gets a new one."""
    links = session.scalars(
        select(AccessLink).where(
            AccessLink.contact_id == contact.id, AccessLink.revoked_at.is_(None)
        )
    ).all()
    for link in links:
        tokens.revoke(session, link, actor=actor, reason=reason)
    _stop_mails(session, _carries_one(links))


def _carries_one(links: Sequence[AccessLink]) -> ColumnElement[bool]:
    link = OutboxMessage.payload["values"]["link"].as_string()
    return and_(OutboxMessage.kind == mail.KIND, link.in_([one.public_id for one in links]))


def _stop_mails(session: Session, which: ColumnElement[bool]) -> None:
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.state.in_((DeliveryState.QUEUED, DeliveryState.FAILED)),
            which,
        )
        .values(state=DeliveryState.SUPERSEDED, settled_at=clock.now())
        .execution_options(synchronize_session=False)
    )
