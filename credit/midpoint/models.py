"""What instructors write to a student while the work runs."""

from datetime import datetime

from sqlalchemy.orm import Mapped, relationship

from careerlink.audit import ErasableText
from careerlink.db import APPEND_ONLY, Base, created_at_column, foreign_key
from careerlink.people.models import Person
from credit.cases.models import CreditCase


class MidpointComment(Base):
    """Append-only: a further word is a further row."""

    __tablename__ = "midpoint_comment"
    __table_args__ = (APPEND_ONLY,)

    credit_case_id: Mapped[int] = foreign_key("credit_case.id")
    credit_case: Mapped[CreditCase] = relationship()
    text_id: Mapped[int] = foreign_key("erasable_text.id")
    text: Mapped[ErasableText] = relationship()
    written_by_id: Mapped[int] = foreign_key("person.id")
    written_by: Mapped[Person] = relationship(foreign_keys=[written_by_id])
    acting_for_id: Mapped[int | None] = foreign_key("person.id")
    acting_for: Mapped[Person | None] = relationship(foreign_keys=[acting_for_id])
    written_at: Mapped[datetime] = created_at_column()

    @property
    def by(self) -> str:
        name = self.written_by.label
        return f"{name} for {self.acting_for.label}" if self.acting_for else name
