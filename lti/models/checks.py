"""What the self-test of a registration found, the latest of each service."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from careerlink.db import Base, enum_column, foreign_key


class CheckedService(StrEnum):
    """Kept are those that a check asks; launches and deep links are read off what came in."""

    KEYS = "keys"
    PLATFORM_KEYS = "platform_keys"
    ACCESS = "access"
    ROSTER = "roster"
    GRADES = "grades"
    MAIL = "mail"
    FRAME = "frame"


class CheckOutcome(StrEnum):
    WORKS = "works"
    FAILS = "fails"
    UNKNOWN = "unknown"
    """Nothing to ask yet, such as a course; neither good nor bad."""


class LtiServiceCheck(Base):
    __tablename__ = "lti_service_check"
    __table_args__ = (sa.UniqueConstraint("registration_id", "service"),)

    registration_id: Mapped[int] = foreign_key("lti_registration.id", index=False)
    service: Mapped[CheckedService] = enum_column(CheckedService)
    outcome: Mapped[CheckOutcome] = enum_column(CheckOutcome)
    told: Mapped[str] = mapped_column(default="")
    """What was found, without tokens and without anything about people."""
    remedy: Mapped[str] = mapped_column(sa.String(48), default="")
    """Key of what helps, see ``desk.remedies``."""
    checked_at: Mapped[datetime]
