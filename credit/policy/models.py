"""Credit policy as data: versioned, chosen by course, frozen on the case when it opens."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    foreign_key,
    public_id_column,
)
from careerlink.institutions.models import Term


class CreditPolicyVersion(Base):
    """Never changed once written; a change is a further version."""

    __tablename__ = "credit_policy_version"
    __table_args__ = (sa.UniqueConstraint("institution_id", "name", "number"), APPEND_ONLY)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    public_id: Mapped[str] = public_id_column()
    name: Mapped[str]
    number: Mapped[int]
    parameters: Mapped[dict[str, Any]]
    """As ``credit.policy.parameters.Parameters`` reads it."""
    source: Mapped[str]
    """Document that sets these numbers, shown beside every result."""
    note: Mapped[str] = mapped_column(default="")
    """Why there is this version, in the words of whoever published it."""
    created_by_id: Mapped[int | None] = foreign_key("person.id")
    created_at: Mapped[datetime] = created_at_column()


class CoursePolicy(Base):
    __tablename__ = "course_policy"
    __table_args__ = (
        sa.Index(
            "uq_course_policy_current",
            "course_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    policy_version_id: Mapped[int] = foreign_key("credit_policy_version.id")
    policy_version: Mapped[CreditPolicyVersion] = relationship()
    chosen_by_id: Mapped[int | None] = foreign_key("person.id")
    chosen_at: Mapped[datetime] = created_at_column()
    ended_at: Mapped[datetime | None]


class DefaultPolicy(Base):
    """What cases open under where a course chose nothing: in one term, or in every other."""

    __tablename__ = "default_policy"
    __table_args__ = (
        sa.Index(
            "uq_default_policy_term",
            "term_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND term_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND term_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_default_policy_usual",
            "institution_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND term_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND term_id IS NULL"),
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    term_id: Mapped[int | None] = foreign_key("term.id")
    term: Mapped[Term | None] = relationship()
    policy_version_id: Mapped[int] = foreign_key("credit_policy_version.id")
    policy_version: Mapped[CreditPolicyVersion] = relationship()
    chosen_by_id: Mapped[int | None] = foreign_key("person.id")
    chosen_at: Mapped[datetime] = created_at_column()
    ended_at: Mapped[datetime | None]
