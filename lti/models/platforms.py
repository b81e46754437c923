"""Platforms and their deployments."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, created_at_column, enum_column, foreign_key, state_column
from careerlink.institutions.models import Institution


class Family(StrEnum):
    CANVAS = "canvas"
    MOODLE = "moodle"
    OTHER = "other"


class RegistrationState(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    INACTIVE = "inactive"


class LtiRegistration(Base):
    __tablename__ = "lti_registration"
    __table_args__ = (sa.UniqueConstraint("issuer", "client_id"),)

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    name: Mapped[str]
    issuer: Mapped[str]
    client_id: Mapped[str]
    auth_url: Mapped[str]
    token_url: Mapped[str]
    jwks_url: Mapped[str]
    family: Mapped[Family] = enum_column(Family, default=Family.OTHER)
    state: Mapped[RegistrationState] = state_column(
        RegistrationState, RegistrationState.PENDING
    )
    succeeds_id: Mapped[int | None] = foreign_key("lti_registration.id")
    """The registration that the LMS admin deleted and added anew as this one."""
    frame_origins: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Origins that may frame our pages, as the operator gave them."""
    created_at: Mapped[datetime] = created_at_column()
    last_launch_at: Mapped[datetime | None]


class DeploymentState(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    INACTIVE = "inactive"


class LtiDeployment(Base):
    """The tenant boundary on hosted Canvas, whose one issuer serves every school."""

    __tablename__ = "lti_deployment"
    __table_args__ = (sa.UniqueConstraint("registration_id", "deployment_id"),)

    registration_id: Mapped[int] = foreign_key("lti_registration.id", index=False)
    registration: Mapped[LtiRegistration] = relationship()
    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    deployment_id: Mapped[str] = mapped_column(sa.String(255))
    state: Mapped[DeploymentState] = state_column(DeploymentState, DeploymentState.PENDING)
    platform_guid: Mapped[str] = mapped_column(default="")
    platform_name: Mapped[str] = mapped_column(default="")
    frame_origins: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Origins learned from verified launches."""
    created_at: Mapped[datetime] = created_at_column()
