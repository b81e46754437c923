"""Reflections: the course's questions, the answers to each objective, and the draft."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course
from careerlink.db import Base, created_at_column, foreign_key
from careerlink.people.models import Person
from credit.evidence.models import DeliverableVersion


class CourseEvidence(Base):
    """What a course asks in reflections, and how often rework may be; absent: the defaults."""

    __tablename__ = "course_evidence"
    __table_args__ = (
        sa.UniqueConstraint("course_id"),
        sa.CheckConstraint("rework_rounds BETWEEN 0 AND 9", name="rework_rounds"),
    )

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    objective_question: Mapped[str]
    """Asked once for each objective."""
    synthesis_question: Mapped[str]
    short_question: Mapped[str]
    """All that is asked about a project of up to ten hours."""
    rework_rounds: Mapped[int] = mapped_column(default=2)
    changed_by_id: Mapped[int | None] = foreign_key("person.id")
    changed_by: Mapped[Person | None] = relationship()
    changed_at: Mapped[datetime] = created_at_column()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ReflectionAnswer(Base):
    """One objective's answer in one version of a reflection, whose text is the synthesis."""

    __tablename__ = "reflection_answer"
    __table_args__ = (sa.UniqueConstraint("deliverable_version_id", "objective_lineage"),)

    deliverable_version_id: Mapped[int] = foreign_key("deliverable_version.id", index=False)
    deliverable_version: Mapped[DeliverableVersion] = relationship()
    objective_lineage: Mapped[str] = mapped_column(sa.String(16))
    question: Mapped[str]
    """As it was asked then."""
    text: Mapped[str]


class ReflectionDraft(Base):
    """What is being written; emptied when it is handed in."""

    __tablename__ = "reflection_draft"
    __table_args__ = (sa.UniqueConstraint("placement_id"),)

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    text: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """By lineage of the objective."""
    saved_at: Mapped[datetime] = created_at_column()
