"""Competencies that supervisors and students rate: labels are data, addresses stay."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, foreign_key


class CompetencyFramework(Base):
    __tablename__ = "competency_framework"
    __table_args__ = (sa.UniqueConstraint("institution_id", "uri"),)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    uri: Mapped[str]
    name: Mapped[str]
    source: Mapped[str] = mapped_column(default="")


class Competency(Base):
    __tablename__ = "competency"
    __table_args__ = (sa.UniqueConstraint("framework_id", "uri"),)

    framework_id: Mapped[int] = foreign_key("competency_framework.id", index=False)
    framework: Mapped[CompetencyFramework] = relationship()
    uri: Mapped[str]
    code: Mapped[str] = mapped_column(sa.String(32))
    label: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    behaviors: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    anchors: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    """Four sentences, lowest level first."""
    position: Mapped[int] = mapped_column(default=0)
