"""Drafts of a policy, and what they would have changed on cases that were decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
)
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from credit.cases.models import CreditCase, Decision
from credit.policy.models import CreditPolicyVersion


class PolicyDraft(Base):
    """A policy on its way: what was typed stays as typed until it is published."""

    __tablename__ = "policy_draft"

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    name: Mapped[str]
    based_on_id: Mapped[int | None] = foreign_key("credit_policy_version.id")
    """The newest version when the draft began; absent for a policy of a new name."""
    based_on: Mapped[CreditPolicyVersion | None] = relationship(foreign_keys=[based_on_id])
    answers: Mapped[dict[str, Any]]
    """By field of the form: the texts as typed, valid or not."""
    begun_by_id: Mapped[int | None] = foreign_key("person.id")
    created_at: Mapped[datetime] = created_at_column()
    changed_by_id: Mapped[int | None] = foreign_key("person.id")
    changed_by: Mapped[Person | None] = relationship(foreign_keys=[changed_by_id])
    changed_at: Mapped[datetime] = created_at_column()
    published_id: Mapped[int | None] = foreign_key("credit_policy_version.id")
    published: Mapped[CreditPolicyVersion | None] = relationship(foreign_keys=[published_id])
    closed_at: Mapped[datetime | None]
    """Published, or put away."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class PolicyDryRun(Base):
    """The decided cases of a term or a course, worked out once more under a draft.

    It reads what decisions froze and writes nothing but its own findings.
    """

    __tablename__ = "policy_dry_run"
    __table_args__ = (
        sa.CheckConstraint("(term_id IS NULL) <> (course_id IS NULL)", name="one_scope"),
        sa.CheckConstraint("looked_at >= 0 AND looked_at <= total", name="looked_at"),
    )

    public_id: Mapped[str] = public_id_column()
    draft_id: Mapped[int] = foreign_key("policy_draft.id")
    draft: Mapped[PolicyDraft] = relationship()
    parameters: Mapped[dict[str, Any]]
    """The draft's as they were when the run began."""
    term_id: Mapped[int | None] = foreign_key("term.id")
    term: Mapped[Term | None] = relationship()
    course_id: Mapped[int | None] = foreign_key("course.id")
    course: Mapped[Course | None] = relationship()
    last_decision_id: Mapped[int] = mapped_column(default=0)
    """Decisions after this one came later and are not looked at."""
    after_case_id: Mapped[int] = mapped_column(default=0)
    """The case that was looked at last; the next batch begins after it."""
    total: Mapped[int] = mapped_column(default=0)
    looked_at: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    not_checkable: Mapped[int] = mapped_column(default=0)
    begun_by_id: Mapped[int | None] = foreign_key("person.id")
    created_at: Mapped[datetime] = created_at_column()
    finished_at: Mapped[datetime | None]

    @property
    def scope_name(self) -> str:
        """Of the term or the course whose cases it looks at."""
        scope = self.term or self.course
        return scope.name if scope is not None else ""


class Finding(StrEnum):
    CHANGED = "changed"
    NOT_CHECKABLE = "not_checkable"


class PolicyDryRunRow(Base):
    """One case that would come out otherwise, or whose inputs lack what the draft asks."""

    __tablename__ = "policy_dry_run_row"
    __table_args__ = (sa.UniqueConstraint("dry_run_id", "credit_case_id"),)

    dry_run_id: Mapped[int] = mapped_column(
        sa.ForeignKey("policy_dry_run.id", ondelete="CASCADE")
    )
    credit_case_id: Mapped[int] = foreign_key("credit_case.id")
    credit_case: Mapped[CreditCase] = relationship()
    decision_id: Mapped[int] = foreign_key("decision.id")
    decision: Mapped[Decision] = relationship()
    finding: Mapped[Finding] = enum_column(Finding)
    before_thousandths: Mapped[int]
    after_thousandths: Mapped[int]
    reasons: Mapped[list[Any]]
    """Clause and sentence of every rule that makes the difference, or lacks its input."""
