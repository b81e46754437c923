"""Which gradebook a person's score belongs in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.models import Person
from lti.models import (
    DeploymentState,
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiRegistration,
    LtiScore,
    LtiUser,
    RegistrationState,
)
from lti.scopes import SCORE

KEPT_HERE = "This course keeps its decisions in CareerLink and sends none to the gradebook."


def place_of(
    session: Session, person: Person, course: Course, *, resource_id: str
) -> LtiMembership | None:
    """The person's place in a context with a gradebook: enrolled, else where a score of theirs
    already stands, else where they came in themselves, else where they were seen last."""
    found = session.scalars(
        select(LtiMembership)
        .join(LtiUser, LtiMembership.lti_user_id == LtiUser.id)
        .where(
            LtiUser.person_id == person.id,
            LtiUser.institution_id == course.institution_id,
            LtiMembership.context_id.in_([context.id for context in serving(session, course)]),
        )
    ).all()
    standing = {
        (score.context_id, score.lti_user_id)
        for score in session.scalars(
            select(LtiScore)
            .join(LtiUser, LtiScore.lti_user_id == LtiUser.id)
            .where(LtiUser.person_id == person.id, LtiScore.resource_id == resource_id)
        )
    }
    enrolled = {True: 2, None: 1, False: 0}
    return max(
        found,
        key=lambda one: (
            enrolled[one.in_roster],
            (one.context_id, one.lti_user_id) in standing,
            one.launch_role is not None,
            one.seen_at,
            one.id,
        ),
        default=None,
    )


def serving(session: Session, course: Course) -> Sequence[LtiContext]:
    """The contexts of a course that its scores go to: none where it keeps them here."""
    return () if course.keeps_grades_here else offering(session, course)


def offering(session: Session, course: Course) -> Sequence[LtiContext]:
    """The contexts of a course whose platform takes scores from us, if we send any."""
    contexts = session.scalars(
        select(LtiContext)
        .join(LtiDeployment, LtiContext.deployment_id == LtiDeployment.id)
        .join(LtiRegistration, LtiDeployment.registration_id == LtiRegistration.id)
        .where(
            LtiContext.course_id == course.id,
            LtiContext.lineitems_url != "",
            LtiDeployment.institution_id == course.institution_id,
            LtiDeployment.state == DeploymentState.ACTIVE,
            LtiRegistration.state == RegistrationState.ACTIVE,
        )
        .order_by(LtiContext.id)
    )
    return [context for context in contexts if SCORE in context.scopes]


def has_gradebook(session: Session, course: Course) -> bool:
    return bool(serving(session, course))


def why_no_gradebook(session: Session, course: Course, person: Person) -> str:
    """Why ``queue_score`` has nowhere to send this person's score; empty where it has."""
    if course.keeps_grades_here:
        return KEPT_HERE
    if not has_gradebook(session, course):
        return "The learning management system gives CareerLink no gradebook in this course."
    if place_of(session, person, course, resource_id="") is None:
        return "This student has no account in the course's gradebook that CareerLink knows."
    return ""
