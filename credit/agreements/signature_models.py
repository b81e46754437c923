"""Who signed which words of an agreement, when, and what they said of ties."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import APPEND_ONLY, Base, created_at_column, enum_column, foreign_key
from careerlink.files.models import Attachment
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person


class Party(StrEnum):
    STUDENT = "student"
    SUPERVISOR = "supervisor"
    COMPANY = "company"
    """Whoever signs for the partner, where the supervisor may not; else nobody."""
    INSTRUCTOR = "instructor"


class Conflict(StrEnum):
    """What a signer says of ties between the student's side and the partner's."""

    NONE = "none"
    DECLARED = "declared"


class AgreementSignature(Base):
    """Append-only. A signature counts as long as the part of the text that binds its party
    is word for word the one that was signed."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        sa.UniqueConstraint(
            "agreement_id",
            "party",
            "document_hash",
            "person_id",
            name="uq_agreement_signature_person",
        ),
        sa.UniqueConstraint(
            "agreement_id",
            "party",
            "document_hash",
            "contact_id",
            name="uq_agreement_signature_contact",
        ),
        sa.CheckConstraint("(person_id IS NULL) <> (contact_id IS NULL)", name="one_signer"),
        APPEND_ONLY,
    )

    agreement_id: Mapped[int] = foreign_key("learning_agreement.id", index=False)
    party: Mapped[Party] = enum_column(Party)
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    name_id: Mapped[int] = foreign_key("erasable_text.id")
    name: Mapped[ErasableText] = relationship(foreign_keys=[name_id])
    """The name as typed."""
    method: Mapped[str] = mapped_column(sa.String(32))
    """``lms`` for a signed-in person, ``link`` by mail, ``paper`` as recorded by staff."""
    document_hash: Mapped[str] = mapped_column(sa.String(64))
    part_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    """Of what binds this party in that text (``document.part_hash``); empty on the oldest."""
    document_id: Mapped[int] = foreign_key("erasable_text.id")
    document: Mapped[ErasableText] = relationship(foreign_keys=[document_id])
    """The text that was signed; kept when the agreement is written anew."""
    signed_at: Mapped[datetime] = created_at_column()
    conflict: Mapped[Conflict | None] = enum_column(Conflict)
    """Absent where nobody asked: on paper, and before the question was there."""
    conflict_note_id: Mapped[int | None] = foreign_key("erasable_text.id")
    conflict_note: Mapped[ErasableText | None] = relationship(foreign_keys=[conflict_note_id])
    attachment_id: Mapped[int | None] = foreign_key("attachment.id")
    attachment: Mapped[Attachment | None] = relationship()
    """The original of a signature on paper."""
    recorded_by_id: Mapped[int | None] = foreign_key("person.id")
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
