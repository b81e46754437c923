"""A placement at work: a student, their supervisor, an agreement in force, hours entries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole, Standing
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.partners.models import Partner, PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.people.models import Person
from careerlink.placements.models import (
    Consent,
    ConsentPurpose,
    Placement,
    PlacementState,
    Supervision,
)
from careerlink.tokens import LinkPurpose, issue, token_of
from careerlink.web.session import COOKIE, begin
from credit.agreements.models import AgreementState, LearningAgreement, LearningObjective
from credit.hours.models import HoursEntry
from tests.factories.agreements import SECRET
from tests.factories.campus import staff
from tests.pages import Page, Visitor

AGREED_AT = datetime(2026, 10, 5, 16, tzinfo=UTC)
OBJECTIVES = {
    "frame": "Frame a business question that data can answer",
    "present": "Present findings to a non-specialist",
}


@dataclass
class Work:
    """One student's placement and everybody around it."""

    course: Course
    student: Person
    instructor: Person
    placement: Placement
    contact: PartnerContact
    agreement: LearningAgreement | None = None

    def visitor(
        self,
        visitor: Visitor,
        database: Database,
        who: Person | None = None,
        role: CourseRole = CourseRole.STUDENT,
    ) -> Visitor:
        who = who or self.student
        with database.write() as session:
            token = begin(session, person_id=who.id, roles={self.course.id: role})
        host = urlsplit(visitor.base_url).hostname or ""
        visitor.raw.set_cookie(COOKIE, token, domain=host, secure=True)
        return visitor

    def teacher(self, visitor: Visitor, database: Database) -> Visitor:
        return self.visitor(visitor, database, self.instructor, CourseRole.INSTRUCTOR)

    def officer(self, visitor: Visitor, database: Database) -> Visitor:
        """Priya Raman of the career office, without any part in the course."""
        with database.write() as session:
            who = staff(session, self.placement.institution_id)
        return self.visitor(visitor, database, who, CourseRole.NONE)

    def supervisor(self, visitor: Visitor, database: Database) -> Page:
        """What a supervisor sees after Continue."""
        with database.write() as session:
            link = issue(
                session, secret=SECRET, purpose=LinkPurpose.PLACEMENT, contact=self.contact,
                placement_id=self.placement.id, actor=system(self.placement.institution_id),
            )  # fmt: skip
            path = f"/s/{token_of(link.public_id, SECRET)}"
        return visitor.get(path).submit("Continue")

    @property
    def as_supervisor(self) -> Actor:
        return Actor(
            institution_id=self.placement.institution_id,
            contact_id=self.contact.id,
            link_placement_id=self.placement.id,
            name=self.contact.name,
        )

    @property
    def as_student(self) -> Actor:
        return self._member(self.student, Standing(CourseRole.STUDENT))

    @property
    def as_instructor(self) -> Actor:
        return self._member(self.instructor, Standing(CourseRole.INSTRUCTOR, may_decide=True))

    def _member(self, who: Person, standing: Standing) -> Actor:
        return Actor(
            institution_id=who.institution_id,
            person_id=who.id,
            courses={self.course.id: standing},
            name=who.label,
        )

    def address(self, part: str = "") -> str:
        course, placement = self.course.public_id, self.placement.public_id
        return f"/courses/{course}/placements/{placement}{part}"


def work(
    session: Session, slug: str = "eastmoor", *, agreed: bool = True, **placement: Any
) -> Work:
    """Active since Mon 5 Oct, 20 hours for $480, until Fri 20 Nov; the agreement is signed."""
    school = Institution(slug=slug, name=f"{slug.capitalize()} University")
    course = Course(institution=school, label="BUS-310", title="Applied Analytics")
    session.add_all([school, course])
    session.flush()
    student = member(session, course, "Maya Okafor", CourseRole.STUDENT)
    instructor = member(session, course, "Hana Novak", CourseRole.INSTRUCTOR)
    contact = PartnerContact(
        institution_id=school.id,
        name="Ines Carvalho",
        email=f"ines@{slug}.partner.example",
        verified_at=clock.now(),
    )
    session.add(contact)
    session.flush()
    work_itself = placed(session, course, student, contact)
    made = Work(course, student, instructor, work_itself, contact)
    for name, value in placement.items():
        setattr(made.placement, name, value)
    if agreed:
        made.agreement = agreement(session, made.placement)
    session.flush()
    return made


def member(session: Session, course: Course, name: str, role: CourseRole) -> Person:
    made = Person(institution=course.institution, name=name)
    session.add(made)
    session.flush()
    session.add(CourseMember(course=course, person=made, launch_role=role))
    session.flush()
    return made


def placed(
    session: Session, course: Course, student: Person, contact: PartnerContact, **values: Any
) -> Placement:
    partner = Partner(institution=course.institution, name=f"Northlight {token_hex(3)}")
    made = Placement(
        institution=course.institution,
        course=course,
        person=student,
        partner=partner,
        **{
            "title": "Where do repair customers wait?",
            "deliverable": "A dashboard of waiting times",
            "state": PlacementState.ACTIVE,
            "planned_minutes": 20 * 60,
            "starts_on": date(2026, 10, 5),
            "ends_on": date(2026, 11, 20),
            "fee_minor": 480_00,
            "currency": "USD",
            **values,
        },
    )
    session.add_all([partner, made])
    session.flush()
    session.add(Supervision(placement=made, contact=contact))
    session.add(
        Consent(
            person_id=student.id,
            placement_id=made.id,
            purpose=ConsentPurpose.SUPERVISION,
            records=["name", "agreement", "hours", "deliverables"],
            purpose_text="Guiding and evaluating the work",
            party=partner.name,
            text_version="1",
            signed_name=student.label,
            until=date(2027, 1, 31),
        )
    )
    session.flush()
    return made


def agreement(session: Session, placement: Placement, **values: Any) -> LearningAgreement:
    made = LearningAgreement(
        placement=placement,
        **{
            "state": AgreementState.IN_FORCE,
            "planned_minutes": placement.planned_minutes,
            "starts_on": placement.starts_on,
            "ends_on": placement.ends_on,
            "in_force_at": AGREED_AT,
            **values,
        },
    )
    session.add(made)
    session.flush()
    session.add_all(
        LearningObjective(
            agreement=made,
            lineage=lineage,
            position=position,
            text=text,
            activity="Work with the tickets of one year",
            evidence="A note of one page",
        )
        for position, (lineage, text) in enumerate(OBJECTIVES.items())
    )
    session.flush()
    return made


def entry(
    session: Session, placement: Placement, day: date, minutes: int, **values: Any
) -> HoursEntry:
    made = HoursEntry(
        placement=placement,
        worked_on=day,
        minutes=minutes,
        **{"task": "Grouped the free text", **values},
    )
    session.add(made)
    session.flush()
    return made


def log(student: Visitor, work: Work, *, status: int = 200, **changes: str) -> Page:
    """Fill in and send the student's form."""
    values = {"Day": "2026-10-13", "Hours": "1.5", "What you did": "Read tickets"}
    page = student.get(work.address("/hours"))
    return page.submit("Log hours", {**values, **changes}, status=status)


def stored(database: Database) -> list[tuple[date, int]]:
    """Day and minutes of the entries that stand."""
    with database.read() as session:
        rows = session.scalars(select(HoursEntry).where(HoursEntry.removed_at.is_(None)))
        return [(row.worked_on, row.minutes) for row in rows]
