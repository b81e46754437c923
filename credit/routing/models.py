"""Which instructor a credit case goes to: rules as data, and every hand-over on record."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.courses.models import Course
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
)
from careerlink.people.models import Person


class Criterion(StrEnum):
    ANY = "any"
    SECTION = "section"
    PROGRAM = "program"


class RoutingRule(Base):
    """Cases that match go to the person named, or to whoever has fewest open ones."""

    __tablename__ = "routing_rule"
    __table_args__ = (
        sa.CheckConstraint("(criterion = 'any') = (value = '')", name="value_whole"),
        sa.Index("ix_routing_rule_order", "institution_id", "course_id", "position"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    public_id: Mapped[str] = public_id_column()
    course_id: Mapped[int | None] = foreign_key("course.id")
    """Absent for a rule of the institution, which holds where a course's own say nothing."""
    course: Mapped[Course | None] = relationship()
    position: Mapped[int]
    criterion: Mapped[Criterion] = enum_column(Criterion)
    value: Mapped[str] = mapped_column(default="")
    """The section or the program, as the registrar names it."""
    person_id: Mapped[int | None] = foreign_key("person.id")
    """Absent: whoever of the course's instructors has the fewest open cases."""
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    made_by_id: Mapped[int | None] = foreign_key("person.id")
    made_at: Mapped[datetime] = created_at_column()
    ended_at: Mapped[datetime | None]


class CaseAssignment(Base):
    """Append-only: to whom a case went, from whom, by which rule or for what reason."""

    __tablename__ = "case_assignment"
    __table_args__ = (
        sa.CheckConstraint("rule_id IS NULL OR reason_id IS NULL", name="one_ground"),
        APPEND_ONLY,
    )

    credit_case_id: Mapped[int] = foreign_key("credit_case.id")
    person_id: Mapped[int | None] = foreign_key("person.id")
    """Absent: back to all instructors of the course."""
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    from_person_id: Mapped[int | None] = foreign_key("person.id")
    from_person: Mapped[Person | None] = relationship(foreign_keys=[from_person_id])
    rule_id: Mapped[int | None] = foreign_key("routing_rule.id")
    rule: Mapped[RoutingRule | None] = relationship()
    by_id: Mapped[int | None] = foreign_key("person.id")
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    reason_id: Mapped[int | None] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText | None] = relationship()
    assigned_at: Mapped[datetime] = created_at_column()


class CaseLook(Base):
    """When somebody last opened a packet, so that the queue can mark what came since."""

    __tablename__ = "case_look"
    __table_args__ = (sa.UniqueConstraint("credit_case_id", "person_id"),)

    credit_case_id: Mapped[int] = foreign_key("credit_case.id", index=False)
    person_id: Mapped[int] = foreign_key("person.id")
    looked_at: Mapped[datetime] = created_at_column()
