"""What the registrar was told: one record for each file, one row for each of its lines."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
)
from careerlink.enrollments.models import EnrollmentLevel
from careerlink.institutions.models import Term
from careerlink.people.models import Person


class ExportScope(StrEnum):
    DELTA = "delta"
    FULL = "full"


class Change(StrEnum):
    NEW = "NEW"
    CHANGED = "CHANGED"
    VOID = "VOID"
    SAME = "SAME"
    """In full files only: the registrar has this line already."""


class RegistrarExport(Base):
    __tablename__ = "registrar_export"
    __table_args__ = (
        sa.UniqueConstraint("institution_id", "number"),
        sa.Index("ix_registrar_export_line", "term_id", "level", "sent_at", "number"),
        sa.CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_whole"),
        sa.CheckConstraint("row_count > 0", name="rows"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    public_id: Mapped[str] = public_id_column()
    number: Mapped[int]
    term_id: Mapped[int] = foreign_key("term.id", index=False)
    term: Mapped[Term] = relationship()
    level: Mapped[EnrollmentLevel] = enum_column(EnrollmentLevel)
    """The graduate school has its own registrar in many places, and its own file here."""
    scope: Mapped[ExportScope] = enum_column(ExportScope)
    base_id: Mapped[int | None] = foreign_key("registrar_export.id")
    """The file that had been sent last when this one was made; its changes are against that."""
    base: Mapped["RegistrarExport | None"] = relationship(remote_side="RegistrarExport.id")
    row_count: Mapped[int]
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the file's bytes."""
    made_by_id: Mapped[int] = foreign_key("person.id")
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    made_at: Mapped[datetime] = created_at_column()
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = foreign_key("person.id")
    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id])
    note: Mapped[str] = mapped_column(default="")
    """To whom it went and how, as staff wrote it down."""


class RegistrarRow(Base):
    """Append-only: one line of one file, so that the next one can mark what changed."""

    __tablename__ = "registrar_row"
    __table_args__ = (
        sa.UniqueConstraint("export_id", "position"),
        sa.UniqueConstraint("export_id", "credit_case_id"),
        APPEND_ONLY,
    )

    export_id: Mapped[int] = foreign_key("registrar_export.id", index=False)
    position: Mapped[int]
    credit_case_id: Mapped[int] = foreign_key("credit_case.id")
    decision_id: Mapped[int] = foreign_key("decision.id")
    """What the line says; on a VOID line, what it takes back."""
    change: Mapped[str] = mapped_column(sa.String(8))
    content: Mapped[dict[str, Any]]
    """Codes and figures of the line but its mark of change; names are kept apart."""
    decided_by_name_id: Mapped[int] = foreign_key("erasable_text.id")
    """One for all lines of a file which the same person decided."""
    decided_by_name: Mapped[ErasableText] = relationship()
