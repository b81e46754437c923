"""Which person at a partner staff mean: one on file, or a new one, with a verified address."""

from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.partners import contacts
from careerlink.partners import queries as partners
from careerlink.partners.models import Partner, PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements.forms import NEW_CONTACT


def on_file(session: Session, partner: Partner) -> list[PartnerContact]:
    """Those who are still there."""
    return [one for one in partners.contacts_of(session, partner) if one.left_at is None]


def verified_person(
    session: Session,
    partner: Partner,
    *,
    choice: str,
    name: str,
    email: str,
    title: str = "",
    how: str,
    actor: Actor,
) -> PartnerContact:
    """``choice`` is a contact's public id or ``NEW_CONTACT``; ``how`` says how staff know."""
    if choice == NEW_CONTACT:
        if not name or not email:
            raise InvalidInput(
                "Enter name and address of the new person.", field="email" if name else "name"
            )
        contact = contacts.add_contact(
            session, partner, actor=actor, name=name, email=email, title=title
        )
    else:
        contact = partners.get_contact(session, partner, choice)
    if contact.verified_at is None:
        contacts.verify_contact(session, contact, actor=actor, how=how)
    return contact
