"""Terms, enrollments and second courses: what moves, drops and later terms are tried with."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person
from credit.cases.models import CreditCase
from credit.cases.move_models import CreditCaseMove
from tests.factories import hours
from tests.factories.agreements import Scene
from tests.factories.cases import Class, open_case

DAYS = {
    "fall": (date(2026, 8, 24), date(2026, 12, 18)),
    "spring": (date(2027, 1, 11), date(2027, 5, 14)),
    "summer": (date(2027, 5, 24), date(2027, 8, 13)),
}
CENSUS = date(2026, 9, 11)


def term(session: Session, of: Class, season: str = "fall", **values: Any) -> Term:
    starts_on, ends_on = DAYS[season]
    made = Term(
        institution_id=of.course.institution_id,
        code=f"{starts_on.year}-{season}",
        name=f"{season.capitalize()} {starts_on.year}",
        starts_on=starts_on,
        ends_on=ends_on,
        **values,
    )
    session.add(made)
    session.flush()
    return made


def in_term(session: Session, of: Class, made: Term) -> None:
    of.course.term_id = made.id
    session.flush()
    session.refresh(of.course)


def second_course(session: Session, of: Class, label: str = "ECON-391") -> Class:
    """Taught by somebody else, of the same institution and under its usual policy."""
    course = Course(
        institution_id=of.course.institution_id,
        institution=of.course.institution,
        label=label,
        title="Field Work",
    )
    session.add(course)
    session.flush()
    made = Class(course, of.instructor, of.contact)
    made.instructor = made.member(session, f"Ruth {label}", CourseRole.INSTRUCTOR)
    return made


def also_in(session: Session, of: Class, who: Person) -> None:
    session.add(
        CourseMember(course_id=of.course.id, person_id=who.id, launch_role=CourseRole.STUDENT)
    )
    session.flush()


def enrolled(session: Session, case: CreditCase, **values: Any) -> Enrollment:
    row = Enrollment(
        course_id=case.course_id,
        person_id=case.person_id,
        **{"crn": "10423", "added_on": date(2026, 8, 24), **values},
    )
    session.add(row)
    session.flush()
    return row


def as_staff(who: Person) -> Actor:
    return Actor(
        institution_id=who.institution_id,
        person_id=who.id,
        office=frozenset({OfficeRole.STAFF}),
        name=who.label,
    )


def asked_move(session: Session, here: Course, there: Course, cast: Scene) -> CreditCaseMove:
    """A project of another course that ``there`` is asked to take up."""
    student = session.get_one(Person, cast.student.person_id)
    placement = hours.placed(session, here, student, cast.contact)
    case = open_case(session, placement)
    made = CreditCaseMove(
        institution_id=here.institution_id,
        placement_id=placement.id,
        from_case_id=case.id,
        from_course_id=here.id,
        to_course_id=there.id,
        reason_id=audit.erasable(session, "It belongs to that course.").id,
        asked_by_id=cast.staff.person_id,
    )
    session.add(made)
    session.flush()
    return made
