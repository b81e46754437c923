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
    """Three chairs."""
    registrars: list[Person]
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
        return self.as_role(ApproverRole.CHAIR, number)

    def as_next(self, case: CreditCase, number: int) -> Actor:
        """Whoever acts at the step that the case is at; ``number`` says which of them."""
        if case.awaits is None:
            return self.as_instructor(case)
        return self.as_role(case.awaits, number)

    def as_role(self, role: ApproverRole, number: int) -> Actor:
        people = self.approvers if role == ApproverRole.CHAIR else self.registrars
        person = people[number % len(people)]
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


def case_world(session: Session, *, apart: bool = False) -> CaseWorld:
    """Two courses of two terms. ``apart``: the student has a project in either."""
    here = cases.school_class(
        session,
        approver_chain=CHAIN,
        final_acceptance_required=True,
        most_returns=2,
        non_credit_minutes=20 * 60,
        max_placements=3,
    )
    there = case_life.second_course(session, here)
    fall = case_life.term(session, here, census_on=case_life.CENSUS)
    case_life.in_term(session, here, fall)
    case_life.in_term(session, there, case_life.term(session, there, "spring"))
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
        cases.project(session, of, who, minutes=hours * 60, title=f"Project {hours}")
        for hours, of in ((46, here), (24, there if apart else here), (8, here))
    ]
    for placement in projects:
        cases.open_case(session, placement)
    chairs = [_approver(session, here, f"{name} Chair") for name in ("Ada", "Ben", "Cy")]
    office = [
        _approver(session, here, f"{name} Reg", ApproverRole.REGISTRAR) for name in ("Di", "Ed")
    ]
    # Without them the registrar's files leave everything out.
    for number, person in enumerate((who, here.instructor, there.instructor, *chairs, *office)):
        person.sis_id = f"S{number:04}"
    session.flush()
    return CaseWorld(
        session,
        here,
        there,
        who,
        cases.staff(session, here),
        chairs,
        office,
        [
            _version_one(session, here),
            _further(session, here, hours=30, approver_chain=[*CHAIN, "registrar"]),
            _further(session, here, hours=60, approver_chain=["instructor"]),
        ],
        projects,
    )


def _approver(
    session: Session, of: Class, name: str, role: ApproverRole = ApproverRole.CHAIR
) -> Person:
    person = Person(institution=of.course.institution, name=name)
    session.add(person)
    session.flush()
    session.add(
        ApproverAppointment(
            institution_id=person.institution_id,
            person_id=person.id,
            role=role,
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


def _further(
    session: Session, of: Class, *, hours: int, approver_chain: list[str]
) -> CreditPolicyVersion:
    """Another number of hours to the credit and another chain; the award needs no answer."""
    stored = {
        **_version_one(session, of).parameters,
        "minutes_per_credit": hours * 60,
        "approver_chain": approver_chain,
        "final_acceptance_required": False,
    }
    return policies.create_version(
        session,
        institution_id=of.course.institution_id,
        name="Micro-internship credit",
        parameters=Parameters.model_validate(stored),
        source="Catalog 2027",
        actor=system(of.course.institution_id),
    )
