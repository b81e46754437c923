"""The people at a partner. Links go to their addresses, so only staff add and verify them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import InvalidInput
from careerlink.partners.models import ContactAtPartner, Partner, PartnerContact
from careerlink.partners.operations import only_staff
from careerlink.people.actors import Actor
from careerlink.placements import closing

SHORTEST_PROOF = 10


def add_contact(
    session: Session,
    partner: Partner,
    *,
    actor: Actor,
    name: str,
    email: str,
    title: str = "",
    phone: str = "",
    time_zone: str | None = None,
) -> PartnerContact:
    """Add a person; an address that is on file keeps its row and serves both partners."""
    only_staff(actor, partner.institution_id)
    address = email.strip().lower()
    contact = session.scalar(
        select(PartnerContact).where(
            PartnerContact.institution_id == partner.institution_id,
            PartnerContact.email == address,
        )
    )
    if contact is None:
        contact = PartnerContact(
            institution_id=partner.institution_id,
            name=name,
            email=address,
            title=title,
            phone=phone,
            time_zone=time_zone,
            created_at=clock.now(),
        )
        session.add(contact)
        session.flush()
    elif _is_at(session, contact, partner):
        raise InvalidInput("This address is on file for this partner.", field="email")
    session.add(ContactAtPartner(partner_id=partner.id, contact_id=contact.id))
    audit.record(session, "partner:add_contact", partner, actor=actor, contact=contact.id)
    return contact


def verify_contact(
    session: Session, contact: PartnerContact, *, actor: Actor, how: str
) -> None:
    """Say how it is known that the address is this person's; links may go there from now on."""
    only_staff(actor, contact.institution_id)
    if len(how.strip()) < SHORTEST_PROOF:
        raise InvalidInput("Say how you verified it, in a few words.", field="how")
    if contact.left_at is not None:
        raise InvalidInput("This person has left the partner.", field="how")
    contact.verified_at = clock.now()
    contact.verified_by_id = actor.person_id
    session.flush()
    audit.record(session, "partner_contact:verify", contact, actor=actor, reason=how.strip())


def correct_address(
    session: Session, contact: PartnerContact, *, actor: Actor, email: str, how: str
) -> None:
    """Mail to the old one comes back; staff know the right one, and say how.

    Whoever reads the old mailbox has chosen nothing for this person and opens nothing more.
    """
    only_staff(actor, contact.institution_id)
    address = email.strip().lower()
    if len(how.strip()) < SHORTEST_PROOF:
        raise InvalidInput("Say how you know it, in a few words.", field="how")
    taken = session.scalar(
        select(PartnerContact.name).where(
            PartnerContact.institution_id == contact.institution_id,
            PartnerContact.email == address,
            PartnerContact.id != contact.id,
        )
    )
    if taken is not None:
        raise InvalidInput(
            f"This address is {taken}’s. Hand the project over to them instead.", field="email"
        )
    if contact.email != address:
        closing.close_links_to_address(
            session, contact, actor=actor, reason="address corrected"
        )
        contact.reminders_stopped_at = None
    contact.email, contact.verified_at = address, clock.now()
    contact.verified_by_id = actor.person_id
    session.flush()
    audit.record(
        session, "partner_contact:correct_address", contact, actor=actor, reason=how.strip()
    )


def resume_reminders(session: Session, contact: PartnerContact, *, actor: Actor) -> None:
    """Themselves, or staff whom they have told; twice changes nothing."""
    if actor.contact_id != contact.id:
        only_staff(actor, contact.institution_id)
    if contact.reminders_stopped_at is not None:
        contact.reminders_stopped_at = None
        session.flush()
        audit.record(session, "partner_contact:resume_reminders", contact, actor=actor)


def mark_as_left(session: Session, contact: PartnerContact, *, actor: Actor) -> datetime:
    """The row stays for what this person signed; no link goes there any more."""
    only_staff(actor, contact.institution_id)
    if contact.left_at is None:
        contact.left_at = clock.now()
        session.flush()
        audit.record(session, "partner_contact:leave", contact, actor=actor)
    return contact.left_at


def _is_at(session: Session, contact: PartnerContact, partner: Partner) -> bool:
    return (
        session.scalar(
            select(ContactAtPartner.id).where(
                ContactAtPartner.partner_id == partner.id,
                ContactAtPartner.contact_id == contact.id,
            )
        )
        is not None
    )
