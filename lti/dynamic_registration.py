"""An LMS adds CareerLink by itself (LTI Dynamic Registration): look, ask, and keep.

The platform is asked with no transaction open. What it did is known only from its answer, so
the invitation is reserved before and spent after; whatever goes wrong leaves it usable.
"""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor, system
from lti import http, invitations, keys, registration_reply, registrations, workflow
from lti.models import (
    Family,
    LtiDeployment,
    LtiRegistration,
    LtiRegistrationInvitation,
    RegistrationState,
)
from lti.platform_document import Document, checked_token
from lti.products import tool_metadata
from lti.reading import origin_of
from lti.registration_reasons import RegistrationReason as Reason
from lti.registration_reasons import RegistrationRefused
from lti.registration_reply import Reply

SECONDS = 8
"""With the configuration's five, well within the fifteen that a person is made to wait."""
MAX_BYTES = 256_000


@dataclass(frozen=True)
class Registered:
    registration_id: int
    is_new: bool
    state: RegistrationState


def register(
    database: Database, settings: Settings, *, invitation: str, document: Document, token: str
) -> Registered:
    """:raises RegistrationRefused: nothing is kept, and the invitation is as it was."""
    with database.write() as session:
        invitation_id, until = invitations.claim(session, invitation)
        # A platform may look at our keys while it answers.
        keys.ensure(session, secret=settings.server.secret)
    try:
        reply = _ask(settings, document, token=token)
        with database.write() as session:
            return _keep(session, invitation_id, document, reply)
    except BaseException:
        with database.write() as session:
            invitations.release(session, invitation_id, until)
        raise


def _ask(settings: Settings, document: Document, *, token: str) -> Reply:
    tool = tool_metadata.Tool(settings.server.public_url)
    body = tool_metadata.registration(tool, document.offer)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if checked_token(token):
        headers["Authorization"] = f"Bearer {token}"
    try:
        with http.Platform(settings, MAX_BYTES, SECONDS) as platform:
            answer = platform.request(
                "POST", document.registration_url, headers=headers, body=json.dumps(body)
            )
    except http.ForbiddenAddress as exc:
        raise RegistrationRefused(Reason.ENDPOINT_REFUSED, "registration_endpoint") from exc
    except http.NotConnected as exc:
        raise RegistrationRefused(Reason.PLATFORM_FAILED) from exc
    except http.TooLarge as exc:
        raise RegistrationRefused(Reason.REPLY_UNUSABLE) from exc
    except http.PlatformFault as exc:
        # The request may have arrived: the platform may have acted.
        raise RegistrationRefused(Reason.PLATFORM_LATE) from exc
    return registration_reply.read(answer, asked_scope=body["scope"])


def _keep(session: Session, invitation_id: int, document: Document, reply: Reply) -> Registered:
    invitation = session.get_one(LtiRegistrationInvitation, invitation_id)
    institution = session.get_one(Institution, invitation.institution_id)
    actor = system(institution.id)
    row = session.scalar(
        select(LtiRegistration).where(
            LtiRegistration.issuer == document.issuer,
            LtiRegistration.client_id == reply.client_id,
        )
    )
    is_new = row is None
    if (
        row is not None and row.institution_id != institution.id
    ) or registrations.is_client_of_others(
        session, institution.id, reply.client_id, document.token_url
    ):
        raise RegistrationRefused(Reason.REGISTERED_ELSEWHERE)
    if row is None:
        row = _add(session, institution, document, reply, actor=actor)
    else:
        _update(session, row, document, reply, actor=actor)
    _describe(row, document, reply)
    invitations.spend(session, invitation_id, row, actor=actor)
    session.flush()
    return Registered(row.id, is_new, row.state)


def _add(
    session: Session,
    institution: Institution,
    document: Document,
    reply: Reply,
    *,
    actor: Actor,
) -> LtiRegistration:
    return registrations.add(
        session,
        institution,
        name=document.account_name or document.host,
        issuer=document.issuer,
        client_id=reply.client_id,
        auth_url=document.auth_url,
        token_url=document.token_url,
        jwks_url=document.jwks_url,
        family=document.offer.family,
        # Whoever approves the registration approves the deployment that came with it.
        deployment_ids=[reply.deployment_id] if reply.deployment_id else [],
        state=RegistrationState.PENDING,
        actor=actor,
    )


def _update(
    session: Session, row: LtiRegistration, document: Document, reply: Reply, *, actor: Actor
) -> None:
    """The same client again. Addresses on other hosts have to be approved anew."""
    told = (document.auth_url, document.token_url, document.jwks_url)
    is_elsewhere = _origins(row.auth_url, row.token_url, row.jwks_url) != _origins(*told)
    row.auth_url, row.token_url, row.jwks_url = told
    if document.offer.family != Family.OTHER:
        row.family = document.offer.family
    if reply.deployment_id:
        _note_deployment(session, row, reply.deployment_id)
    if is_elsewhere and row.state != RegistrationState.PENDING:
        states.move(
            session,
            row,
            RegistrationState.PENDING,
            workflow.REGISTRATION,
            actor=actor,
            state_since=clock.now(),
        )
        return
    session.flush()
    audit.record(session, "lti_registration:register_again", row, actor=actor, after=row.state)


def _note_deployment(session: Session, row: LtiRegistration, deployment_id: str) -> None:
    """A deployment that nobody has approved yet waits, as one that launches first does."""
    if registrations.find_deployment(session, row.id, deployment_id) is None:
        found = LtiDeployment(
            registration_id=row.id,
            institution_id=row.institution_id,
            deployment_id=deployment_id,
        )
        session.add(found)
        session.flush()
        audit.record(session, "lti_deployment:appear", found, actor=None, after=found.state)


def _describe(row: LtiRegistration, document: Document, reply: Reply) -> None:
    row.account_name = document.account_name or row.account_name
    row.account_guid = document.account_guid or row.account_guid
    row.scopes = [*reply.scopes]
    row.frame_origins = [*dict.fromkeys([*row.frame_origins, *document.frame_origins])]


def _origins(*addresses: str) -> list[str]:
    return [origin_of(address) for address in addresses]
