"""Comments pinned to parts of a returned packet, and what the student says to each."""

from datetime import datetime
from enum import StrEnum

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
from careerlink.placements.models import Placement
from credit.cases.models import Decision


class PinPart(StrEnum):
    OBJECTIVE = "objective"
    HOURS = "hours"
    HOURS_ENTRY = "hours_entry"
    DELIVERABLE = "deliverable"
    REFLECTION = "reflection"
    EVALUATION = "evaluation"
    """One answer of the student's own evaluation."""
    ACADEMIC = "academic"


class ReturnPin(Base):
    """Append-only: one comment on one part, made with the decision that returned the case."""

    __tablename__ = "return_pin"
    __table_args__ = (
        sa.UniqueConstraint("decision_id", "part", "placement_id", "key"),
        sa.CheckConstraint(
            "(part = 'academic') = (placement_id IS NULL)", name="placement_named"
        ),
        APPEND_ONLY,
    )

    decision_id: Mapped[int] = foreign_key("decision.id", index=False)
    decision: Mapped[Decision] = relationship()
    public_id: Mapped[str] = public_id_column()
    part: Mapped[PinPart] = enum_column(PinPart)
    placement_id: Mapped[int | None] = foreign_key("placement.id")
    """Absent for the academic work, which belongs to the whole case."""
    placement: Mapped[Placement | None] = relationship()
    key: Mapped[str] = mapped_column(sa.String(64), default="")
    """An objective's lineage, an entry's id, a piece; empty where the part is one thing."""
    text_id: Mapped[int] = foreign_key("erasable_text.id")
    text: Mapped[ErasableText] = relationship()

    answers: Mapped[list["PinAnswer"]] = relationship(order_by="PinAnswer.number")
    """The last one stands."""


class PinAnswer(Base):
    """Append-only: what the student says to one comment, or that it is done."""

    __tablename__ = "return_pin_answer"
    __table_args__ = (
        sa.UniqueConstraint("return_pin_id", "number"),
        sa.CheckConstraint("is_done OR text_id IS NOT NULL", name="says_something"),
        APPEND_ONLY,
    )

    return_pin_id: Mapped[int] = foreign_key("return_pin.id", index=False)
    number: Mapped[int]
    is_done: Mapped[bool] = mapped_column(default=False)
    text_id: Mapped[int | None] = foreign_key("erasable_text.id")
    text: Mapped[ErasableText | None] = relationship()
    person_id: Mapped[int] = foreign_key("person.id")
    answered_at: Mapped[datetime] = created_at_column()
