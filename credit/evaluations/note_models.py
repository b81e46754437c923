"""What a student says about an evaluation that they received, and the one line in answer."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import APPEND_ONLY, Base, created_at_column, enum_column, foreign_key
from careerlink.people.models import Person
from credit.evaluations.models import Evaluation


class Voice(StrEnum):
    STUDENT = "student"
    INSTRUCTOR = "instructor"
    OFFICE = "office"


class EvaluationNote(Base):
    """Append-only: stands beside the supervisor's words, which nobody edits."""

    __tablename__ = "evaluation_note"
    __table_args__ = (
        sa.CheckConstraint("(voice = 'student') = (answers_id IS NULL)", name="answer_named"),
        # One line in answer, whoever was first.
        sa.UniqueConstraint("answers_id"),
        APPEND_ONLY,
    )

    evaluation_id: Mapped[int] = foreign_key("evaluation.id")
    evaluation: Mapped[Evaluation] = relationship()
    number: Mapped[int] = mapped_column()
    """Of the version that the student had read."""
    voice: Mapped[Voice] = enum_column(Voice)
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship()
    text_id: Mapped[int] = foreign_key("erasable_text.id")
    text: Mapped[ErasableText] = relationship()
    answers_id: Mapped[int | None] = foreign_key("evaluation_note.id", index=False)
    """The note of the student that this line answers."""
    written_at: Mapped[datetime] = created_at_column()
