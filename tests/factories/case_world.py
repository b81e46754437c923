"""A student in two courses under a chain of approvers, and whoever acts on the cases."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.models import Enrollment, EnrollmentLevel
from careerlink.people.actors import Actor, system
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.approvals import authority
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole
from credit.cases.models import CreditCase
from credit.policy import operations as policies
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from tests.factories import case_life, cases, gradebooks
from tests.factories.cases import Class

CHAIN = ("instructor", "chair")


@dataclass
class CaseWorld:
    session: Session
    here: Class
    there: Class
    student: Person
    staff: Person
    approvers: list[Person]
    versions: list[CreditPolicyVersion]
    projects: list[Placement]

    @property
    def cases(self) -> list[CreditCase]:
        query = select(CreditCase).where(CreditCase.person_id == self.student.id)
        return list(self.session.scalars(query.order_by(CreditCase.id)))

    @property
    def as_staff(self) -> Actor:
        return case_life.as_staff(self.staff)

    def class_of(self, case: CreditCase) -> Class:
        return self.here if case.course_id == self.here.course.id else self.there

    def as_instructor(self, case: CreditCase) -> Actor:
        return self.class_of(case).as_instructor

    def as_student(self, case: CreditCase) -> Actor:
        dropped = self.member(case).dropped_at is not None
        of = self.class_of(case)
        return of.actor(self.student, CourseRole.STUDENT, dropped=dropped)

    def as_approver(self, number: int) -> Actor:
        person = self.approvers[number % len(self.approvers)]
        return Actor(
            institution_id=person.institution_id,
            person_id=person.id,
            name=person.label,
            approves=authority.held_by(self.session, person),
        )

    def member(self, case: CreditCase) -> CourseMember:
        return self.session.scalars(
            select(CourseMember).where(
                CourseMember.course_id == case.course_id,
                CourseMember.person_id == self.student.id,
            )
        ).one()

    def enrollment(self, case: CreditCase) -> Enrollment:
        return self.session.scalars(
            select(Enrollment).where(
                Enrollment.course_id == case.course_id,
                Enrollment.person_id == self.student.id,
            )
        ).one()


def case_world(session: Session, *, slug: str = "eastmoor") -> CaseWorld:
    here = cases.school_class(
        session,
        slug,
        approver_chain=CHAIN,
        final_acceptance_required=True,
        most_returns=2,
        non_credit_minutes=20 * 60,
        max_placements=3,
    )
    there = case_life.second_course(session, here)
    fall = case_life.term(session, here, census_on=case_life.CENSUS)
    for of in (here, there):
        case_life.in_term(session, of, fall)
    who = cases.student(session, here)
    case_life.also_in(session, there, who)
    for number, of in enumerate((here, there)):
        row = Enrollment(
            course_id=of.course.id,
            person_id=who.id,
            crn=f"1042{number}",
            level=EnrollmentLevel.UNDERGRADUATE,
            added_on=date(2026, 8, 24),
        )
        session.add(row)
    gradebooks.gradebook(session, here)
    projects = [
        cases.project(session, here, who, minutes=hours * 60, title=f"Project {hours}")
        for hours in (46, 24, 8)
    ]
    for placement in projects:
        cases.open_case(session, placement)
    return CaseWorld(
        session,
        here,
        there,
        who,
        cases.staff(session, here),
        [_approver(session, here, name) for name in ("Ada Chair", "Ben Chair", "Cy Chair")],
        [_version_one(session, here), *(_further(session, here, m) for m in (30, 60))],
        projects,
    )


def _approver(session: Session, of: Class, name: str) -> Person:
    person = Person(institution=of.course.institution, name=name)
    session.add(person)
    session.flush()
    session.add(
        ApproverAppointment(
            institution_id=person.institution_id,
            person_id=person.id,
            role=ApproverRole.CHAIR,
            starts_on=date(2026, 1, 1),
        )
    )
    session.flush()
    return person


def _version_one(session: Session, of: Class) -> CreditPolicyVersion:
    return session.scalars(
        select(CreditPolicyVersion).where(
            CreditPolicyVersion.institution_id == of.course.institution_id,
            CreditPolicyVersion.number == 1,
        )
    ).one()


def _further(session: Session, of: Class, hours: int) -> CreditPolicyVersion:
    """Another number of hours to the credit, everything else as in the first."""
    stored = {**_version_one(session, of).parameters, "minutes_per_credit": hours * 60}
    return policies.create_version(
        session,
        institution_id=of.course.institution_id,
        name="Micro-internship credit",
        parameters=Parameters.model_validate(stored),
        source="Catalog 2027",
        actor=system(of.course.institution_id),
    )
