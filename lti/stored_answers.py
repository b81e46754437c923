"""What platforms gave us for a while, kept where all processes find it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from careerlink.db import Base, foreign_key


class LtiKeyCache(Base):
    """A platform's key set, shared by all processes."""

    __tablename__ = "lti_key_cache"

    url: Mapped[str] = mapped_column(unique=True)
    key_set: Mapped[str] = mapped_column(default="")
    fetched_at: Mapped[datetime | None]
    fresh_until: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]


class LtiToken(Base):
    """An access token for one registration and set of scopes, encrypted, for all processes."""

    __tablename__ = "lti_token"
    __table_args__ = (sa.UniqueConstraint("registration_id", "scopes"),)

    registration_id: Mapped[int] = foreign_key("lti_registration.id", index=False)
    scopes: Mapped[str]
    """Sorted and space-separated."""
    access_token: Mapped[str]
    expires_at: Mapped[datetime]
