"""A project that goes to another case of the same student, once its instructor signs."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.courses.models import Course
from careerlink.db import (
    Base,
    created_at_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.cases.models import CreditCase


class MoveState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class CreditCaseMove(Base):
    """Staff ask for it; the instructor of the course that receives it signs or declines."""

    __tablename__ = "credit_case_move"
    __table_args__ = (
        sa.Index(
            "uq_credit_case_move_asked",
            "placement_id",
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        ),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answer_whole"),
        sa.CheckConstraint(
            "(state = 'accepted') = (to_case_id IS NOT NULL)", name="accepted_whole"
        ),
        sa.CheckConstraint("from_course_id <> to_course_id", name="two_courses"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    from_case_id: Mapped[int] = foreign_key("credit_case.id")
    from_case: Mapped[CreditCase] = relationship(foreign_keys=[from_case_id])
    from_course_id: Mapped[int] = foreign_key("course.id")
    """Where the project began: what the student was enrolled in then counts for its hours."""
    from_course: Mapped[Course] = relationship(foreign_keys=[from_course_id])
    to_course_id: Mapped[int] = foreign_key("course.id")
    to_course: Mapped[Course] = relationship(foreign_keys=[to_course_id])
    to_case_id: Mapped[int | None] = foreign_key("credit_case.id")
    """The case may open only when the move is signed."""
    state: Mapped[MoveState] = state_column(MoveState, MoveState.ASKED)
    state_since: Mapped[datetime] = created_at_column()
    reason_id: Mapped[int] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText] = relationship(foreign_keys=[reason_id])
    asked_by_id: Mapped[int] = foreign_key("person.id")
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime] = created_at_column()
    answered_by_id: Mapped[int | None] = foreign_key("person.id")
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    answered_at: Mapped[datetime | None]
    answer_id: Mapped[int | None] = foreign_key("erasable_text.id")
    """Why it was declined or withdrawn."""
    answer: Mapped[ErasableText | None] = relationship(foreign_keys=[answer_id])
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def course(self) -> Course:
        """Where it is decided: the course that would take the project up."""
        return self.to_course
