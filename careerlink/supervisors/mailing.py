"""Mails that carry a link, asked for where nobody holds the key that links are made with.

The worker makes the link, and looks once more whether it may: somebody may have taken over, or
the student may have withdrawn.
"""

from typing import Any

from sqlalchemy.orm import Session

from careerlink import mail, outbox, tokens
from careerlink.outbox import Outcome
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.placements import consents, planning, signatories
from careerlink.placements.closing import LINK_MAIL
from careerlink.placements.models import Placement
from careerlink.supervisors import queries
from careerlink.tokens import LinkPurpose
from careerlink.worker import Delivery


def write(
    session: Session,
    contact: PartnerContact,
    *,
    placement: Placement | None,
    template: str,
    action: str,
    target: str,
    actor: Actor,
    purpose: LinkPurpose = LinkPurpose.PLACEMENT,
    values: dict[str, Any] | None = None,
) -> None:
    outbox.enqueue(
        session,
        kind=LINK_MAIL,
        target=target,
        payload={
            "contact": contact.id,
            "placement": placement.id if placement else None,
            "purpose": purpose.value,
            "template": template,
            "action": action,
            "values": values or {},
            "asked_by": actor.person_id,
        },
        institution_id=contact.institution_id,
    )


def deliver(delivery: Delivery) -> Outcome:
    """Handler of ``link_mail``; a repeat replaces the mail that still waits."""
    asked = delivery.payload
    with delivery.database.write() as session:
        contact = session.get_one(PartnerContact, asked["contact"])
        placement = session.get(Placement, asked["placement"]) if asked["placement"] else None
        purpose = LinkPurpose(asked["purpose"])
        if reason := why_not(session, contact, placement, purpose):
            return Outcome(delivered=True, detail=f"not written: {reason}")
        actor = system(delivery.institution_id)
        link = tokens.issue(
            session,
            secret=delivery.settings.server.secret,
            purpose=purpose,
            contact=contact,
            placement_id=placement.id if placement else None,
            actor=actor,
        )
        mail.queue(
            session,
            to=contact.email,
            template=asked["template"],
            values=_about(contact, placement)
            | asked["values"]
            | {"link": link.public_id, "action": asked["action"]},
            institution_id=delivery.institution_id,
            target=delivery.target,
            actor=actor,
        )
    return Outcome(delivered=True)


def why_not(
    session: Session,
    contact: PartnerContact,
    placement: Placement | None,
    purpose: LinkPurpose,
) -> str:
    """What keeps us from writing now, in words for staff; empty for nothing."""
    if not planning.may_supervise(contact):
        return "the address is not verified, or the person has left"
    if placement is None:
        return ""
    consent = consents.standing_consent(session, placement)
    if consent is None or not consents.covers(consent, contact.id):
        return "the student has not consented"
    if purpose == LinkPurpose.STAND_IN:
        return ""
    if signatories.signs(session, placement.id, contact.id):
        return ""
    if not queries.is_supervised_by(session, placement.id, contact.id):
        return "somebody else supervises now"
    return ""


def _about(contact: PartnerContact, placement: Placement | None) -> dict[str, Any]:
    values: dict[str, Any] = {"name": contact.name, "zone": contact.time_zone}
    if placement is not None:
        values |= {
            "zone": contact.time_zone or placement.institution.time_zone,
            "project": placement.title,
            "partner": placement.partner.name,
            "first_name": queries.first_name(placement),
        }
    return values
