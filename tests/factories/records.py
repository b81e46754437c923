"""Single records that an address can name."""

import io
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from careerlink import mail
from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember, InstructorDelegation
from careerlink.courses.roles import CourseRole
from careerlink.files import operations as files
from careerlink.files.models import Attachment
from careerlink.notifications.models import BounceKind, MailBounce
from careerlink.people.models import Person
from careerlink.placements.models import Application, ApplicationState
from careerlink.supervisors.models import HandOverReason, HandOverRequest, HandOverState
from lti import registrations
from lti.models import LtiContext, LtiDeployment
from tests.factories import (
    evidence,
    placements,
)
from tests.factories.agreements import Scene


def person_id(actor: Any) -> int:
    return int(actor.person_id)


def other_course(session: Session, cast: Scene, deployment: LtiDeployment) -> Course:
    """Of the same term and taught by the same instructor: both could be linked."""
    other = Course(
        institution_id=cast.institution.id,
        term_id=cast.course.term_id,
        label="BUS-310-02",
        title="Applied Analytics",
        copied_from_id=cast.course.id,
    )
    session.add(other)
    session.flush()
    session.add_all(
        [
            CourseMember(
                course_id=other.id,
                person_id=person_id(cast.instructor),
                launch_role=CourseRole.INSTRUCTOR,
            ),
            LtiContext(deployment_id=deployment.id, context_id="course-2", course_id=other.id),
        ]
    )
    cast.course.copied_from_id = other.id
    session.flush()
    return other


def delegation(session: Session, cast: Scene) -> InstructorDelegation:
    """Of days that are still to come, so that nobody acts for anybody yet."""
    made = InstructorDelegation(
        course_id=cast.course.id,
        instructor_id=person_id(cast.instructor),
        delegate_id=person_id(cast.assistant),
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 3, 5),
    )
    session.add(made)
    session.flush()
    return made


def deployment(session: Session, cast: Scene) -> LtiDeployment:
    host = f"https://lms.{cast.institution.slug}.example"
    registration = registrations.add(
        session,
        cast.institution,
        name="Campus LMS",
        issuer=host,
        client_id="careerlink",
        auth_url=f"{host}/auth",
        token_url=f"{host}/token",
        jwks_url=f"{host}/jwks",
        deployment_ids=["1"],
    )
    return session.query(LtiDeployment).filter_by(registration_id=registration.id).one()


def hand_over(session: Session, cast: Scene) -> HandOverRequest:
    """The supervisor has asked; nobody has answered."""
    made = HandOverRequest(
        institution_id=cast.institution.id,
        placement_id=cast.placement.id,
        contact_id=cast.contact.id,
        reason=HandOverReason.LEFT,
        proposed_name="Tomas Vale",
        proposed_email="tomas@northlight.example",
        state=HandOverState.ASKED,
    )
    session.add(made)
    session.flush()
    return made


def bounce(session: Session, cast: Scene) -> int:
    bounce = MailBounce(
        institution_id=cast.institution.id,
        message_id=message(session, cast),
        address=cast.contact.email,
        kind=BounceKind.HARD,
        status="5.1.1",
        report_key=f"report of {cast.institution.slug}",
    )
    session.add(bounce)
    session.flush()
    return bounce.id


def message(session: Session, cast: Scene) -> int:
    return mail.queue(
        session,
        to="june@hosta.example",
        template="offer_made",
        values={},
        institution_id=cast.institution.id,
        target=f"{cast.institution.slug}/application",
    ).id


def application(session: Session, cast: Scene) -> Application:
    listing = placements.supervised_listing(
        session,
        cast.course,
        host={"name": "Hosta Garden Works"},
        guide={"email": f"june@hosta.{cast.institution.slug}.example"},
    )
    student = session.get_one(Person, cast.student.person_id)
    return placements.application(
        session, student, listing, cast.course, state=ApplicationState.OFFERED
    )


def attachment(session: Session, settings: Settings, cast: Scene) -> Attachment:
    return files.receive(
        session,
        settings,
        FileStorage(io.BytesIO(evidence.PDF), filename="note.pdf"),
        institution_id=cast.institution.id,
        actor=cast.student,
    )
