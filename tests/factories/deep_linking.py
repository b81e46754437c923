"""Asking for content as a platform does, and reading what goes back to it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.partners.models import Partner
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeepLinking,
    LtiDeployment,
    LtiRegistration,
    RegistrationState,
)
from tests.factories import listings, partners
from tests.factories.lti import LTI, Platform, without
from tests.pages import Page, Visitor

DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
SETTINGS = f"{DL}deep_linking_settings"
RETURN_URL = "https://ltiadvantagevalidator.example.org/ltitool/dlresponse.html?id=7"
ANY_TYPE = ["link", "file", "html", "ltiResourceLink", "image"]


def row(session: Session, course: Course, person_id: int, **values: Any) -> LtiDeepLinking:
    """What a platform of the course's institution asked this person, without its launch."""
    registration = LtiRegistration(
        institution_id=course.institution_id,
        name="Moodle",
        issuer=f"https://lms-{course.public_id}.example.org",
        client_id="careerlink",
        auth_url="https://lms.example.org/auth",
        token_url="https://lms.example.org/token",
        jwks_url="https://lms.example.org/jwks",
        family=Family.MOODLE,
        state=RegistrationState.ACTIVE,
    )
    session.add(registration)
    session.flush()
    deployment = LtiDeployment(
        registration_id=registration.id,
        institution_id=course.institution_id,
        deployment_id="1",
        state=DeploymentState.ACTIVE,
    )
    context = LtiContext(deployment=deployment, context_id="2", course_id=course.id)
    found = LtiDeepLinking(
        deployment=deployment,
        context=context,
        person_id=person_id,
        return_url="https://lms.example.org/return?id=1",
        accept_types=["ltiResourceLink"],
        accept_multiple=True,
        expires_at=clock.now() + timedelta(hours=12),
        **values,
    )
    session.add_all([deployment, context, found])
    session.flush()
    return found


def settings(**changes: Any) -> dict[str, Any]:
    """As the certification sends them; ``None`` leaves a member out."""
    found = {
        "deep_link_return_url": RETURN_URL,
        "accept_types": ANY_TYPE,
        "accept_media_types": "image/:::asterisk:::,text/html",
        "accept_presentation_document_targets": ["iframe", "window", "embed"],
        "accept_multiple": True,
        "auto_create": True,
        "title": "This is the default title",
        "text": "This is the default text",
        "data": "csrftoken:c7fbba78-7b75-46e3-9201-11e6d5f36f53",
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


def request(platform: Platform, *roles: str, **changes: Any) -> dict[str, Any]:
    """The certification's request: without target_link_uri. ``changes`` are settings."""
    claims = platform.claims(*roles)
    asked = {
        f"{LTI}message_type": "LtiDeepLinkingRequest",
        SETTINGS: settings(**changes),
    }
    return without({**claims, **asked}, "target_link_uri", "resource_link")


def ask(visitor: Visitor, platform: Platform, claims: dict[str, Any] | None = None) -> Page:
    """Launch the request, and follow to the first page of the choice."""
    landed = platform.launch(visitor, request(platform) if claims is None else claims)
    assert landed.status == 303, landed.summary()
    return visitor.get(landed.location)


@dataclass
class Sent:
    """The answer as the browser posts it, its signature checked with our published keys."""

    to: str
    header: dict[str, Any]
    claims: dict[str, Any]

    @property
    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.claims[f"{DL}content_items"]
        return found


def sent(page: Page, platform: Platform) -> Sent:
    assert page.page_id == "links.send", page.summary()
    form = page.soup.select_one("form[data-send-now]")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    assert set(fields) == {"JWT"}
    header = jwt.get_unverified_header(fields["JWT"])
    published = page.visitor.raw.get("/lti/jwks.json").get_json()["keys"]
    (key,) = (key for key in published if key["kid"] == header["kid"])
    public = RSAAlgorithm.from_jwk(key)
    assert isinstance(public, RSAPublicKey)
    claims = jwt.decode(
        fields["JWT"],
        public,
        algorithms=["RS256"],
        audience=platform.issuer,
        issuer=platform.client_id,
    )
    return Sent(str(form["action"]), header, claims)


def choose_credit(page: Page) -> Page:
    return page.follow("Check the credit link").submit("Add to the course")


def offer_projects(database: Database, *titles: str, **values: Any) -> list[str]:
    """Projects on the board of the only course; their public ids."""
    with database.write() as session:
        course = session.scalars(select(Course)).one()
        host = session.scalar(select(Partner)) or partners.partner(session, course.institution)
        made = [
            listings.listing(session, host, title=title, release_to=course, **values)
            for title in titles
        ]
        return [listing.public_id for listing in made]


def audited(database: Database) -> list[tuple[str, dict[str, Any]]]:
    with database.read() as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.action.like("%links")).order_by(AuditEntry.id)
        )
        return [(row.action, row.detail) for row in rows]
