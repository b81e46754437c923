"""What the career office looks into while the work of a placement runs."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import Base, created_at_column, enum_column, foreign_key, public_id_column
from careerlink.people.models import Person
from careerlink.placements.models import Placement


class ConcernKind(StrEnum):
    NEEDS_ATTENTION = "needs_attention"
    NOT_HEARD_FROM = "not_heard_from"
    NO_FIRST_CONTACT = "no_first_contact"
    OVER_PLAN = "over_plan"


class Concern(Base):
    """A task for staff: opened by an answer or a figure, settled by somebody with a note."""

    __tablename__ = "concern"
    __table_args__ = (
        # Two servers that see the same thing at once make one task of it.
        sa.Index(
            "uq_concern_open",
            "placement_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_whole"
        ),
        sa.Index("ix_concern_settled_at", "settled_at", "opened_at"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    kind: Mapped[ConcernKind] = enum_column(ConcernKind)
    minutes: Mapped[int | None]
    """Logged when it was opened, where hours are the reason."""
    words_id: Mapped[int | None] = foreign_key("erasable_text.id")
    words: Mapped[ErasableText | None] = relationship(foreign_keys=[words_id])
    """What whoever raised it wrote."""
    opened_at: Mapped[datetime] = created_at_column()
    taken_by_id: Mapped[int | None] = foreign_key("person.id")
    taken_by: Mapped[Person | None] = relationship(foreign_keys=[taken_by_id])
    taken_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = foreign_key("person.id")
    settled_by: Mapped[Person | None] = relationship(foreign_keys=[settled_by_id])
    settled_at: Mapped[datetime | None]
    note_id: Mapped[int | None] = foreign_key("erasable_text.id")
    note: Mapped[ErasableText | None] = relationship(foreign_keys=[note_id])
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
