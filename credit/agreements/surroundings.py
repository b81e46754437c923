"""Who and what a plan names besides its own fields: gathered once, when a text is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course, CourseMember, CourseSection
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.models import Enrollment
from careerlink.people.models import Person
from careerlink.placements import signatories
from careerlink.placements.models import Placement
from credit.agreements import queries, wording


@dataclass(frozen=True)
class Surroundings:
    supervisors: tuple[str, ...] = ()
    signatory: str = ""
    """Whoever signs for the company besides, by name."""
    instructors: tuple[str, ...] = ()
    section: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)


NOTHING = Surroundings()


def of(session: Session, placement: Placement) -> Surroundings:
    signs = signatories.current(session, placement.id)
    return Surroundings(
        supervisors=tuple(c.name for c in queries.supervisors(session, placement.id)),
        signatory=signs.name if signs is not None else "",
        instructors=tuple(instructors(session, placement.course)),
        section=section_of(session, placement),
        clauses=wording.of(session, placement.institution),
    )


def instructors(session: Session, course: Course) -> list[str]:
    people = session.scalars(
        select(Person)
        .join(CourseMember, CourseMember.person_id == Person.id)
        .where(
            CourseMember.course_id == course.id,
            CourseMember.dropped_at.is_(None),
            CourseMember.is_test.is_(False),
            CourseMember.launch_role == CourseRole.INSTRUCTOR,
        )
        .order_by(CourseMember.id)
    )
    return [person.label for person in people]


def section_of(session: Session, placement: Placement) -> str:
    """As the registrar knows it: the section, or else the course reference number."""
    row = session.execute(
        select(CourseSection.name, CourseSection.sis_id, Enrollment.crn)
        .select_from(Enrollment)
        .outerjoin(CourseSection, CourseSection.id == Enrollment.section_id)
        .where(
            Enrollment.course_id == placement.course_id,
            Enrollment.person_id == placement.person_id,
            Enrollment.dropped_on.is_(None),
        )
        .order_by(Enrollment.id)
        .limit(1)
    ).first()
    return next((word for word in row if word), "") if row is not None else ""
