"""What a person wants to hear by mail, and which mail came back."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, created_at_column, enum_column, foreign_key
from careerlink.outbox import OutboxMessage


class NotificationPreference(Base):
    __tablename__ = "notification_preference"
    __table_args__ = (sa.UniqueConstraint("person_id", "event"),)

    person_id: Mapped[int] = foreign_key("person.id", index=False)
    event: Mapped[str] = mapped_column(sa.String(48))
    by_mail: Mapped[bool] = mapped_column(default=True)


class BounceKind(StrEnum):
    HARD = "hard"
    """The address does not work: nothing is sent there until staff have corrected it."""
    SOFT = "soft"
    """Full, busy or delayed: noted only."""


class MailBounce(Base):
    """What a mail server told us about one mail and one address."""

    __tablename__ = "mail_bounce"
    __table_args__ = (
        sa.Index(
            "ix_mail_bounce_open",
            "institution_id",
            "address",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    message_id: Mapped[int] = foreign_key("outbox_message.id")
    message: Mapped[OutboxMessage] = relationship()
    address: Mapped[str]
    """Lower case, as the mail was sent to."""
    kind: Mapped[BounceKind] = enum_column(BounceKind)
    status: Mapped[str] = mapped_column(sa.String(16), default="")
    """RFC 3463, such as 5.1.1; empty where the report names none."""
    said: Mapped[str] = mapped_column(default="")
    """The server's words, shortened, for staff."""
    is_proven: Mapped[bool] = mapped_column(default=False)
    """It names our mail by its mark, which nobody else can make; only then mail stops."""
    report_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Hash of the report and the address: read twice, it counts once."""
    reported_at: Mapped[datetime] = created_at_column()
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = foreign_key("person.id")


class MailboxReading(Base):
    """When the mailbox of delivery reports was read, and what kept us from it."""

    __tablename__ = "mailbox_reading"

    mailbox: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Hash of its address."""
    due_at: Mapped[datetime] = created_at_column()
    """Whoever moves it ahead reads; all workers share the row."""
    read_at: Mapped[datetime | None]
    failed_since: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
