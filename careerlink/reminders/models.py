"""What each ladder has said about a subject so far, and the mails that it went out with."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import APPEND_ONLY, Base, created_at_column, enum_column, foreign_key
from careerlink.institutions.models import Institution
from careerlink.outbox import OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from careerlink.reminders.ladders import Whom


class ReminderTrack(Base):
    """One subject on one ladder: where it stands and when it is looked at next."""

    __tablename__ = "reminder_track"
    __table_args__ = (sa.UniqueConstraint("ladder", "subject_id"),)

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    ladder: Mapped[str] = mapped_column(sa.String(32))
    subject_id: Mapped[int]
    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    """Who is asked in this round; somebody else begins a round of their own."""
    contact: Mapped[PartnerContact | None] = relationship()
    round: Mapped[int] = mapped_column(default=1)
    anchor_on: Mapped[date]
    """The day that the rungs count from, as it was known when the track was last looked at."""
    begun_on: Mapped[date]
    """The first day of this round: whoever takes over is asked anew from there."""
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    """When to look again; empty while it is paused, once it is done, and past the last rung."""
    held_because: Mapped[str] = mapped_column(sa.String(32), default="")
    """Why nothing can be said to the contact now, such as ``no_consent``; staff have a task."""
    held_since: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    pause_reason_id: Mapped[int | None] = foreign_key("erasable_text.id")
    pause_reason: Mapped[ErasableText | None] = relationship()
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created_at_column()


class ReminderState(StrEnum):
    DUE = "due"
    """Goes out with the next mail to its recipient."""
    MAILED = "mailed"
    SKIPPED = "skipped"
    """A later rung was due as well by the time that it could be said."""
    DROPPED = "dropped"
    """It was done, or could not be said any more, before the mail went out."""
    TASK = "task"
    """Stands on its reader's list until the subject is done."""


class Reminder(Base):
    """One rung that was reached, once for each recipient, whatever runs twice."""

    __tablename__ = "reminder"
    __table_args__ = (
        sa.UniqueConstraint("track_id", "round", "rung", "number", "recipient"),
        sa.CheckConstraint("contact_id IS NULL OR person_id IS NULL", name="one_recipient"),
        sa.Index("ix_reminder_state_send", "state", "send_at"),
    )

    track_id: Mapped[int] = foreign_key("reminder_track.id", index=False)
    track: Mapped[ReminderTrack] = relationship()
    round: Mapped[int]
    rung: Mapped[str] = mapped_column(sa.String(32))
    number: Mapped[int] = mapped_column(default=1)
    """Counts what people asked for by hand; rungs of the ladder are said once."""
    recipient: Mapped[str] = mapped_column(sa.String(32))
    """Such as ``contact:5``, ``person:7`` or ``staff``."""
    whom: Mapped[Whom] = enum_column(Whom)
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    state: Mapped[ReminderState] = enum_column(ReminderState)
    wording: Mapped[str] = mapped_column(sa.String(32))
    """The rung whose words were used: who was never asked is asked, not reminded."""
    due_on: Mapped[date]
    send_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = foreign_key("person.id")
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    """Who pressed the button; empty where the day brought it."""
    digest_id: Mapped[int | None] = foreign_key("reminder_digest.id")
    digest: Mapped["ReminderDigest | None"] = relationship()
    created_at: Mapped[datetime] = created_at_column()


class ReminderDigest(Base):
    """Everything that is said to one recipient on one of their days, in one mail."""

    __tablename__ = "reminder_digest"
    __table_args__ = (
        sa.CheckConstraint("(contact_id IS NULL) <> (person_id IS NULL)", name="one_recipient"),
        sa.UniqueConstraint("contact_id", "day"),
        sa.UniqueConstraint("person_id", "day"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id", index=False)
    contact: Mapped[PartnerContact | None] = relationship()
    person_id: Mapped[int | None] = foreign_key("person.id", index=False)
    person: Mapped[Person | None] = relationship()
    day: Mapped[date]
    message_id: Mapped[int | None] = foreign_key("outbox_message.id")
    message: Mapped[OutboxMessage | None] = relationship()
    created_at: Mapped[datetime] = created_at_column()


class ReminderSettings(Base):
    """Append-only: one version of an institution's own days and hours; the last one counts."""

    __tablename__ = "reminder_settings"
    __table_args__ = (sa.UniqueConstraint("institution_id", "number"), APPEND_ONLY)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    number: Mapped[int]
    ladders: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """By ladder and rung: ``{"days": 3, "is_on": true}``; what is missing keeps its default."""
    hours: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """``{"opens": 8, "closes": 18, "weekdays": [0, 1, 2, 3, 4]}``; empty for the default."""
    made_by_id: Mapped[int | None] = foreign_key("person.id")
    made_by: Mapped[Person | None] = relationship()
    made_at: Mapped[datetime] = created_at_column()
