"""Credit cases at every stage: work done, hours confirmed, evaluated, ready to be decided."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole, Standing
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.placements.models import Placement, PlacementState
from credit.cases import keeping, opening
from credit.cases.models import CreditCase
from credit.evidence.models import (
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    EvidenceKind,
)
from credit.hours.models import EntryState, HoursConfirmation, HoursEntry
from credit.policy import operations as policy
from credit.policy.parameters import Clause, Parameters
from tests.factories import hours
from tests.factories.evaluated import evaluate, supervisor_of
from tests.factories.school import sign_in
from tests.pages import Visitor

FIRST_DAY = date(2026, 10, 5)
CLAUSES = {
    "hours": Clause(ref="§ 2 Hours", text="45 hours of work make one credit."),
    "over_plan": Clause(ref="§ 3 Planned hours", text="Hours count up to 110 % of the plan."),
    "academic": Clause(ref="§ 4 Academic work", text="The seminar is part of the work."),
    "span": Clause(ref="§ 5 Span", text="The work goes over at least eight weeks."),
    "evidence": Clause(ref="§ 6 Evidence", text="A deliverable and a final evaluation."),
}
PLAIN: dict[str, Any] = {
    "tolerance_percent": 10,
    "clauses": CLAUSES,
    # Without what the registrar says nobody can tell: such a case asks for a name.
    "not_before_enrollment": False,
}


@dataclass
class Class:
    """A course with its policy and the people in it."""

    course: Course
    instructor: Person
    contact: PartnerContact
    students: list[Person] = field(default_factory=list)

    @property
    def as_instructor(self) -> Actor:
        return self.actor(self.instructor, CourseRole.INSTRUCTOR)

    def actor(self, who: Person, role: CourseRole, **values: Any) -> Actor:
        decides = role == CourseRole.INSTRUCTOR
        standing = Standing(role, **{"may_decide": decides, **values})
        return Actor(
            institution_id=who.institution_id,
            person_id=who.id,
            courses={self.course.id: standing},
            name=who.label,
        )

    def member(self, session: Session, name: str, role: CourseRole) -> Person:
        person = hours.member(session, self.course, name, role)
        person.email = f"{name.split()[0].lower()}@{self.course.institution.slug}.example"
        session.flush()
        return person

    def signed_in(
        self, visitor: Visitor, database: Database, who: Person, role: CourseRole
    ) -> Visitor:
        return sign_in(visitor, database, who, {self.course.id: role})

    def address(self, case: CreditCase | None = None, part: str = "") -> str:
        page = f"/cases/{case.public_id}" if case else ""
        return f"/courses/{self.course.public_id}{page}{part}"


def school_class(
    session: Session, slug: str = "eastmoor", *, has_policy: bool = True, **parameters: Any
) -> Class:
    school = Institution(slug=slug, name=f"{slug.capitalize()} University")
    course = Course(institution=school, label="BUS-310", title="Applied Analytics")
    contact = PartnerContact(name="Ines Carvalho", email=f"ines@{slug}.partner.example")
    session.add_all([school, course])
    session.flush()
    contact.institution_id = school.id
    session.add(contact)
    session.flush()
    instructor = hours.member(session, course, "Hana Novak", CourseRole.INSTRUCTOR)
    instructor.email = f"hana@{slug}.example"
    session.flush()
    made = Class(course, instructor, contact)
    if has_policy:
        add_policy(session, made, **parameters)
    return made


def add_policy(session: Session, of: Class, **parameters: Any) -> None:
    policy.create_version(
        session,
        institution_id=of.course.institution_id,
        name="Micro-internship credit",
        parameters=Parameters(**{**PLAIN, **parameters}),
        source="Catalog 2026, p. 41",
        is_default=True,
        actor=system(of.course.institution_id),
    )


def student(session: Session, of: Class, name: str = "Maya Okafor") -> Person:
    person = of.member(session, name, CourseRole.STUDENT)
    of.students.append(person)
    return person


def staff(session: Session, of: Class) -> Person:
    """Somebody of the career office, who teaches nothing."""
    person = Person(institution=of.course.institution, name="Omar Said")
    session.add(person)
    session.flush()
    office_role(session, person, of.course.institution.slug)
    return person


def office_role(session: Session, person: Person, slug: str) -> None:
    session.add(
        PersonRole(
            institution_id=person.institution_id,
            email=f"{person.label.split()[0].lower()}@{slug}.example",
            person_id=person.id,
            role=OfficeRole.STAFF,
        )
    )
    session.flush()


def project(
    session: Session, of: Class, who: Person, *, minutes: int = 48 * 60, **values: Any
) -> Placement:
    """At work since Mon 5 Oct under an agreement, with eight-hour days, one a week."""
    placement = hours.placed(
        session, of.course, who, of.contact, **{"planned_minutes": minutes or 60, **values}
    )
    hours.agreement(session, placement)
    full, rest = divmod(minutes, 480)
    for week, amount in enumerate([480] * full + ([rest] if rest else [])):
        day = FIRST_DAY + timedelta(weeks=week // 2, days=week % 2)
        hours.entry(session, placement, day, amount)
    return placement


def complete(session: Session, placement: Placement, *, confirmed: int | None = None) -> None:
    """The work is done and handed in, and the supervisor confirmed the hours."""
    placement.state = PlacementState.WORK_COMPLETED
    placement.completed_at = datetime(2026, 11, 20, 16, tzinfo=UTC)
    reported = placement.planned_minutes
    session.add_all(
        [
            HoursConfirmation(
                placement_id=placement.id,
                contact_id=supervisor_of(session, placement).id,
                reported_minutes=reported,
                confirmed_minutes=reported if confirmed is None else confirmed,
            ),
            Deliverable(
                placement_id=placement.id,
                public_id=f"dashboard-{placement.id}",
                title="Waiting-time dashboard",
                state=DeliverableState.HANDED_IN,
            ),
            DeliverableVersion(
                placement_id=placement.id,
                piece=f"dashboard-{placement.id}",
                kind=EvidenceKind.LINK,
                title="Waiting-time dashboard",
                url="https://example.org/dashboard",
            ),
            DeliverableVersion(
                placement_id=placement.id,
                piece="reflection",
                kind=EvidenceKind.REFLECTION,
                title="Reflection",
                text="The median wait was six days.\nI would ask earlier.",
            ),
        ]
    )
    session.flush()


def open_case(session: Session, placement: Placement) -> CreditCase:
    case = opening.open_for(session, placement, actor=system(placement.institution_id))
    assert case is not None
    return case


def ready_case(
    session: Session,
    of: Class,
    name: str = "Maya Okafor",
    *,
    minutes: int = 48 * 60,
    academic_minutes: int = 0,
) -> CreditCase:
    """By the policy of ``school_class`` 48 hours are one credit."""
    placement = project(session, of, student(session, of, name), minutes=minutes)
    case = open_case(session, placement)
    case.academic_minutes = academic_minutes
    complete(session, placement)
    evaluate(session, placement)
    keeping.settle_case(session, case)
    return case


def dispute(session: Session, placement: Placement) -> None:
    for entry in session.query(HoursEntry).filter_by(placement_id=placement.id):
        entry.state = EntryState.DISPUTED
    session.flush()


def drop(session: Session, of: Class, who: Person, *, back: bool = False) -> None:
    member = session.query(CourseMember).filter_by(course_id=of.course.id, person_id=who.id)
    member.one().dropped_at = None if back else datetime(2026, 10, 13, tzinfo=UTC)
    session.flush()
