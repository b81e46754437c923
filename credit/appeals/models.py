"""Appeals against decisions, and what each side said."""

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
    state_column,
)
from careerlink.people.models import Person
from credit.cases.models import CreditCase, Decision


class AppealState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    AMENDED = "amended"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    STUDENT = "student"
    INSTRUCTOR = "instructor"
    READER = "reader"


class Appeal(Base):
    __tablename__ = "appeal"
    __table_args__ = (
        sa.Index(
            "uq_appeal_open",
            "credit_case_id",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answer_whole"),
    )

    credit_case_id: Mapped[int] = foreign_key("credit_case.id")
    credit_case: Mapped[CreditCase] = relationship()
    public_id: Mapped[str] = public_id_column()
    decision_id: Mapped[int] = foreign_key("decision.id")
    decision: Mapped[Decision] = relationship(foreign_keys=[decision_id])
    """The one that is appealed; it stays whatever the answer is."""
    state: Mapped[AppealState] = state_column(AppealState, AppealState.OPEN)
    state_since: Mapped[datetime] = created_at_column()
    filed_at: Mapped[datetime] = created_at_column()
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = foreign_key("person.id")
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    acting_for_id: Mapped[int | None] = foreign_key("person.id")
    acting_for: Mapped[Person | None] = relationship(foreign_keys=[acting_for_id])
    answer_id: Mapped[int | None] = foreign_key("decision.id")
    """The decision that the reader's answer brought about; none where the first is upheld."""
    answer: Mapped[Decision | None] = relationship(foreign_keys=[answer_id])
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class AppealStatement(Base):
    """Append-only: what one side said in an appeal."""

    __tablename__ = "appeal_statement"
    __table_args__ = (APPEND_ONLY,)

    appeal_id: Mapped[int] = foreign_key("appeal.id")
    appeal: Mapped[Appeal] = relationship()
    side: Mapped[Side] = enum_column(Side)
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    acting_for_id: Mapped[int | None] = foreign_key("person.id")
    text_id: Mapped[int] = foreign_key("erasable_text.id")
    text: Mapped[ErasableText] = relationship()
    written_at: Mapped[datetime] = created_at_column()
