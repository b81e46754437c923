"""What CareerLink cannot know of a student by itself: credit earned before, and majors."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
)
from careerlink.people.models import Person
from careerlink.placements.models import Placement


class EarlierKind(StrEnum):
    CREDIT = "credit"
    """Earned by an internship that CareerLink did not see."""
    NOTHING = "nothing"
    """Somebody looked it up, and there is nothing."""
    SAME_WORK = "same_work"
    """A project of this case that counts somewhere else, too."""


class EarlierCredit(Base):
    """One line with its source. Taken back it stays, since decisions may rest on it."""

    __tablename__ = "earlier_credit"
    __table_args__ = (
        sa.CheckConstraint("credits_thousandths >= 0", name="credits"),
        sa.CheckConstraint(
            "kind <> 'nothing' OR credits_thousandths = 0", name="credits_whole"
        ),
        sa.CheckConstraint(
            "(kind = 'same_work') = (placement_id IS NOT NULL)", name="same_work_whole"
        ),
        sa.CheckConstraint(
            "kind = 'same_work' OR consent_id IS NULL", name="consent_of_same_work"
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    kind: Mapped[EarlierKind] = enum_column(EarlierKind)
    course_label: Mapped[str] = mapped_column(default="")
    """Of the course that gave it; for the rule of "twice in all"."""
    credits_thousandths: Mapped[int] = mapped_column(default=0)
    earned_on: Mapped[date | None]
    placement_id: Mapped[int | None] = foreign_key("placement.id")
    placement: Mapped[Placement | None] = relationship()
    consent_id: Mapped[int | None] = foreign_key("erasable_text.id")
    consent: Mapped[ErasableText | None] = relationship(foreign_keys=[consent_id])
    """Who agreed in writing that it counts twice."""
    source: Mapped[str]
    """Where it was looked up, such as "Transcript of 12 May"."""
    recorded_by_id: Mapped[int | None] = foreign_key("person.id")
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    recorded_at: Mapped[datetime] = created_at_column()
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = foreign_key("person.id")


class StudentMajor(Base):
    """What a student's major asks for in all; a second one is a second row."""

    __tablename__ = "student_major"
    __table_args__ = (sa.CheckConstraint("credits_thousandths > 0", name="credits"),)

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    title: Mapped[str]
    credits_thousandths: Mapped[int]
    source: Mapped[str]
    recorded_by_id: Mapped[int | None] = foreign_key("person.id")
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    recorded_at: Mapped[datetime] = created_at_column()
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = foreign_key("person.id")


class TieWaiver(Base):
    """Somebody entitled to it, such as a dean, lets a host count although there is a tie."""

    __tablename__ = "tie_waiver"

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    granted_by: Mapped[str]
    """Name and office, as written."""
    reason_id: Mapped[int] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText] = relationship(foreign_keys=[reason_id])
    until: Mapped[date | None]
    """The last day; absent: as long as the project runs."""
    recorded_by_id: Mapped[int | None] = foreign_key("person.id")
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    recorded_at: Mapped[datetime] = created_at_column()
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = foreign_key("person.id")
