"""The demo LMS as the tool knows it: one registration for each behavior."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.institutions.models import Institution
from careerlink.people.actors import system
from lti import registrations
from lti.demo_lms import demo_course
from lti.models import Family, LtiRegistration

MOODLE = ("mod/lti/auth.php", "mod/lti/token.php", "mod/lti/certs.php")
CANVAS = ("api/lti/authorize_redirect", "login/oauth2/token", "api/lti/security/jwks")


def add_demo_lms(
    session: Session, institution: Institution, lms_url: str, *, secret: str
) -> None:
    """Add what is missing; a demo that starts again finds its registrations."""
    for client_id, family, deployment, paths in (
        ("demo-moodle", Family.MOODLE, "1", MOODLE),
        ("demo-canvas", Family.CANVAS, demo_course.CANVAS_DEPLOYMENT, CANVAS),
    ):
        known = session.scalar(
            select(LtiRegistration.id).where(
                LtiRegistration.issuer == lms_url, LtiRegistration.client_id == client_id
            )
        )
        if known is not None:
            continue
        auth_url, token_url, jwks_url = (f"{lms_url}/{path}" for path in paths)
        registrations.add(
            session,
            institution,
            name=f"Demo LMS as {family.value.capitalize()}",
            issuer=lms_url,
            client_id=client_id,
            auth_url=auth_url,
            token_url=token_url,
            jwks_url=jwks_url,
            family=family,
            deployment_ids=[deployment],
            frame_origins=[lms_url],
            actor=system(institution.id),
        )
