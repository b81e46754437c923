"""The audit trail: one entry with every change, in the same transaction, sealed in blocks.

Entries hold ids, figures and hashes. Free text that a person may ask to have erased sits in
``erasable_text``; the entry keeps its salted hash, and ``verify`` then says "erased".
"""

import hashlib
import secrets
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from careerlink import clock
from careerlink.db import APPEND_ONLY, Base, created_at_column, foreign_key

if TYPE_CHECKING:
    from careerlink.people.actors import Actor


class ErasableText(Base):
    """Free text apart from the append-only row that refers to it, so that it can be erased."""

    __tablename__ = "erasable_text"
    __table_args__ = (
        sa.CheckConstraint("(text IS NULL) = (erased_at IS NOT NULL)", name="erased_whole"),
    )

    salt: Mapped[str] = mapped_column(sa.String(32))
    text: Mapped[str | None]
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = created_at_column()
    erased_at: Mapped[datetime | None]


class AuditEntry(Base):
    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.Index("ix_audit_entry_subject", "subject_type", "subject_id", "id"),
        sa.Index("ix_audit_entry_actor", "actor_id", "id"),
        APPEND_ONLY,
    )

    institution_id: Mapped[int | None] = foreign_key("institution.id")
    action: Mapped[str] = mapped_column(sa.String(64))
    """``subject:verb``."""
    subject_type: Mapped[str] = mapped_column(sa.String(48))
    subject_id: Mapped[int]
    actor_id: Mapped[int | None] = foreign_key("person.id", index=False)
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    before: Mapped[str | None] = mapped_column(sa.String(32))
    after: Mapped[str | None] = mapped_column(sa.String(32))
    reason_id: Mapped[int | None] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText | None] = relationship()
    reason_hash: Mapped[str | None] = mapped_column(sa.String(64))
    detail: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    recorded_at: Mapped[datetime] = created_at_column()


class AuditSeal(Base):
    """A block: which entries it holds, and an HMAC over them and the block before."""

    __tablename__ = "audit_seal"
    __table_args__ = (sa.UniqueConstraint("number"), APPEND_ONLY)

    number: Mapped[int]
    entry_ids: Mapped[list[Any]]
    entry_macs: Mapped[list[Any]]
    """One HMAC an entry, so that ``verify`` can name the one that was altered."""
    mac: Mapped[str] = mapped_column(sa.String(64))
    settled_id: Mapped[int] = mapped_column(default=0)
    """No unsealed entry has this id or a lower one, and none can appear there any more."""
    sealed_at: Mapped[datetime] = created_at_column()


def erasable(session: Session, text: str) -> ErasableText:
    salt = secrets.token_hex(16)
    row = ErasableText(salt=salt, text=text, text_hash=text_hash(salt, text))
    session.add(row)
    session.flush()
    return row


def erase(row: ErasableText) -> None:
    """Empty the text for good; what refers to it keeps the salted hash, which tells nothing."""
    row.text, row.erased_at = None, clock.now()


def text_hash(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def record(
    session: Session,
    action: str,
    subject: Base,
    *,
    actor: "Actor | None",
    before: StrEnum | str | None = None,
    after: StrEnum | str | None = None,
    reason: str = "",
    **detail: Any,
) -> AuditEntry:
    """Add an entry to the caller's transaction: no change, no entry, and the reverse.

    ``detail`` holds ids, figures and hashes only; names and free text do not belong there.
    """
    if subject.id is None:
        session.flush()
    text = erasable(session, reason) if reason else None
    entry = AuditEntry(
        institution_id=getattr(subject, "institution_id", None)
        or (actor.institution_id if actor is not None else None),
        action=action,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        actor_id=actor.person_id if actor is not None else None,
        contact_id=actor.contact_id if actor is not None else None,
        before=before,
        after=after,
        reason_id=text.id if text is not None else None,
        reason_hash=text.text_hash if text is not None else None,
        detail=detail,
        recorded_at=clock.now(),
    )
    session.add(entry)
    return entry
