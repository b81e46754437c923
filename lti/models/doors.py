"""How platforms and people come in: keys, logins that wait, invitations to register."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from careerlink.db import Base, created_at_column, foreign_key, public_id_column


class LtiSigningKey(Base):
    """Our own keys; the private part is encrypted under the server's secret."""

    __tablename__ = "lti_signing_key"

    kid: Mapped[str] = mapped_column(sa.String(64), unique=True)
    private_key: Mapped[str]
    public_jwk: Mapped[str]
    created_at: Mapped[datetime] = created_at_column()
    signs_from: Mapped[datetime] = created_at_column()
    retires_at: Mapped[datetime | None]


class LtiLogin(Base):
    """A login that waits for its launch. Hashes only; spent once, after the signature."""

    __tablename__ = "lti_login"

    registration_id: Mapped[int] = foreign_key("lti_registration.id")
    state_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    nonce_hash: Mapped[str] = mapped_column(sa.String(64))
    browser_hash: Mapped[str] = mapped_column(sa.String(64))
    deployment_hint: Mapped[str | None] = mapped_column(sa.String(255))
    asked: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """The login request as it came, to begin it again in a new tab."""
    created_at: Mapped[datetime] = created_at_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)
    spent_at: Mapped[datetime | None]


class LtiRegistrationInvitation(Base):
    __tablename__ = "lti_registration_invitation"

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    """While a platform is being asked, nobody else may use the same invitation."""
    used_at: Mapped[datetime | None]
    registration_id: Mapped[int | None] = foreign_key("lti_registration.id")
    created_by_id: Mapped[int | None] = foreign_key("person.id")
    created_at: Mapped[datetime] = created_at_column()
