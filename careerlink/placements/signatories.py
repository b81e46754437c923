"""Whoever signs for a partner where the supervisor may not: named, then verified by staff."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, created_at_column, foreign_key, public_id_column
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement


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
