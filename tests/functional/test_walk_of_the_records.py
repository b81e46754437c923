"""The walk that the records must bear from the first migration on.

One student, two placements in one credit case, one course seen through two LTI contexts, a drop
and a return, a course copy, one supervisor for two partners, an instructor who is also staff,
and two institutions behind one issuer.
"""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.institutions.models import Institution
from careerlink.partners.models import ContactAtPartner, Partner, PartnerContact
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.placements.models import Placement, Supervision
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiRegistration,
    LtiUser,
    RegistrationState,
)

CLOUD = "https://canvas.instructure.com"
WHEN = datetime(2026, 10, 14, 12, tzinfo=UTC)


def add(session: Session, *rows: object) -> None:
    session.add_all(rows)
    session.flush()


class Walk:
    """Builds the whole situation, step by step, as launches, staff and time would."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.school = Institution(slug="eastmoor", name="Eastmoor University")
        self.other_school = Institution(slug="crestwood", name="Crestwood College")
        add(session, self.school, self.other_school)
        self.student = Person(institution_id=self.school.id, name="Maya Okafor")
        self.instructor = Person(
            institution_id=self.school.id, name="Priya Nair", email="priya@eastmoor.example"
        )
        self.course = Course(institution_id=self.school.id, label="BUS-310", title="Analytics")
        add(session, self.student, self.instructor, self.course)

    def platform(self, school: Institution, client_id: str, deployment: str) -> LtiDeployment:
        registration = LtiRegistration(
            institution_id=school.id,
            name="Canvas",
            issuer=CLOUD,
            client_id=client_id,
            auth_url=f"{CLOUD}/auth",
            token_url=f"{CLOUD}/token",
            jwks_url=f"{CLOUD}/jwks",
            family=Family.CANVAS,
            state=RegistrationState.ACTIVE,
        )
        add(self.session, registration)
        found = LtiDeployment(
            registration_id=registration.id,
            institution_id=school.id,
            deployment_id=deployment,
            state=DeploymentState.ACTIVE,
        )
        add(self.session, found)
        return found

    def context(self, deployment: LtiDeployment, context_id: str, course: Course) -> LtiContext:
        found = LtiContext(
            deployment_id=deployment.id, context_id=context_id, course_id=course.id
        )
        add(self.session, found)
        return found

    def account(self, deployment: LtiDeployment, sub: str, person: Person) -> LtiUser:
        found = LtiUser(
            registration_id=deployment.registration_id,
            institution_id=deployment.institution_id,
            sub=sub,
            person_id=person.id,
        )
        add(self.session, found)
        return found

    def partner(self, name: str, contact: PartnerContact) -> Partner:
        found = Partner(institution_id=self.school.id, name=name)
        add(self.session, found)
        add(self.session, ContactAtPartner(partner_id=found.id, contact_id=contact.id))
        return found

    def placement(self, partner: Partner, contact: PartnerContact, title: str) -> Placement:
        found = Placement(
            institution_id=self.school.id,
            course_id=self.course.id,
            person_id=self.student.id,
            partner_id=partner.id,
            title=title,
            planned_minutes=1200,
            starts_on=date(2026, 10, 1),
            ends_on=date(2026, 11, 1),
            fee_minor=48000,
            currency="USD",
        )
        add(self.session, found)
        add(self.session, Supervision(placement_id=found.id, contact_id=contact.id))
        return found

    def case(self, *placements: Placement) -> CreditCase:
        policy = CreditPolicyVersion(
            institution_id=self.school.id,
            name="BUS-310",
            number=1,
            parameters=Parameters().stored(),
            source="Handbook",
        )
        add(self.session, policy)
        found = CreditCase(
            institution_id=self.school.id,
            course_id=self.course.id,
            person_id=self.student.id,
            policy_version_id=policy.id,
        )
        add(self.session, found)
        add(
            self.session,
            *(
                CreditCasePlacement(credit_case_id=found.id, placement_id=p.id)
                for p in placements
            ),
        )
        return found


def test_the_records_bear_the_walk(session: Session) -> None:
    walk = Walk(session)
    # Two institutions behind hosted Canvas's one issuer: client and deployment tell them apart.
    ours = walk.platform(walk.school, "10000000000001", "1:ours")
    theirs = walk.platform(walk.other_school, "10000000000002", "1:theirs")
    stranger = Person(institution_id=walk.other_school.id, name="Somebody else")
    add(session, stranger)
    account = walk.account(ours, "same-sub", walk.student)
    walk.account(theirs, "same-sub", stranger)

    # One course seen through two contexts; in both the student is the same member of it.
    first = walk.context(ours, "ctx-1", walk.course)
    second = walk.context(ours, "ctx-2", walk.course)
    add(
        session,
        LtiMembership(context_id=first.id, lti_user_id=account.id, in_roster=True),
        LtiMembership(context_id=second.id, lti_user_id=account.id, in_roster=True),
        member := CourseMember(
            course_id=walk.course.id,
            person_id=walk.student.id,
            launch_role=CourseRole.STUDENT,
        ),
    )

    # A drop and a return leave the member where they were.
    member.dropped_at = WHEN
    session.flush()
    member.dropped_at = None
    session.flush()

    # Next term's copy is a new course with a context of its own, and nobody's work in it.
    copied = Course(
        institution_id=walk.school.id, title="Analytics", copied_from_id=walk.course.id
    )
    add(session, copied)
    copy = walk.context(ours, "ctx-3", copied)
    copy.history = ["ctx-1"]

    # One supervisor for two partners, two placements in one case.
    supervisor = PartnerContact(
        institution_id=walk.school.id, name="Ines Carvalho", email="ines@northlight.example"
    )
    add(session, supervisor)
    north, south = (
        walk.partner("Northlight", supervisor),
        walk.partner("Southfield", supervisor),
    )
    placements = [
        walk.placement(north, supervisor, "Repair queue"),
        walk.placement(south, supervisor, "Visitor survey"),
    ]
    walk.case(*placements)

    # An instructor who is also staff: one person, two kinds of authority.
    add(
        session,
        CourseMember(
            course_id=walk.course.id,
            person_id=walk.instructor.id,
            launch_role=CourseRole.INSTRUCTOR,
        ),
        PersonRole(
            institution_id=walk.school.id,
            email="priya@eastmoor.example",
            person_id=walk.instructor.id,
            role=OfficeRole.STAFF,
            taken_at=WHEN,
        ),
    )
    session.flush()

    assert session.scalar(select(func.count()).select_from(CreditCasePlacement)) == 2
    assert session.scalar(select(func.count()).select_from(LtiContext)) == 3


def refused(session: Session, row: object) -> bool:
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return True
    return False


def test_a_placement_is_in_one_open_case_only(session: Session) -> None:
    walk = Walk(session)
    contact = PartnerContact(institution_id=walk.school.id, name="I", email="i@north.example")
    add(session, contact)
    placement = walk.placement(walk.partner("Northlight", contact), contact, "Repair queue")
    case = walk.case(placement)

    assert refused(
        session, CreditCasePlacement(credit_case_id=case.id, placement_id=placement.id)
    )
    current = session.scalars(select(CreditCasePlacement)).one()
    current.moved_at = WHEN
    session.flush()
    assert not refused(
        session, CreditCasePlacement(credit_case_id=case.id, placement_id=placement.id)
    )


def test_a_student_has_one_case_a_course(session: Session) -> None:
    walk = Walk(session)
    first = walk.case()
    assert refused(
        session,
        CreditCase(
            institution_id=walk.school.id,
            course_id=walk.course.id,
            person_id=walk.student.id,
            policy_version_id=first.policy_version_id,
        ),
    )


def test_the_same_pair_of_issuer_and_client_is_registered_once(session: Session) -> None:
    walk = Walk(session)
    walk.platform(walk.school, "10000000000001", "1:ours")
    with pytest.raises(IntegrityError):
        walk.platform(walk.other_school, "10000000000001", "1:theirs")
