"""What the registrar says about who is enrolled in what; launches and rosters never say it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink import clock
from careerlink.courses.models import Course, CourseSection
from careerlink.db import Base, created_at_column, enum_column, foreign_key, public_id_column
from careerlink.institutions.models import Term
from careerlink.people.models import Person


class EnrollmentLevel(StrEnum):
    UNDERGRADUATE = "undergraduate"
    GRADUATE = "graduate"


def _as_added(context: DefaultExecutionContext) -> date | None:
    """Whoever says when somebody was added, and no more, says the original day, too."""
    added: date | None = context.get_current_parameters().get("added_on")  # type: ignore[no-untyped-call]
    return added


LONGEST_READING = timedelta(minutes=10)


class EnrollmentFacts:
    """What one line of a registrar's list says, besides who and where."""

    program: Mapped[str] = mapped_column(default="")
    """What the student studies, as the registrar names it."""
    department: Mapped[str] = mapped_column(default="")
    """Whose course it is, as the registrar names it; its code tells only the subject."""
    level: Mapped[EnrollmentLevel | None] = enum_column(EnrollmentLevel)
    credits_thousandths: Mapped[int | None]
    added_on: Mapped[date | None]
    first_added_on: Mapped[date | None] = mapped_column(default=_as_added)
    """The original enrollment; a drop and a later add leave it as it was."""
    dropped_on: Mapped[date | None]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    """Left after the last day to drop: the transcript says W."""


class Enrollment(EnrollmentFacts, Base):
    """What the registrar says about a student in a course; uploaded by staff."""

    __tablename__ = "enrollment"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "person_id", "crn"),
        sa.CheckConstraint("credits_thousandths >= 0", name="credits"),
    )

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship()
    section_id: Mapped[int | None] = foreign_key("course_section.id")
    section: Mapped[CourseSection | None] = relationship()
    term_id: Mapped[int | None] = foreign_key("term.id")
    crn: Mapped[str] = mapped_column(sa.String(32), default="")
    upload_id: Mapped[int | None] = foreign_key("enrollment_upload.id")
    """The list that said so last."""


class CourseCrn(Base):
    """Which course of ours a registrar's number means in a term; said once, then known."""

    __tablename__ = "course_crn"
    __table_args__ = (sa.UniqueConstraint("term_id", "crn"),)

    term_id: Mapped[int] = foreign_key("term.id", index=False)
    term: Mapped[Term] = relationship()
    crn: Mapped[str] = mapped_column(sa.String(32))
    course_id: Mapped[int | None] = foreign_key("course.id")
    """Absent: none of the courses that use CareerLink; lines with this number are left out."""
    course: Mapped[Course | None] = relationship()
    chosen_by_id: Mapped[int | None] = foreign_key("person.id")
    """Absent where the file's own course name was enough."""
    created_at: Mapped[datetime] = created_at_column()


class EnrollmentUpload(Base):
    """A file of the registrar's: read, compared, looked at, and then taken over."""

    __tablename__ = "enrollment_upload"

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    file_name: Mapped[str] = mapped_column(sa.String(200))
    notes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """How the file was read where it could be read in more than one way, in words."""
    lines: Mapped[int] = mapped_column(default=0)
    """None until its last line is kept: what broke off before is never looked at."""
    lines_compared: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    """Lines by kind, and "drops", as they were when it was compared last."""
    created_by_id: Mapped[int] = foreign_key("person.id")
    created_by: Mapped[Person] = relationship(foreign_keys=[created_by_id])
    created_at: Mapped[datetime] = created_at_column()
    state_of_lists: Mapped[str] = mapped_column(sa.String(64), default="")
    """What was known when it was compared; another list taken over since makes it old."""
    begun_at: Mapped[datetime | None]
    """When it was said that it be taken over."""
    done_by_id: Mapped[int | None] = foreign_key("person.id")
    done_by: Mapped[Person | None] = relationship(foreign_keys=[done_by_id])
    lines_to_do: Mapped[int] = mapped_column(default=0)
    lines_done: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None]
    """When its last line was taken over."""

    @property
    def is_read(self) -> bool:
        return self.lines > 0

    @property
    def broke_off(self) -> bool:
        """Nobody reads it any more: the process ended, and only its sender has the file."""
        return not self.is_read and self.created_at < clock.now() - LONGEST_READING

    @property
    def is_compared(self) -> bool:
        return self.lines_compared >= self.lines


class LineKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WAITING = "waiting"
    """Nobody with this SIS id is known yet; kept until they are."""
    UNKNOWN_CRN = "unknown_crn"
    """Nobody has said yet which course this number means."""
    LEFT_OUT = "left_out"
    """Of a course that does not use CareerLink."""
    PROBLEM = "problem"


class EnrollmentUploadLine(EnrollmentFacts, Base):
    __tablename__ = "enrollment_upload_line"
    __table_args__ = (
        sa.UniqueConstraint("upload_id", "line"),
        sa.Index("ix_enrollment_upload_line_kind", "upload_id", "kind", "line"),
        # Who is in the file twice, and who is enrolled and not in it, is asked of each student.
        sa.Index("ix_enrollment_upload_line_student", "upload_id", "crn", "sis_id", "line"),
    )

    upload_id: Mapped[int] = foreign_key("enrollment_upload.id", index=False)
    line: Mapped[int]
    """Of the file, its heading being the first."""
    kind: Mapped[LineKind] = enum_column(LineKind)
    problem: Mapped[str] = mapped_column(default="")
    is_unreadable: Mapped[bool] = mapped_column(default=False)
    """Only another file mends it; what else is a problem may be none when compared again."""
    sis_id: Mapped[str] = mapped_column(default="")
    crn: Mapped[str] = mapped_column(sa.String(32), default="")
    section: Mapped[str] = mapped_column(default="")
    course_name: Mapped[str] = mapped_column(default="")
    """Subject and number, as the file names the course."""
    term_name: Mapped[str] = mapped_column(default="")
    told: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """The facts that the file has a column for; of others it says nothing."""
    changes: Mapped[list[list[str]]] = mapped_column(sa.JSON, default=list)
    """Name of the fact, before, after, in words for the screen."""
    drops: Mapped[bool] = mapped_column(default=False)
    """Takes somebody out of a course who is in it now."""
    term_id: Mapped[int | None] = foreign_key("term.id")
    course_id: Mapped[int | None] = foreign_key("course.id")
    person_id: Mapped[int | None] = foreign_key("person.id")
    is_done: Mapped[bool] = mapped_column(default=False)


class WaitingEnrollment(EnrollmentFacts, Base):
    """Of a student whom no launch and no roster has brought yet; known by SIS id alone."""

    __tablename__ = "waiting_enrollment"
    __table_args__ = (
        sa.UniqueConstraint("term_id", "crn", "sis_id"),
        sa.Index("ix_waiting_enrollment_sis_id", "institution_id", "sis_id"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    sis_id: Mapped[str]
    term_id: Mapped[int] = foreign_key("term.id", index=False)
    term: Mapped[Term] = relationship()
    crn: Mapped[str] = mapped_column(sa.String(32))
    section: Mapped[str] = mapped_column(default="")
    told: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    upload_id: Mapped[int] = foreign_key("enrollment_upload.id")
    created_at: Mapped[datetime] = created_at_column()
