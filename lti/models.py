"""Platforms, their deployments and contexts, and what they told us."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.institutions.models import Institution
from careerlink.people.models import Person
from lti.stored_answers import LtiKeyCache, LtiToken

CACHES = (LtiKeyCache, LtiToken)  # whoever imports the models has all tables


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


class LtiUser(Base):
    """An LMS account: registration, institution and ``sub``; never an e-mail address."""

    __tablename__ = "lti_user"
    __table_args__ = (sa.UniqueConstraint("registration_id", "institution_id", "sub"),)

    registration_id: Mapped[int] = foreign_key("lti_registration.id", index=False)
    registration: Mapped[LtiRegistration] = relationship()
    institution_id: Mapped[int] = foreign_key("institution.id")
    sub: Mapped[str] = mapped_column(sa.String(255))
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship()
    is_test: Mapped[bool] = mapped_column(default=False)
    last_launch_at: Mapped[datetime | None]


class LtiContext(Base):
    __tablename__ = "lti_context"
    __table_args__ = (sa.UniqueConstraint("deployment_id", "context_id"),)

    deployment_id: Mapped[int] = foreign_key("lti_deployment.id", index=False)
    deployment: Mapped[LtiDeployment] = relationship()
    context_id: Mapped[str] = mapped_column(sa.String(255))
    course_id: Mapped[int] = foreign_key("course.id")
    course: Mapped[Course] = relationship()
    label: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    history: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Contexts that this one was copied from, nearest first ($Context.id.history)."""
    memberships_url: Mapped[str] = mapped_column(default="")
    lineitems_url: Mapped[str] = mapped_column(default="")
    scopes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    roster_read_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created_at_column()


class LtiMembership(Base):
    """One account in one context, as this platform's launches and roster say it."""

    __tablename__ = "lti_membership"
    __table_args__ = (sa.UniqueConstraint("context_id", "lti_user_id"),)

    context_id: Mapped[int] = foreign_key("lti_context.id", index=False)
    context: Mapped[LtiContext] = relationship()
    lti_user_id: Mapped[int] = foreign_key("lti_user.id")
    lti_user: Mapped[LtiUser] = relationship()
    launch_role: Mapped[CourseRole | None] = enum_column(CourseRole)
    roster_role: Mapped[CourseRole | None] = enum_column(CourseRole, check="roster_role")
    """``None``: no roster has listed this account."""
    in_roster: Mapped[bool | None]
    """``None``: never listed; ``False``: listed once, gone now."""
    seen_at: Mapped[datetime] = created_at_column()


class LtiResourceLink(Base):
    __tablename__ = "lti_resource_link"
    __table_args__ = (sa.UniqueConstraint("context_id", "resource_link_id"),)

    context_id: Mapped[int] = foreign_key("lti_context.id", index=False)
    context: Mapped[LtiContext] = relationship()
    resource_link_id: Mapped[str] = mapped_column(sa.String(255))
    title: Mapped[str] = mapped_column(default="")
    content: Mapped[str] = mapped_column(default="")
    """What the link opens, from its ``custom`` claim, such as ``board`` or ``credit``."""
    created_at: Mapped[datetime] = created_at_column()


class LtiLineItem(Base):
    __tablename__ = "lti_line_item"
    __table_args__ = (
        sa.UniqueConstraint("context_id", "url"),
        sa.CheckConstraint("score_maximum_thousandths > 0", name="maximum"),
    )

    context_id: Mapped[int] = foreign_key("lti_context.id", index=False)
    context: Mapped[LtiContext] = relationship()
    resource_link_id: Mapped[int | None] = foreign_key("lti_resource_link.id")
    url: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    resource_id: Mapped[str] = mapped_column(sa.String(255), default="")
    tag: Mapped[str] = mapped_column(sa.String(255), default="")
    score_maximum_thousandths: Mapped[int] = mapped_column(default=100_000)
    last_timestamp: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created_at_column()


class LtiScore(Base):
    """What we last asked a platform to show for one account in one column, and its answer."""

    __tablename__ = "lti_score"
    __table_args__ = (sa.UniqueConstraint("context_id", "lti_user_id", "resource_id"),)

    context_id: Mapped[int] = foreign_key("lti_context.id", index=False)
    context: Mapped[LtiContext] = relationship()
    lti_user_id: Mapped[int] = foreign_key("lti_user.id")
    lti_user: Mapped[LtiUser] = relationship()
    resource_id: Mapped[str] = mapped_column(sa.String(255))
    """Names the column: one a purpose in a context, so that it survives a course copy."""
    line_item_id: Mapped[int | None] = foreign_key("lti_line_item.id")
    line_item: Mapped[LtiLineItem | None] = relationship()
    outbox_message_id: Mapped[int | None] = foreign_key("outbox_message.id")
    label: Mapped[str] = mapped_column(default="")
    """Names the column where one has to be made."""
    timestamp: Mapped[datetime]
    """Strictly increasing, whole seconds: Moodle refuses an equal one."""
    given_thousandths: Mapped[int | None]
    maximum_thousandths: Mapped[int] = mapped_column(default=100_000)
    comment: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    """The platform's last word, for instructor and staff: no names, no bodies."""
    applied_at: Mapped[datetime | None]
    platform_thousandths: Mapped[int | None]
    """What the platform showed when we last read it back, on the scale of ``maximum``."""
    overridden_at: Mapped[datetime | None]
    posting_since: Mapped[datetime | None]
    """Set before a post and emptied with its answer: while it is set, the platform may have
    stored ``posting_thousandths`` or not, and is asked before anything is posted again."""
    posting_thousandths: Mapped[int | None]


class LtiRegistrationInvitation(Base):
    __tablename__ = "lti_registration_invitation"

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    registration_id: Mapped[int | None] = foreign_key("lti_registration.id")
    created_at: Mapped[datetime] = created_at_column()
