"""Who and where: accounts, contexts, memberships and links of platforms."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Base, created_at_column, enum_column, foreign_key
from careerlink.people.models import Person
from lti.models.platforms import LtiDeployment, LtiRegistration


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
    course: Mapped[Course] = relationship(foreign_keys=[course_id])
    own_course_id: Mapped[int | None] = foreign_key("course.id")
    own_course: Mapped[Course | None] = relationship(foreign_keys=[own_course_id])
    """Its course before it was linked with the one that it belongs to now."""
    label: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    history: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Contexts that this one was copied from, nearest first ($Context.id.history)."""
    memberships_url: Mapped[str] = mapped_column(default="")
    lineitems_url: Mapped[str] = mapped_column(default="")
    scopes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    roster_read_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]
    """Since when the platform says that this course is over."""
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
