"""A platform's list of members of which an answer is held back, as rows."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole
from lti import roster_queue
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiRegistration,
    RegistrationState,
)


def held_list(session: Session, course: Course, missing: Sequence[int] = ()) -> CourseRoster:
    """Read once; the reading after it left out these persons."""
    registration = LtiRegistration(
        institution_id=course.institution_id,
        name="Moodle",
        issuer=f"https://lists.{course.institution.slug}.example",
        client_id=f"lists-{course.public_id}",
        auth_url="https://moodle.example/auth",
        token_url="https://moodle.example/token",
        jwks_url="https://moodle.example/keys",
        family=Family.MOODLE,
        state=RegistrationState.ACTIVE,
    )
    deployment = LtiDeployment(
        registration=registration,
        institution_id=course.institution_id,
        deployment_id="1",
        state=DeploymentState.ACTIVE,
    )
    context = LtiContext(
        deployment=deployment,
        context_id="2",
        course_id=course.id,
        memberships_url="https://moodle.example/members",
    )
    session.add_all([registration, deployment, context])
    session.flush()
    now = clock.now()
    roster = CourseRoster(
        course_id=course.id,
        source=roster_queue.source_of(context.id),
        answered_at=now,
        members=4,
        failed_at=now if missing else None,
        failing_since=now if missing else None,
        problem=f"Moodle left out {len(missing)} of 4 known members." if missing else "",
        missing=len(missing),
        missing_ids=list(missing),
    )
    session.add(roster)
    session.flush()
    return roster


def listed_member(
    session: Session, course: Course, person_id: int, role: CourseRole
) -> CourseMember:
    member = session.query(CourseMember).filter_by(
        course_id=course.id, person_id=person_id
    ).one_or_none() or CourseMember(course_id=course.id, person_id=person_id)
    member.launch_role = member.roster_role = role
    session.add(member)
    session.flush()
    return member
