"""What is said about a plan, field by field, and which text each reader has seen."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import Base, created_at_column, enum_column, foreign_key, public_id_column
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from credit.agreements.models import LearningAgreement
from credit.agreements.signature_models import Party


class CommentState(StrEnum):
    OPEN = "open"
    CHANGED = "changed"
    """The student has changed the field since."""
    ACCEPTED = "accepted"
    """The words that were proposed stand there now."""
    ANSWERED = "answered"


class AgreementComment(Base):
    """One remark on one field, made when the plan was sent back; the student settles it."""

    __tablename__ = "agreement_comment"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (contact_id IS NULL)", name="one_author"),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_dated"),
    )

    agreement_id: Mapped[int] = foreign_key("learning_agreement.id")
    agreement: Mapped[LearningAgreement] = relationship()
    public_id: Mapped[str] = public_id_column()
    field: Mapped[str] = mapped_column(sa.String(64))
    """A key of ``agreements.fields``, or ``objective-`` and the objective's lineage."""
    party: Mapped[Party] = enum_column(Party)
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    text: Mapped[str] = mapped_column(default="")
    proposal: Mapped[str] = mapped_column(default="")
    """Words that the author would have there instead."""
    document_hash: Mapped[str] = mapped_column(sa.String(64))
    """Of the text that the remark is about."""
    made_at: Mapped[datetime] = created_at_column()
    state: Mapped[CommentState] = enum_column(CommentState, default=CommentState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]


class AgreementLook(Base):
    """When somebody first had a text on their screen; the next shows them what changed."""

    __tablename__ = "agreement_look"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "person_id", "document_hash"),
        sa.UniqueConstraint("agreement_id", "contact_id", "document_hash"),
        sa.CheckConstraint("(person_id IS NULL) <> (contact_id IS NULL)", name="one_reader"),
    )

    agreement_id: Mapped[int] = foreign_key("learning_agreement.id", index=False)
    person_id: Mapped[int | None] = foreign_key("person.id")
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    document_hash: Mapped[str] = mapped_column(sa.String(64))
    document_id: Mapped[int] = foreign_key("erasable_text.id")
    document: Mapped[ErasableText] = relationship()
    seen_at: Mapped[datetime] = created_at_column()
