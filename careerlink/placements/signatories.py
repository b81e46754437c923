"""Whoever signs for a partner where the supervisor may not: named, then verified by staff."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from careerlink import audit, clock, tokens
from careerlink.courses.conclusion import require_open
from careerlink.db import Base, created_at_column, foreign_key, public_id_column
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.partners import contacts
from careerlink.partners.models import ContactAtPartner, PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement, Supervision
from careerlink.tokens import AccessLink


class Signatory(Base):
    """Named, then verified (has a contact) or declined; one at a time for a placement."""

    __tablename__ = "signatory"
    __table_args__ = (
        sa.Index(
            "uq_signatory_current",
            "placement_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    """As the supervisor gave it; nothing is mailed there before staff have verified it."""
    named_by_id: Mapped[int | None] = foreign_key("partner_contact.id")
    named_by: Mapped[PartnerContact | None] = relationship(foreign_keys=[named_by_id])
    named_at: Mapped[datetime] = created_at_column()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship(foreign_keys=[contact_id])
    """The person on file, from when staff have verified the address."""
    settled_by_id: Mapped[int | None] = foreign_key("person.id")
    settled_by: Mapped[Person | None] = relationship()
    declined_reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    @property
    def institution_id(self) -> int:
        return self.placement.institution_id


def current(session: Session, placement_id: int) -> Signatory | None:
    return session.scalar(
        select(Signatory)
        .where(Signatory.placement_id == placement_id, Signatory.ended_at.is_(None))
        .options(joinedload(Signatory.contact), joinedload(Signatory.named_by))
    )


def last_declined(session: Session, placement_id: int) -> Signatory | None:
    """The latest that staff could not verify, unless somebody else was named since."""
    latest = session.scalar(
        select(Signatory)
        .where(Signatory.placement_id == placement_id)
        .order_by(Signatory.id.desc())
        .limit(1)
    )
    return latest if latest is not None and latest.declined_reason else None


def signs(session: Session, placement_id: int, contact_id: int) -> bool:
    """Whether this person signs for the partner now, and staff have verified who they are."""
    found = current(session, placement_id)
    return found is not None and found.contact_id == contact_id


def name_signatory(
    session: Session, placement: Placement, *, name: str, title: str, email: str, actor: Actor
) -> Signatory:
    """The supervisor says who signs; from then on the plan waits for that person, too."""
    require_open(actor, placement)
    if not actor.supervises(placement.id) or signs(
        session, placement.id, actor.contact_id or 0
    ):
        raise NotPermitted("The supervisor says who signs for the company.")
    # A second press finds what the first one named.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    if (named := current(session, placement.id)) is not None:
        return named
    address = email.strip().lower()
    if address in _supervisors_addresses(session, placement.id):
        raise InvalidInput("This is the supervisor’s own address.", field="email")
    signatory = Signatory(
        placement=placement,
        placement_id=placement.id,
        name=name.strip(),
        title=title.strip(),
        email=address,
        named_by_id=actor.contact_id,
        named_at=clock.now(),
    )
    session.add(signatory)
    session.flush()
    audit.record(session, "signatory:name", signatory, actor=actor, placement=placement.id)
    return signatory


def verify(session: Session, signatory: Signatory, *, how: str, actor: Actor) -> PartnerContact:
    """Staff say how they know that the address is this person's; links may go there then."""
    _only_open(signatory, actor)
    partner = signatory.placement.partner
    contact = session.scalar(
        select(PartnerContact).where(
            PartnerContact.institution_id == partner.institution_id,
            PartnerContact.email == signatory.email,
        )
    )
    if contact is None or not _is_at(session, contact, partner.id):
        contact = contacts.add_contact(
            session,
            partner,
            actor=actor,
            name=signatory.name,
            email=signatory.email,
            title=signatory.title,
        )
    contacts.verify_contact(session, contact, actor=actor, how=how)
    signatory.contact, signatory.contact_id = contact, contact.id
    signatory.settled_by_id = actor.person_id
    session.flush()
    audit.record(session, "signatory:verify", signatory, actor=actor, contact=contact.id)
    return contact


def decline(session: Session, signatory: Signatory, *, reason: str, actor: Actor) -> None:
    _only_open(signatory, actor)
    if not reason.strip():
        raise InvalidInput("Write a reason for the supervisor.", field="reason")
    signatory.declined_reason, signatory.ended_at = reason.strip(), clock.now()
    signatory.settled_by_id = actor.person_id
    session.flush()
    audit.record(session, "signatory:decline", signatory, actor=actor)


def withdraw(session: Session, signatory: Signatory, *, actor: Actor) -> None:
    """The supervisor signs alone after all; what was sent there opens nothing any more."""
    placement_id = signatory.placement_id
    is_supervisor = actor.supervises(placement_id) and actor.contact_id != signatory.contact_id
    if not (is_supervisor or _is_office(signatory, actor)):
        raise NotPermitted("The supervisor or career staff say who signs.")
    require_open(actor, signatory.placement)
    if signatory.ended_at is not None:
        return
    signatory.ended_at = clock.now()
    for link in session.scalars(
        select(AccessLink).where(
            AccessLink.placement_id == placement_id,
            AccessLink.contact_id == signatory.contact_id,
            AccessLink.revoked_at.is_(None),
        )
    ):
        tokens.revoke(session, link, actor=actor, reason="signs no longer for the company")
    session.flush()
    audit.record(session, "signatory:withdraw", signatory, actor=actor)


def _only_open(signatory: Signatory, actor: Actor) -> None:
    if not _is_office(signatory, actor):
        raise NotPermitted("Career staff verify who signs for a company.")
    require_open(actor, signatory.placement)
    if signatory.ended_at is not None or signatory.contact_id is not None:
        raise NotPossible("This was answered already.")


def _is_office(signatory: Signatory, actor: Actor) -> bool:
    return actor.is_staff and actor.institution_id == signatory.placement.institution_id


def _supervisors_addresses(session: Session, placement_id: int) -> set[str]:
    return set(
        session.scalars(
            select(PartnerContact.email)
            .join(Supervision, Supervision.contact_id == PartnerContact.id)
            .where(Supervision.placement_id == placement_id, Supervision.ended_at.is_(None))
        )
    )


def _is_at(session: Session, contact: PartnerContact, partner_id: int) -> bool:
    return (
        session.scalar(
            select(ContactAtPartner.id).where(
                ContactAtPartner.partner_id == partner_id,
                ContactAtPartner.contact_id == contact.id,
            )
        )
        is not None
    )
