"""Chairs and registrars: whom the career office appointed to act at a later step."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
)
from careerlink.people.models import Person
from credit.approvals.roles import ApproverRole


class ApproverAppointment(Base):
    """For the whole institution, one course or one program; dated where it stands in."""

    __tablename__ = "approver_appointment"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="dates"),
        sa.CheckConstraint("course_id IS NULL OR program = ''", name="one_scope"),
        sa.CheckConstraint("stands_in_for_id IS NULL OR ends_on IS NOT NULL", name="ends"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    role: Mapped[ApproverRole] = enum_column(ApproverRole)
    course_id: Mapped[int | None] = foreign_key("course.id")
    course: Mapped[Course | None] = relationship()
    program: Mapped[str] = mapped_column(default="")
    """As enrollments name what a student studies; empty with no course: everything."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day, by the campus's calendar."""
    stands_in_for_id: Mapped[int | None] = foreign_key("approver_appointment.id")
    """Somebody's appointment in whose place this one acts for some days."""
    stands_in_for: Mapped["ApproverAppointment | None"] = relationship(
        remote_side="ApproverAppointment.id"
    )
    appointed_by_id: Mapped[int | None] = foreign_key("person.id")
    appointed_by: Mapped[Person | None] = relationship(foreign_keys=[appointed_by_id])
    created_at: Mapped[datetime] = created_at_column()
    revoked_at: Mapped[datetime | None]
    """Ended by hand; what was decided stands."""
