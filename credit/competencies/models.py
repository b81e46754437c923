"""Competencies that supervisors and students rate: labels are data, addresses stay."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
)

CODE_LENGTH = 255


class FileFormat(StrEnum):
    CASE = "case"
    CANVAS = "canvas"
    MOODLE = "moodle"


class CompetencyFramework(Base):
    __tablename__ = "competency_framework"
    __table_args__ = (sa.UniqueConstraint("institution_id", "uri"),)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    uri: Mapped[str]
    name: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    told: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """By file format: what a file said besides, given back when that format is exported."""
    only_by_choice: Mapped[bool] = mapped_column(default=False)
    """Only courses that choose it offer it; the others stand where a course has no choice."""
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Competency(Base):
    """The text is the present one; what was signed or rated refers to a ``wording``."""

    __tablename__ = "competency"
    __table_args__ = (sa.UniqueConstraint("framework_id", "uri"),)

    framework_id: Mapped[int] = foreign_key("competency_framework.id", index=False)
    framework: Mapped[CompetencyFramework] = relationship()
    parent_id: Mapped[int | None] = foreign_key("competency.id")
    uri: Mapped[str]
    code: Mapped[str] = mapped_column(sa.String(CODE_LENGTH))
    label: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    behaviors: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    anchors: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    """Four sentences, lowest level first; empty where the source has no four levels."""
    is_group: Mapped[bool] = mapped_column(default=False)
    """A heading over others; nobody rates it."""
    told: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """As the framework's."""
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    """Not offered any more; agreements and evaluations that name it keep it."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CompetencyWording(Base):
    """Append-only: the text at the time somebody signed it or answered to it."""

    __tablename__ = "competency_wording"
    __table_args__ = (APPEND_ONLY,)

    competency_id: Mapped[int] = foreign_key("competency.id")
    label: Mapped[str]
    description: Mapped[str]
    behaviors: Mapped[list[str]] = mapped_column(sa.JSON)
    anchors: Mapped[list[Any]] = mapped_column(sa.JSON)
    kept_at: Mapped[datetime] = created_at_column()


class CourseCompetency(Base):
    """What a course offers for agreements; none chosen means the institution's usual ones."""

    __tablename__ = "course_competency"
    __table_args__ = (sa.UniqueConstraint("course_id", "competency_id"),)

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    competency_id: Mapped[int] = foreign_key("competency.id")
    competency: Mapped[Competency] = relationship()


class CompetencyImport(Base):
    """A file that was read and is looked at before anything of it counts."""

    __tablename__ = "competency_import"

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    framework_id: Mapped[int | None] = foreign_key("competency_framework.id")
    """Which one it brings up to date; absent for a new one, until it is taken over."""
    person_id: Mapped[int | None] = foreign_key("person.id")
    file_format: Mapped[FileFormat] = enum_column(FileFormat)
    file_name: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """As ``reading.to_json`` wrote it; emptied when it is taken over."""
    created_at: Mapped[datetime] = created_at_column()
    taken_at: Mapped[datetime | None]
