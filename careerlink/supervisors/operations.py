"""Opening a link, and mailing a fresh one to the address on file."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from careerlink import audit, clock, mail, tokens
from careerlink.errors import TooMany
from careerlink.outbox import OutboxMessage
from careerlink.people.actors import Actor, system
from careerlink.placements.models import Placement
from careerlink.tokens import AccessLink, LinkPurpose

WAIT_BETWEEN = timedelta(minutes=5)


def open_link(session: Session, link: AccessLink, *, actor: Actor) -> None:
    """Note the first *Continue*; pressing it again changes nothing."""
    first = session.execute(
        update(AccessLink)
        .where(AccessLink.id == link.id, AccessLink.opened_at.is_(None))
        .values(opened_at=clock.now())
    )
    if first.rowcount:  # type: ignore[attr-defined]
        audit.record(session, "access_link:open", link, actor=actor)


def mail_fresh_link(
    session: Session, link: AccessLink, placement: Placement, secret: str
) -> None:
    """Send a new link to the address on file, never to one that the asker gives.

    :raises TooMany: one was sent within the last minutes.
    """
    target = f"fresh_link:{link.contact_id}:{placement.id}"
    recent = session.scalar(
        select(OutboxMessage.id).where(
            OutboxMessage.kind == mail.KIND,
            OutboxMessage.target == target,
            OutboxMessage.created_at > clock.now() - WAIT_BETWEEN,
        )
    )
    if recent is not None:
        raise TooMany(
            "A fresh link was mailed a moment ago. Look in your mailbox, also in spam."
        )
    fresh = tokens.issue(
        session,
        secret=secret,
        purpose=LinkPurpose.PLACEMENT,
        contact=link.contact,
        placement_id=placement.id,
        actor=system(link.institution_id),
    )
    mail.queue(
        session,
        to=link.contact.email,
        template="supervisor_fresh_link",
        values={
            "name": link.contact.name,
            "project": placement.title,
            "link": fresh.public_id,
            "action": "Open the project",
        },
        institution_id=link.institution_id,
        target=target,
    )
