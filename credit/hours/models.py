"""Hours as reported, confirmed, and ruled upon; each figure is kept."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement


class EntryState(StrEnum):
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class HoursEntry(Base):
    __tablename__ = "hours_entry"
    __table_args__ = (
        sa.CheckConstraint("minutes BETWEEN 15 AND 1440", name="one_day"),
        sa.CheckConstraint("minutes % 15 = 0", name="quarter_steps"),
        sa.Index("ix_hours_entry_placement_worked_on", "placement_id", "worked_on"),
    )

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    worked_on: Mapped[date]
    minutes: Mapped[int]
    task: Mapped[str]
    objective_lineage: Mapped[str | None] = mapped_column(sa.String(16))
    state: Mapped[EntryState] = state_column(EntryState, EntryState.REPORTED)
    state_since: Mapped[datetime] = created_at_column()
    removed_at: Mapped[datetime | None]
    """Taken back by the student before anybody confirmed; kept for the history."""
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = created_at_column()

    __mapper_args__ = {"version_id_col": version}


class HoursConfirmation(Base):
    """Append-only: what the supervisor says the total is, beside what was reported then."""

    __tablename__ = "hours_confirmation"
    __table_args__ = (
        sa.CheckConstraint("reported_minutes >= 0", name="reported"),
        sa.CheckConstraint("confirmed_minutes >= 0", name="confirmed"),
        APPEND_ONLY,
    )

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    person_id: Mapped[int | None] = foreign_key("person.id")
    """Staff who transcribed it; otherwise absent."""
    person: Mapped[Person | None] = relationship()
    reported_minutes: Mapped[int]
    confirmed_minutes: Mapped[int]
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    """The dates of this supervisor where somebody else guided the rest; empty for all of it."""
    note_id: Mapped[int | None] = foreign_key("erasable_text.id")
    note: Mapped[ErasableText | None] = relationship()
    confirmed_at: Mapped[datetime] = created_at_column()


class HoursRuling(Base):
    """Append-only: the instructor's word over both figures."""

    __tablename__ = "hours_ruling"
    __table_args__ = (sa.CheckConstraint("minutes >= 0", name="minutes"), APPEND_ONLY)

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    minutes: Mapped[int]
    ruled_by_id: Mapped[int] = foreign_key("person.id")
    ruled_by: Mapped[Person] = relationship()
    reason_id: Mapped[int] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText] = relationship()
    ruled_at: Mapped[datetime] = created_at_column()


class HoursCorrection(Base):
    """Append-only: an entry that was confirmed already and is changed with a reason."""

    __tablename__ = "hours_correction"
    __table_args__ = (
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name="one_day"),
        APPEND_ONLY,
    )

    entry_id: Mapped[int] = foreign_key("hours_entry.id")
    entry: Mapped[HoursEntry] = relationship()
    was_worked_on: Mapped[date]
    was_minutes: Mapped[int]
    worked_on: Mapped[date]
    minutes: Mapped[int]
    """0: the entry counts no more."""
    reason_id: Mapped[int] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText] = relationship()
    corrected_at: Mapped[datetime] = created_at_column()


class HoursDispute(Base):
    """One side asks the instructor to rule, in words; both figures of that day stay beside."""

    __tablename__ = "hours_dispute"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (contact_id IS NULL)", name="one_side"),
        sa.Index(
            "uq_hours_dispute_student",
            "placement_id",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL AND person_id IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND person_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_hours_dispute_supervisor",
            "placement_id",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL AND contact_id IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND contact_id IS NOT NULL"),
        ),
    )

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    reported_minutes: Mapped[int]
    confirmed_minutes: Mapped[int | None]
    words_id: Mapped[int] = foreign_key("erasable_text.id")
    words: Mapped[ErasableText] = relationship()
    opened_at: Mapped[datetime] = created_at_column()
    settled_at: Mapped[datetime | None]
    ruling_id: Mapped[int | None] = foreign_key("hours_ruling.id")
    """Absent beside ``settled_at``: whoever asked took it back."""
    ruling: Mapped[HoursRuling | None] = relationship()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
