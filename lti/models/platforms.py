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
    state_since: Mapped[datetime | None]
    """Absent where nobody has moved it since the registration was made."""
    succeeds_id: Mapped[int | None] = foreign_key("lti_registration.id")
    """The registration that the LMS admin deleted and added anew as this one."""
    frame_origins: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Origins that may frame our pages, as the operator gave them."""
    account_name: Mapped[str] = mapped_column(default="")
    """What the platform calls the school or account, where it registered by itself."""
    account_guid: Mapped[str] = mapped_column(default="")
    scopes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Granted when it registered by itself; launches tell what is granted now."""
    created_at: Mapped[datetime] = created_at_column()
    last_launch_at: Mapped[datetime | None]
    last_refusal: Mapped[str] = mapped_column(sa.String(48), default="")
    """Reason code of the launch that was refused last."""
    last_refused_at: Mapped[datetime | None]
    old_address_seen_at: Mapped[datetime | None]
    """When a launch last came by one of the addresses that CareerLink had before."""
    role_map: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    """Role names of this platform, and the course role that each gives in place of ours."""
    allows_anonymous: Mapped[bool] = mapped_column(default=False)
    """Launches without a user open a page that only shows projects."""


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
    state_since: Mapped[datetime | None]
    platform_guid: Mapped[str] = mapped_column(default="")
    platform_name: Mapped[str] = mapped_column(default="")
    frame_origins: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Origins learned from verified launches."""
    notices_url: Mapped[str] = mapped_column(default="")
    """Where this deployment takes subscriptions to notices, as the last launch said."""
    notice_handler: Mapped[str] = mapped_column(default="")
    """The address of ours that notices were asked to be sent to."""
    notices_asked_at: Mapped[datetime | None]
    notices_set_at: Mapped[datetime | None]
    notices_confirmed_at: Mapped[datetime | None]
    """A greeting has arrived."""
    notices_problem: Mapped[str] = mapped_column(default="")
    """Why the platform sends none, in words for staff."""
    created_at: Mapped[datetime] = created_at_column()
