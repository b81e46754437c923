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
    session: Session,
    institution: Institution,
    lms_url: str,
    *,
    secret: str,
    canvas_issuer: str = "",
    canvas_host: str = "",
) -> None:
    """Add what is missing; a demo that starts again finds its registrations."""
    _register(
        session,
        institution,
        demo_course.MOODLE_CLIENT,
        family=Family.MOODLE,
        deployment_ids=[demo_course.MOODLE_DEPLOYMENT],
        issuer=lms_url,
        **_addresses(lms_url, MOODLE),
    )
    _register(
        session,
        institution,
        demo_course.CANVAS_CLIENT,
        family=Family.CANVAS,
        deployment_ids=[demo_course.CANVAS_DEPLOYMENT],
        issuer=canvas_issuer or lms_url,
        **_addresses(canvas_host or lms_url, CANVAS),
    )


def _addresses(host: str, paths: tuple[str, ...]) -> dict[str, str]:
    names = ("auth_url", "token_url", "jwks_url")
    return {name: f"{host}/{path}" for name, path in zip(names, paths, strict=True)}


def _register(
    session: Session,
    institution: Institution,
    client_id: str,
    *,
    family: Family,
    deployment_ids: list[str],
    **addresses: str,
) -> None:
    known = session.scalar(
        select(LtiRegistration).where(
            LtiRegistration.client_id == client_id,
            LtiRegistration.institution_id == institution.id,
        )
    )
    if known is not None:
        # The demo may have been on other ports before.
        for name, address in addresses.items():
            setattr(known, name, address)
        return
    registrations.add(
        session,
        institution,
        name=f"Demo LMS as {family.value.capitalize()}",
        client_id=client_id,
        issuer=addresses["issuer"],
        auth_url=addresses["auth_url"],
        token_url=addresses["token_url"],
        jwks_url=addresses["jwks_url"],
        family=family,
        deployment_ids=deployment_ids,
        actor=system(institution.id),
    )
