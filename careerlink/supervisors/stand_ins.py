"""A colleague of a silent supervisor: who it could be, and asking them."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from careerlink.partners.models import ContactAtPartner, PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import consents
from careerlink.placements.models import Placement, Supervision
from careerlink.supervisors import hand_overs, notifications
from careerlink.supervisors.models import HandOverRequest


def candidate(session: Session, placement: Placement) -> PartnerContact | None:
    """Somebody else there, with a verified address; who guided projects here comes first.

    ``None`` where the student consented to one named person only: the office then calls.
    """
    consent = consents.standing_consent(session, placement)
    if consent is None or consent.only_contact_id is not None:
        return None
    ever = select(Supervision.contact_id).where(Supervision.placement_id == placement.id)
    answered = exists().where(
        HandOverRequest.placement_id == placement.id,
        HandOverRequest.contact_id == PartnerContact.id,
    )
    guided = exists().where(Supervision.contact_id == PartnerContact.id)
    return session.scalar(
        select(PartnerContact)
        .join(ContactAtPartner, ContactAtPartner.contact_id == PartnerContact.id)
        .where(
            ContactAtPartner.partner_id == placement.partner_id,
            PartnerContact.verified_at.is_not(None),
            PartnerContact.left_at.is_(None),
            PartnerContact.id.not_in(ever),
            ~answered,
        )
        .order_by(guided.desc(), PartnerContact.id)
        .limit(1)
    )


def ask(
    session: Session, placement: Placement, contact: PartnerContact, *, actor: Actor
) -> bool:
    """Write to them, unless the office already looks for somebody."""
    if hand_overs.is_asked(session, placement):
        return False
    notifications.stand_in_wanted(session, placement, contact, actor=actor)
    return True
