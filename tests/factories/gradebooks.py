"""A platform that takes the scores of a class: as rows alone, or one that is served."""

from sqlalchemy.orm import Session

from lti.demo_lms.demo_course import CastMember
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
from lti.scopes import SCORE
from tests.factories.cases import Class
from tests.factories.platform_rows import Known


def gradebook(session: Session, of: Class) -> None:
    """A Moodle that takes scores in this course; its roster has every student so far."""
    registration = LtiRegistration(
        institution_id=of.course.institution_id,
        name="Moodle",
        issuer=f"https://moodle.{of.course.institution.slug}.example",
        client_id="careerlink",
        auth_url="https://moodle.example/auth",
        token_url="https://moodle.example/token",
        jwks_url="https://moodle.example/keys",
        family=Family.MOODLE,
        state=RegistrationState.ACTIVE,
    )
    deployment = LtiDeployment(
        registration=registration,
        institution_id=of.course.institution_id,
        deployment_id="1",
        state=DeploymentState.ACTIVE,
    )
    context = LtiContext(
        deployment=deployment,
        context_id="2",
        course_id=of.course.id,
        lineitems_url="https://moodle.example/lineitems",
        scopes=[SCORE],
    )
    session.add_all([registration, deployment, context])
    session.flush()
    for number, person in enumerate(of.students):
        user = LtiUser(
            registration=registration,
            institution_id=of.course.institution_id,
            sub=str(number),
            person_id=person.id,
        )
        session.add_all([user, LtiMembership(context=context, lti_user=user, in_roster=True)])
    session.flush()


def cast(number: int) -> list[CastMember]:
    """So many students of a platform; ``of_class`` is about the same ones."""
    return [
        CastMember(f"student{at}", "Student", f"Number {at}", "student")
        for at in range(1, number + 1)
    ]


def of_class(session: Session, of: Class, known: Known) -> None:
    """The accounts of the class on a platform that is served with ``cast``."""
    deployment = known.register(session, of.course.institution)
    context = known.add_context(session, deployment, of.course)
    for number, person in enumerate(of.students, 1):
        user = LtiUser(
            registration_id=deployment.registration_id,
            institution_id=of.course.institution_id,
            sub=known.sub(f"student{number}"),
            person_id=person.id,
        )
        session.add_all([user, LtiMembership(context=context, lti_user=user, in_roster=True)])
    session.flush()
