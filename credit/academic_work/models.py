"""What the instructor finds of the academic work, by the rubric of the policy."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import APPEND_ONLY, Base, created_at_column, foreign_key
from careerlink.people.models import Person
from credit.policy.models import CreditPolicyVersion


class AcademicAssessment(Base):
    """Append-only: the highest number stands; earlier ones stay."""

    __tablename__ = "academic_assessment"
    __table_args__ = (sa.UniqueConstraint("credit_case_id", "number"), APPEND_ONLY)

    credit_case_id: Mapped[int] = foreign_key("credit_case.id", index=False)
    number: Mapped[int]
    policy_version_id: Mapped[int] = foreign_key("credit_policy_version.id")
    """Whose rubric it is: titles and levels are read there."""
    policy_version: Mapped[CreditPolicyVersion] = relationship()
    comment_id: Mapped[int | None] = foreign_key("erasable_text.id")
    comment: Mapped[ErasableText | None] = relationship()
    assessed_by_id: Mapped[int] = foreign_key("person.id")
    assessed_by: Mapped[Person] = relationship(foreign_keys=[assessed_by_id])
    acting_for_id: Mapped[int | None] = foreign_key("person.id")
    acting_for: Mapped[Person | None] = relationship(foreign_keys=[acting_for_id])
    assessed_at: Mapped[datetime] = created_at_column()

    levels: Mapped[list["AcademicLevel"]] = relationship(order_by="AcademicLevel.id")


class AcademicLevel(Base):
    """Append-only: one line of the rubric."""

    __tablename__ = "academic_level"
    __table_args__ = (
        sa.UniqueConstraint("academic_assessment_id", "line"),
        sa.CheckConstraint("level >= 0", name="level"),
        APPEND_ONLY,
    )

    academic_assessment_id: Mapped[int] = foreign_key("academic_assessment.id", index=False)
    line: Mapped[str] = mapped_column(sa.String(32))
    """The key of a line of the rubric."""
    level: Mapped[int | None]
    """Its place among the line's levels, from 0; absent: not enough to say."""
