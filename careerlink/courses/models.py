"""Courses, who is in them, and what they teach. LTI contexts point here; courses know none."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.roles import CourseRole
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
)
from careerlink.institutions.models import Institution, Term
from careerlink.people.models import Person


class Course(Base):
    __tablename__ = "course"

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    public_id: Mapped[str] = public_id_column()
    term_id: Mapped[int | None] = foreign_key("term.id")
    term: Mapped[Term | None] = relationship()
    label: Mapped[str] = mapped_column(default="")
    """Short code, such as BUS-310."""
    title: Mapped[str]
    copied_from_id: Mapped[int | None] = foreign_key("course.id")
    copy_answered_at: Mapped[datetime | None]
    """When it was said what comes along from there, or that the course starts fresh."""
    joined_id: Mapped[int | None] = foreign_key("course.id")
    """The course that is taught together with this one: launches and members went there."""
    concluded_at: Mapped[datetime | None]
    is_concluded_by_platform: Mapped[bool] = mapped_column(default=False)
    """The LMS said so; it may open the course again, too."""
    keeps_grades_here: Mapped[bool] = mapped_column(default=False)
    """No column: decisions stay in CareerLink, and the gradebook hears of none."""
    created_at: Mapped[datetime] = created_at_column()

    @property
    def name(self) -> str:
        return f"{self.label} {self.title}".strip() if self.label != self.title else self.title


class CourseSection(Base):
    __tablename__ = "course_section"
    __table_args__ = (sa.UniqueConstraint("course_id", "sis_id"),)

    course_id: Mapped[int] = foreign_key("course.id")
    sis_id: Mapped[str]
    name: Mapped[str] = mapped_column(default="")

    @property
    def label(self) -> str:
        return self.name or self.sis_id


class CourseMember(Base):
    """One person in one course, as launches and rosters say it. Nobody is ever deleted."""

    __tablename__ = "course_member"
    __table_args__ = (sa.UniqueConstraint("course_id", "person_id"),)

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    launch_role: Mapped[CourseRole | None] = enum_column(CourseRole)
    """The highest role that a launch has shown; the role in effect is the session's own."""
    roster_role: Mapped[CourseRole | None] = enum_column(CourseRole, check="roster_role")
    is_test: Mapped[bool] = mapped_column(default=False)
    dropped_at: Mapped[datetime | None]
    """Set while every roster that once listed this person says they are gone."""
    added_late_at: Mapped[datetime | None]
    """Listed for the first time after the term began, by a roster that had been read before."""
    first_seen_at: Mapped[datetime] = created_at_column()
    approver_named_at: Mapped[datetime | None]
    approver_named_by_id: Mapped[int | None] = foreign_key("person.id")
    approver_named_by: Mapped[Person | None] = relationship(foreign_keys=[approver_named_by_id])


class InstructorDelegation(Base):
    """For some days somebody acts for an instructor; it begins and ends by itself."""

    __tablename__ = "instructor_delegation"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="dates"),
        sa.CheckConstraint("instructor_id <> delegate_id", name="two_people"),
        sa.CheckConstraint("(checked_at IS NULL) OR (declined_at IS NULL)", name="one_answer"),
    )

    course_id: Mapped[int] = foreign_key("course.id")
    course: Mapped[Course] = relationship()
    public_id: Mapped[str] = public_id_column()
    instructor_id: Mapped[int] = foreign_key("person.id")
    instructor: Mapped[Person] = relationship(foreign_keys=[instructor_id])
    delegate_id: Mapped[int] = foreign_key("person.id")
    delegate: Mapped[Person] = relationship(foreign_keys=[delegate_id])
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day, by the campus's calendar."""
    may_decide: Mapped[bool] = mapped_column(default=True)
    checked_at: Mapped[datetime | None]
    """At once for somebody who teaches in the course; otherwise when staff said yes."""
    declined_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    """Ended by hand, before its last day."""
    created_at: Mapped[datetime] = created_at_column()
    sections: Mapped[list["InstructorDelegationSection"]] = relationship(
        order_by="InstructorDelegationSection.id"
    )
    """Those to which it is limited; none: the whole course."""


class InstructorDelegationSection(Base):
    """One of the sections to which a delegation is limited; none: the whole course."""

    __tablename__ = "instructor_delegation_section"
    __table_args__ = (sa.UniqueConstraint("delegation_id", "section_id"),)

    delegation_id: Mapped[int] = foreign_key("instructor_delegation.id", index=False)
    section_id: Mapped[int] = foreign_key("course_section.id")
    section: Mapped[CourseSection] = relationship()


class CourseRoster(Base):
    """What a roster service said last about a course; one row a source (an LTI context)."""

    __tablename__ = "course_roster"
    __table_args__ = (sa.UniqueConstraint("course_id", "source"),)

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    source: Mapped[str] = mapped_column(sa.String(64))
    answered_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    """The first of the readings that failed or were held back since the last good answer."""
    problem: Mapped[str] = mapped_column(default="")
    """Why the last reading was not applied, in words for the instructor."""
    members: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
    """How many known members the held-back answer left out."""
    missing_ids: Mapped[list[int]] = mapped_column(sa.JSON, default=list)
    """Who they are, as ids of persons: what somebody confirms is bound to these very people."""


class Objective(Base):
    """One thing that courses of this institution teach; listings say which they serve."""

    __tablename__ = "objective"
    __table_args__ = (sa.UniqueConstraint("institution_id", "uri"),)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    uri: Mapped[str]
    """Stable name, kept through renaming and copies."""
    code: Mapped[str] = mapped_column(sa.String(32))
    title: Mapped[str]
    text: Mapped[str]
    is_default: Mapped[bool] = mapped_column(default=False)
    """A course that has chosen none yet starts with these."""
    position: Mapped[int] = mapped_column(default=0)


class CourseObjective(Base):
    __tablename__ = "course_objective"
    __table_args__ = (sa.UniqueConstraint("course_id", "objective_id"),)

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    objective_id: Mapped[int] = foreign_key("objective.id")
    objective: Mapped[Objective] = relationship()
    position: Mapped[int] = mapped_column(default=0)
