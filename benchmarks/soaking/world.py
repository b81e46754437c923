"""A university with running projects, written as rows: the soak is about what comes after."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.soaking.oracle import Watched
from careerlink import clock
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole, Standing
from careerlink.institutions.models import Institution, Term
from careerlink.partners.models import (
    ContactAtPartner,
    Partner,
    PartnerContact,
    PartnerState,
)
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.placements import consents
from careerlink.placements.models import Placement, PlacementState, Supervision

CAMPUS = "America/New_York"
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Sydney",
)
"""Both sides of the Atlantic change their clocks within the term, on different days."""


@dataclass(frozen=True)
class Calendar:
    """The days that are simulated, and when the worker looks on each."""

    begins: date = date(2026, 10, 5)
    first_end: date = date(2026, 10, 20)
    spread: int = 30
    """Days over which the projects end."""
    grades_due: date = date(2026, 12, 16)
    until: date = date(2026, 12, 18)
    by_day: tuple[float, ...] = (12.5, 14.5, 19.0, 23.5)
    by_night: tuple[float, ...] = (27.0, 33.0)
    """In hours of UTC: on campus from morning to evening, and in the night, when it is day in
    India and in Australia."""
    down: tuple[date, date] = (date(2026, 11, 9), date(2026, 11, 12))
    """The worker stands still for four days."""


@dataclass
class School:
    calendar: Calendar
    institution: Institution
    course: Course
    staff: Actor
    instructor: Actor


def school(session: Session, calendar: Calendar) -> School:
    institution = Institution(slug="soak", name="Eastmoor University", time_zone=CAMPUS)
    session.add(institution)
    session.flush()
    term = Term(
        institution_id=institution.id,
        code="2026FA",
        name="Fall 2026",
        starts_on=date(2026, 8, 31),
        ends_on=date(2026, 12, 18),
        grades_due_on=calendar.grades_due,
    )
    session.add(term)
    session.flush()
    course = Course(institution_id=institution.id, term_id=term.id, title="Projects")
    hana = Person(
        institution_id=institution.id, name="Dr. Hana Novak", email="hana@school.test"
    )
    priya = Person(institution_id=institution.id, name="Priya Raman", email="priya@school.test")
    session.add_all([course, hana, priya])
    session.flush()
    role = OfficeRole.STAFF
    session.add_all(
        [
            CourseMember(
                course_id=course.id, person_id=hana.id, launch_role=CourseRole.INSTRUCTOR
            ),
            PersonRole(
                institution_id=institution.id,
                email="priya@school.test",
                person_id=priya.id,
                role=role,
            ),
        ]
    )
    session.flush()
    teaches = Standing(CourseRole.INSTRUCTOR, may_decide=True, why_not="")
    return School(
        calendar,
        institution,
        course,
        Actor(institution_id=institution.id, person_id=priya.id, office=frozenset({role})),
        Actor(institution_id=institution.id, person_id=hana.id, courses={course.id: teaches}),
    )


def student_of(placement: Placement) -> Actor:
    standing = Standing(CourseRole.STUDENT, may_decide=False, why_not="")
    return Actor(
        institution_id=placement.institution_id,
        person_id=placement.person_id,
        courses={placement.course_id: standing},
        name=placement.person.label,
    )


def project(
    session: Session,
    where: School,
    number: int,
    *,
    ends_on: date,
    shares: PartnerContact | None,
) -> tuple[Placement, Watched]:
    """An active placement with a supervisor, a colleague there, and the student's consent."""
    zone = ZONES[number % len(ZONES)]
    institution_id = where.institution.id
    student = Person(
        institution_id=institution_id,
        name=f"Student{number} Soak",
        email=f"student{number}@school.test",
    )
    partner = Partner(
        institution_id=institution_id,
        name=f"Partner {number}",
        state=PartnerState.APPROVED,
        approved_at=clock.now(),
        approved_until=date(2027, 8, 31),
    )
    contact = shares or new_contact(session, where, f"guide{number}", zone)
    colleague = new_contact(session, where, f"colleague{number}", None)
    session.add_all([student, partner])
    session.flush()
    placement = Placement(
        institution_id=institution_id,
        institution=where.institution,
        course=where.course,
        course_id=where.course.id,
        person_id=student.id,
        person=student,
        partner_id=partner.id,
        partner=partner,
        title=f"Project {number}",
        planned_minutes=480,
        starts_on=where.calendar.begins - timedelta(days=20),
        ends_on=ends_on,
        fee_minor=48_000,
        currency="USD",
        state=PlacementState.ACTIVE,
        started_at=datetime(2026, 9, 15, 12, tzinfo=UTC),
    )
    session.add(placement)
    session.flush()
    session.add_all(
        [
            *(
                ContactAtPartner(partner_id=partner.id, contact_id=one.id)
                for one in (contact, colleague)
            ),
            Supervision(placement_id=placement.id, contact_id=contact.id),
        ]
    )
    session.flush()
    consents.give_for_supervision(
        session, placement, actor=student_of(placement), signed_name=student.label
    )
    watched = Watched(
        number=number,
        campus=CAMPUS,
        ends_on=ends_on,
        grades_due_on=where.calendar.grades_due,
        address=contact.email,
        zone=contact.time_zone or CAMPUS,
        student=student.email or "",
        colleague=colleague.email,
    )
    return placement, watched


def new_contact(session: Session, where: School, name: str, zone: str | None) -> PartnerContact:
    contact = PartnerContact(
        institution_id=where.institution.id,
        name=name.capitalize(),
        email=f"{name}@partner.test",
        time_zone=zone,
        verified_at=clock.now(),
    )
    session.add(contact)
    session.flush()
    return contact


def supervisor_of(session: Session, placement: Placement) -> PartnerContact:
    return session.scalars(
        select(PartnerContact)
        .join(Supervision, Supervision.contact_id == PartnerContact.id)
        .where(Supervision.placement_id == placement.id)
    ).one()
