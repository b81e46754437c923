"""Evaluations: the request, the filled-in versions, and each answer."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.courses.models import Course
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.files.models import Attachment
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.competencies.models import Competency, CompetencyWording
from credit.hours.models import HoursConfirmation


class EvaluationKind(StrEnum):
    MIDPOINT = "midpoint"
    FINAL = "final"


class Author(StrEnum):
    SUPERVISOR = "supervisor"
    STUDENT = "student"


class EvaluationState(StrEnum):
    REQUESTED = "requested"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    LAPSED = "lapsed"


class Evaluation(Base):
    __tablename__ = "evaluation"
    __table_args__ = (
        sa.CheckConstraint(
            "(author = 'supervisor') = (contact_id IS NOT NULL)", name="author_named"
        ),
        # At most one final evaluation per placement and supervisor, and one self-evaluation.
        sa.Index(
            "uq_evaluation_supervisor",
            "placement_id",
            "kind",
            "contact_id",
            unique=True,
            sqlite_where=sa.text("contact_id IS NOT NULL AND state <> 'lapsed'"),
            postgresql_where=sa.text("contact_id IS NOT NULL AND state <> 'lapsed'"),
        ),
        sa.Index(
            "uq_evaluation_student",
            "placement_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("contact_id IS NULL AND state <> 'lapsed'"),
            postgresql_where=sa.text("contact_id IS NULL AND state <> 'lapsed'"),
        ),
    )

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    kind: Mapped[EvaluationKind] = enum_column(EvaluationKind, default=EvaluationKind.FINAL)
    author: Mapped[Author] = enum_column(Author)
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    state: Mapped[EvaluationState] = state_column(EvaluationState, EvaluationState.REQUESTED)
    state_since: Mapped[datetime] = created_at_column()
    requested_at: Mapped[datetime] = created_at_column()
    due_at: Mapped[datetime | None]
    due_before: Mapped[datetime | None]
    """When the answer was due until the project's dates changed."""
    anchor_on: Mapped[date | None]
    """The day that reminders count from: the project's half, or its end."""
    release_at: Mapped[datetime | None]
    """From then on each side reads the other, whether or not both are in."""
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    """The supervisor's own dates where somebody else guided the rest; empty for all of it."""
    is_short: Mapped[bool] = mapped_column(default=False)
    """For a project of few hours: the objectives only, and fewer words."""
    lapsed_reason: Mapped[str] = mapped_column(default="")
    draft: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """Answers so far, by step; emptied on submission."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class SubmissionSource(StrEnum):
    LINK = "link"
    LMS = "lms"
    TRANSCRIBED = "transcribed"
    CORRECTION = "correction"


class Medium(StrEnum):
    """Where staff wrote an evaluation down from."""

    PHONE = "phone"
    PAPER = "paper"
    MAIL = "mail"


class EvaluationSubmission(Base):
    """Append-only: one filled-in version."""

    __tablename__ = "evaluation_submission"
    __table_args__ = (sa.UniqueConstraint("evaluation_id", "number"), APPEND_ONLY)

    evaluation_id: Mapped[int] = foreign_key("evaluation.id", index=False)
    evaluation: Mapped[Evaluation] = relationship()
    number: Mapped[int] = mapped_column(default=1)
    source: Mapped[SubmissionSource] = enum_column(SubmissionSource)
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    hours_confirmation_id: Mapped[int | None] = foreign_key("hours_confirmation.id")
    hours_confirmation: Mapped[HoursConfirmation | None] = relationship()
    strength_id: Mapped[int | None] = foreign_key("erasable_text.id")
    strength: Mapped[ErasableText | None] = relationship(foreign_keys=[strength_id])
    growth_id: Mapped[int | None] = foreign_key("erasable_text.id")
    growth: Mapped[ErasableText | None] = relationship(foreign_keys=[growth_id])
    work_again: Mapped[str | None] = mapped_column(sa.String(16))
    """``yes``, ``maybe`` or ``no``; only supervisors are asked."""
    reason_id: Mapped[int | None] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText | None] = relationship(foreign_keys=[reason_id])
    """Why it was corrected."""
    is_addendum: Mapped[bool] = mapped_column(default=False)
    """Came after the credit was decided: it is read with the case, and decided nothing."""
    medium: Mapped[str | None] = mapped_column(sa.String(16))
    heard_on: Mapped[date | None]
    attachment_id: Mapped[int | None] = foreign_key("attachment.id")
    attachment: Mapped[Attachment | None] = relationship()
    """The original that staff wrote it down from."""
    submitted_at: Mapped[datetime] = created_at_column()


class Rating(Base):
    """Append-only: one answer. ``level`` 1 to 4, or ``None`` for "not observed", never zero."""

    __tablename__ = "rating"
    __table_args__ = (
        sa.CheckConstraint("level BETWEEN 1 AND 4", name="level"),
        sa.CheckConstraint(
            "(objective_lineage IS NULL) <> (competency_id IS NULL)", name="one_target"
        ),
        sa.UniqueConstraint("submission_id", "objective_lineage"),
        sa.UniqueConstraint("submission_id", "competency_id"),
        APPEND_ONLY,
    )

    submission_id: Mapped[int] = foreign_key("evaluation_submission.id", index=False)
    submission: Mapped[EvaluationSubmission] = relationship()
    objective_lineage: Mapped[str | None] = mapped_column(sa.String(16))
    competency_id: Mapped[int | None] = foreign_key("competency.id")
    competency: Mapped[Competency | None] = relationship()
    wording_id: Mapped[int | None] = foreign_key("competency_wording.id")
    wording: Mapped[CompetencyWording | None] = relationship()
    """The competency's text as it was shown."""
    level: Mapped[int | None]
    example_id: Mapped[int | None] = foreign_key("erasable_text.id")
    example: Mapped[ErasableText | None] = relationship()


class EvaluationPlan(Base):
    """What a course chose about its evaluations; a course without a row has the defaults."""

    __tablename__ = "evaluation_plan"
    __table_args__ = (
        sa.UniqueConstraint("course_id"),
        sa.CheckConstraint("midpoint_from_minutes > 0", name="midpoint_from_minutes"),
        sa.CheckConstraint("release_days BETWEEN 1 AND 60", name="release_days"),
    )

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    midpoint_from_minutes: Mapped[int]
    """Planned work from which both sides are asked at the half as well."""
    release_days: Mapped[int]
    """After so many days each side reads the other although one is missing."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
