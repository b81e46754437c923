"""Rows as launches, staff and time would leave them, written without any operation."""

from datetime import date

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.partners.models import ContactAtPartner, Partner, PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement, Supervision
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiRegistration,
    LtiUser,
    RegistrationState,
)

CLOUD = "https://canvas.instructure.com"


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
