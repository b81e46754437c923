"""Deployments: approved one by one, since on hosted Canvas each may be another school's."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from lti import first_time, known
from lti.claim_values import Launch
from lti.identity import is_due
from lti.known import Origin
from lti.models import DeploymentState, LtiDeployment, LtiRegistration
from lti.reading import origin_of
from lti.reasons import Reason
from lti.refusals import LaunchRefused

MOST_ORIGINS = 20


def require(
    session: Session, registration_id: int, launch: Launch, *, hint: str | None
) -> Origin:
    """The approved deployment of a verified launch, and the account that it knows. An unknown
    deployment is put on the list of those that wait for ``lti approve-deployment``.

    :raises LaunchRefused:
    """
    if hint is not None and hint != launch.deployment_id:
        raise LaunchRefused(Reason.DEPLOYMENT_CHANGED)
    found = _find(session, registration_id, launch)
    if found is None:
        first_time.alone(session, "lti_deployment", registration_id, launch.deployment_id)
        found = _find(session, registration_id, launch)
    if found is None:
        _wait_for_approval(session, registration_id, launch)
        raise LaunchRefused(Reason.DEPLOYMENT_PENDING)
    if found.deployment.state == DeploymentState.PENDING:
        raise LaunchRefused(Reason.DEPLOYMENT_PENDING)
    if found.deployment.state != DeploymentState.ACTIVE:
        raise LaunchRefused(Reason.DEPLOYMENT_INACTIVE)
    return found


def _find(session: Session, registration_id: int, launch: Launch) -> Origin | None:
    user = launch.user
    return known.origin(
        session, registration_id, launch.deployment_id, sub=user.sub, email=user.email
    )


def note(session: Session, deployment: LtiDeployment, launch: Launch) -> None:
    """Keep what a launch tells about the platform, written only when it changes."""
    registration = deployment.registration
    now = clock.now()
    if is_due(registration.last_launch_at, now):
        registration.last_launch_at = now
    if launch.is_by_old_address:
        note_old_address(registration)
    if launch.platform_guid and launch.platform_guid != deployment.platform_guid:
        deployment.platform_guid = launch.platform_guid
    if launch.platform_name and launch.platform_name != deployment.platform_name:
        deployment.platform_name = launch.platform_name
    learned = deployment.frame_origins
    if new := [origin for origin in launch.frame_origins if origin not in learned]:
        deployment.frame_origins = [*learned, *new][-MOST_ORIGINS:]


def note_old_address(registration: LtiRegistration) -> None:
    """Shown to the administrator, who then changes it in the LMS."""
    if is_due(registration.old_address_seen_at, clock.now()):
        registration.old_address_seen_at = clock.now()


def frame_origins(deployment: LtiDeployment) -> list[str]:
    """Who may show our pages in a frame: learned from verified launches, or given."""
    registration = deployment.registration
    found = [
        origin_of(registration.issuer),
        *registration.frame_origins,
        *deployment.frame_origins,
    ]
    return [*dict.fromkeys(origin for origin in found if origin)]


def frame_origins_of_registration(session: Session, registration_id: int) -> list[str]:
    """For pages of a launch that went no further: they hold nothing about anybody."""
    registration = session.get_one(LtiRegistration, registration_id)
    found = [origin_of(registration.issuer), *registration.frame_origins]
    for learned in session.scalars(
        select(LtiDeployment.frame_origins).where(
            LtiDeployment.registration_id == registration_id
        )
    ):
        found += learned
    return [*dict.fromkeys(origin for origin in found if origin)]


def _wait_for_approval(session: Session, registration_id: int, launch: Launch) -> None:
    registration = session.get_one(LtiRegistration, registration_id)
    row = LtiDeployment(
        registration_id=registration.id,
        institution_id=registration.institution_id,
        deployment_id=launch.deployment_id,
        platform_guid=launch.platform_guid,
        platform_name=launch.platform_name,
    )
    session.add(row)
    session.flush()
    audit.record(session, "lti_deployment:appear", row, actor=None, after=row.state)
