"""People, what an institution lets them do, and their signed-in sessions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.roles import CourseRole
from careerlink.db import Base, created_at_column, enum_column, foreign_key, public_id_column
from careerlink.institutions.models import Institution


class OfficeRole(StrEnum):
    STAFF = "staff"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Person(Base):
    """Somebody known by an LMS account or campus sign-in; supervisors are contacts instead."""

    __tablename__ = "person"

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    public_id: Mapped[str] = public_id_column()
    name: Mapped[str | None]
    """As the platform gives it; absent where its privacy settings withhold it."""
    email: Mapped[str | None] = mapped_column(index=True)
    """As the platform gives it. Rights hang on this one, never on one that a person names."""
    own_email: Mapped[str | None]
    """An address that this person named and confirmed; mail goes here first."""
    own_email_at: Mapped[datetime | None]
    sis_id: Mapped[str | None] = mapped_column(index=True)
    locale: Mapped[str | None] = mapped_column(sa.String(16))
    time_zone: Mapped[str | None] = mapped_column(sa.String(64))
    campus_subject: Mapped[str | None] = mapped_column(unique=True)
    """``issuer sub`` of the campus account; absent for people known by launches only."""
    is_test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created_at_column()

    @property
    def mail_address(self) -> str | None:
        return self.own_email or self.email

    @property
    def label(self) -> str:
        """The name on screen, or a neutral one that stays the same ("Learner 7f3a")."""
        return self.name or f"Learner {self.public_id[:4]}"


class AddressConfirmation(Base):
    """An address that a person named; it counts once they type the code that was mailed there.

    The code is made from ``public_id`` with the server's secret: the database alone opens
    nothing.
    """

    __tablename__ = "address_confirmation"

    person_id: Mapped[int] = foreign_key("person.id")
    public_id: Mapped[str] = public_id_column()
    address: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = created_at_column()
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class PersonRole(Base):
    """A role in the career office, granted by the institution and never by a platform."""

    __tablename__ = "person_role"
    __table_args__ = (
        sa.Index(
            "uq_person_role_granted",
            "institution_id",
            "email",
            "role",
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    email: Mapped[str]
    """Lower case. The grant waits here until the first sign-in with this address takes it."""
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    role: Mapped[OfficeRole] = enum_column(OfficeRole)
    granted_by_id: Mapped[int | None] = foreign_key("person.id")
    granted_at: Mapped[datetime] = created_at_column()
    taken_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class LoginSession(Base):
    """A signed-in browser. The cookie holds a random value, this row only its hash."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    access_link_id: Mapped[int | None] = foreign_key("access_link.id")
    """Set instead of a person when a supervisor continued from a link."""
    browser_hash: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    """Sessions of one person in one browser, such as two frames of a course page, have one."""
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    created_at: Mapped[datetime] = created_at_column()
    seen_at: Mapped[datetime] = created_at_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LoginSessionCourse(Base):
    """The role that this session's latest launch gave in one course."""

    __tablename__ = "login_session_course"
    __table_args__ = (sa.UniqueConstraint("login_session_id", "course_id"),)

    login_session_id: Mapped[int] = mapped_column(
        sa.ForeignKey("login_session.id", ondelete="CASCADE")
    )
    course_id: Mapped[int] = foreign_key("course.id")
    role: Mapped[CourseRole] = enum_column(CourseRole)
    launched_at: Mapped[datetime] = created_at_column()
    """When the LMS last vouched for it; handed over to later sessions as it is."""
