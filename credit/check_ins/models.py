"""Short questions while the work runs: one each way, at days that hang on the placement."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import Base, created_at_column, enum_column, foreign_key, public_id_column
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement


class CheckInKind(StrEnum):
    FIRST_CONTACT = "first_contact"
    PROGRESS = "progress"


class Party(StrEnum):
    STUDENT = "student"
    SUPERVISOR = "supervisor"


class CheckInAnswer(StrEnum):
    ON_TRACK = "on_track"
    """Of a first contact: it took place."""
    NEEDS_ATTENTION = "needs_attention"
    NOT_HEARD_FROM = "not_heard_from"


RED = (CheckInAnswer.NEEDS_ATTENTION, CheckInAnswer.NOT_HEARD_FROM)


class CheckIn(Base):
    """One question to one side; the other side's has the same kind and number."""

    __tablename__ = "check_in"
    __table_args__ = (
        sa.UniqueConstraint("placement_id", "kind", "number", "party"),
        sa.CheckConstraint("(person_id IS NULL) OR (contact_id IS NULL)", name="one_author"),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_whole"),
        sa.Index("ix_check_in_open", "answered_at", "closed_at", "due_on"),
    )

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    kind: Mapped[CheckInKind] = enum_column(CheckInKind)
    number: Mapped[int] = mapped_column(default=1)
    party: Mapped[Party] = enum_column(Party)
    due_on: Mapped[date]
    """The day from which it is asked, by the campus's calendar."""
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    answer: Mapped[CheckInAnswer | None] = enum_column(CheckInAnswer)
    words_id: Mapped[int | None] = foreign_key("erasable_text.id")
    words: Mapped[ErasableText | None] = relationship()
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """Asked no more: the work ended, its dates moved, or the other side's word was enough."""
    version: Mapped[int] = mapped_column()
    planned_at: Mapped[datetime] = created_at_column()

    __mapper_args__ = {"version_id_col": version}
