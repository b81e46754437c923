"""Capability links: hashed, single-purpose, expiring, revocable.

The token is derived from the row's random public id with the server's secret, so that every
reminder can carry the same working link while the database alone opens nothing.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from careerlink import audit, clock
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    new_public_id,
    public_id_column,
)
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor

LIFETIME = timedelta(days=45)
TOKEN = re.compile(r"[A-Za-z0-9_-]{12}[0-9a-f]{40}")


class LinkPurpose(StrEnum):
    PLACEMENT = "placement"
    """Everything one supervisor does for one placement: sign, confirm hours, evaluate."""
    STUDENTS = "students"
    """The list of all open students of one contact."""
    STAND_IN = "stand_in"
    """The question to a colleague whether they could evaluate instead; it shows no record."""


class AccessLink(Base):
    __tablename__ = "access_link"
    __table_args__ = (
        sa.CheckConstraint(
            "(purpose = 'students') = (placement_id IS NULL)", name="purpose_bound"
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    purpose: Mapped[LinkPurpose] = enum_column(LinkPurpose)
    contact_id: Mapped[int] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact] = relationship()
    placement_id: Mapped[int | None] = foreign_key("placement.id")
    created_at: Mapped[datetime] = created_at_column()
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    """First time somebody pressed Continue; a GET, as mail scanners send, leaves it empty."""

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and clock.now() < self.expires_at


def issue(
    session: Session,
    *,
    secret: str,
    purpose: LinkPurpose,
    contact: PartnerContact,
    placement_id: int | None,
    actor: Actor,
    lifetime: timedelta = LIFETIME,
) -> AccessLink:
    """Return the open link for this contact, placement and purpose, or make one.

    Reused while it has more than a week to live, so that a person is not sent five addresses
    for one thing.
    """
    now = clock.now()
    link = session.scalar(
        select(AccessLink)
        .where(
            AccessLink.contact_id == contact.id,
            AccessLink.placement_id == placement_id
            if placement_id is not None
            else AccessLink.placement_id.is_(None),
            AccessLink.purpose == purpose,
            AccessLink.revoked_at.is_(None),
            AccessLink.expires_at > now + timedelta(days=7),
        )
        .order_by(AccessLink.id.desc())
        .limit(1)
    )
    if link is not None and hmac.compare_digest(
        link.token_hash, digest(token_of(link.public_id, secret))
    ):
        return link
    return _new(
        session,
        secret,
        institution_id=contact.institution_id,
        purpose=purpose,
        contact=contact,
        placement_id=placement_id,
        expires_at=now + lifetime,
        actor=actor,
    )


def _new(session: Session, secret: str, *, actor: Actor, **values: Any) -> AccessLink:
    link = AccessLink(token_hash="", **values)
    link.public_id = new_public_id()
    link.token_hash = digest(token_of(link.public_id, secret))
    session.add(link)
    session.flush()
    audit.record(session, "access_link:issue", link, actor=actor, contact=link.contact_id)
    return link


def token_of(public_id: str, secret: str) -> str:
    mac = hmac.new(secret.encode(), b"access-link:" + public_id.encode(), hashlib.sha256)
    return public_id + mac.hexdigest()[:40]


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(session: Session, token: str) -> AccessLink | None:
    """The link of ``token``, open or not; ``None`` for anything that was never issued."""
    if not TOKEN.fullmatch(token):
        return None
    return session.scalar(select(AccessLink).where(AccessLink.token_hash == digest(token)))


def revoke(session: Session, link: AccessLink, *, actor: Actor, reason: str) -> None:
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        audit.record(session, "access_link:revoke", link, actor=actor, reason=reason)
