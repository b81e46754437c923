"""Opening a link, handing one out, and mailing a fresh one to the address on file."""

from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from careerlink import audit, clock, mail, tokens
from careerlink.errors import NotPermitted, NotPossible, TooMany
from careerlink.outbox import OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.placements import consents, planning
from careerlink.placements.closing import LINK_MAIL
from careerlink.placements.models import Placement
from careerlink.supervisors import notifications, queries
from careerlink.tokens import AccessLink, LinkPurpose

WAIT_BETWEEN = timedelta(minutes=5)
MOST_A_DAY = 5


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

    :raises TooMany: one was sent within the last minutes, or too many today.
    """
    target = f"fresh_link:{link.contact_id}:{placement.id}"
    _not_too_many(session, mail.KIND, target)
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


def mail_students_link(session: Session, contact: PartnerContact, *, actor: Actor) -> None:
    """The page of all their students, to their own address and to no other."""
    _not_too_many(session, LINK_MAIL, notifications.students_target(contact))
    notifications.students_wanted(session, contact, actor=actor)


def link_for_staff(
    session: Session,
    placement: Placement,
    contact: PartnerContact,
    *,
    actor: Actor,
    secret: str,
) -> AccessLink:
    """The link that a mail would carry, for staff to send or read out themselves."""
    if not actor.is_staff or actor.institution_id != placement.institution_id:
        raise NotPermitted("Only career staff hand out a link.")
    if unmet := why_no_link(session, placement, contact):
        raise NotPossible("No link can be handed out now.", unmet)
    return tokens.issue(
        session,
        secret=secret,
        purpose=LinkPurpose.PLACEMENT,
        contact=contact,
        placement_id=placement.id,
        actor=actor,
    )


def copy_link(session: Session, link: AccessLink, *, actor: Actor) -> None:
    """That it left by another way than our mail stands in the history."""
    audit.record(session, "access_link:copy", link, actor=actor)


def why_no_link(
    session: Session, placement: Placement, contact: PartnerContact | None
) -> list[str]:
    """What has to be there before anything about the student goes out, in words."""
    lines = []
    if contact is None or not queries.is_supervised_by(session, placement.id, contact.id):
        lines.append("Nobody is named as supervisor.")
    elif not planning.may_supervise(contact):
        lines.append("The supervisor’s address is not verified, or they have left.")
    if not consents.has_consent(session, placement):
        lines.append("The student has not consented to sharing this record with them.")
    return lines


def _not_too_many(session: Session, kind: str, target: str) -> None:
    sent = select(func.count(), func.max(OutboxMessage.created_at)).where(
        OutboxMessage.kind == kind,
        OutboxMessage.target == target,
        OutboxMessage.created_at > clock.now() - timedelta(days=1),
    )
    count, latest = session.execute(sent).one()
    if latest is not None and latest > clock.now() - WAIT_BETWEEN:
        raise TooMany(
            "A fresh link was mailed a moment ago. Look in your mailbox, also in spam."
        )
    if count >= MOST_A_DAY:
        raise TooMany(
            "Several fresh links were mailed today and wait in your mailbox. The newest works; "
            "if none arrives, write to the career office."
        )
