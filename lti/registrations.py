"""The platforms we answer to: who they are, and which of their deployments are approved."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import InvalidInput, NotFound
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor, system
from lti import workflow
from lti.models import (
    DeploymentState,
    Family,
    LtiDeployment,
    LtiRegistration,
    RegistrationState,
)
from lti.reading import origin_of


def add(
    session: Session,
    institution: Institution,
    *,
    name: str,
    issuer: str,
    client_id: str,
    auth_url: str,
    token_url: str,
    jwks_url: str,
    family: Family = Family.OTHER,
    deployment_ids: Sequence[str] = (),
    frame_origins: Sequence[str] = (),
    succeeds_id: int | None = None,
    state: RegistrationState = RegistrationState.ACTIVE,
    actor: Actor | None = None,
) -> LtiRegistration:
    """Add a platform; the deployments given are approved, others wait when they first launch.

    :raises InvalidInput: the pair of issuer and client id exists, or a value cannot be right.
    """
    _check_pair(session, issuer, client_id)
    if is_client_of_others(session, institution.id, client_id, token_url):
        raise InvalidInput(
            "another institution's registration is this client of that LMS already",
            field="client_id",
        )
    for field, address in (
        ("auth_url", auth_url),
        ("token_url", token_url),
        ("jwks_url", jwks_url),
    ):
        if not origin_of(address):
            raise InvalidInput(f"{field}: {address!r} is not a web address", field=field)
    _check_predecessor(session, institution, succeeds_id)
    row = LtiRegistration(
        institution_id=institution.id,
        name=name,
        issuer=issuer,
        client_id=client_id,
        auth_url=auth_url,
        token_url=token_url,
        jwks_url=jwks_url,
        family=family,
        state=state,
        succeeds_id=succeeds_id,
        frame_origins=[_origin(given) for given in frame_origins],
    )
    session.add(row)
    session.flush()
    audit.record(session, "lti_registration:add", row, actor=actor, after=state)
    for deployment_id in dict.fromkeys(deployment_ids):
        approve_deployment(session, row, deployment_id, actor=actor)
    return row


def get(session: Session, registration_id: int) -> LtiRegistration:
    row = session.get(LtiRegistration, registration_id)
    if row is None:
        raise NotFound(f"there is no registration {registration_id}")
    return row


def activate(session: Session, registration: LtiRegistration, *, actor: Actor) -> None:
    """Let the platform launch; twice is once."""
    _move(session, registration, RegistrationState.ACTIVE, workflow.REGISTRATION, actor)


def deactivate(session: Session, registration: LtiRegistration, *, actor: Actor) -> None:
    """Refuse the platform's launches, which then say why; nothing is deleted."""
    _move(session, registration, RegistrationState.INACTIVE, workflow.REGISTRATION, actor)


def approve_deployment(
    session: Session,
    registration: LtiRegistration,
    deployment_id: str,
    *,
    actor: Actor | None,
    institution: Institution | None = None,
) -> LtiDeployment:
    """Approve a deployment, also one that has not launched yet; twice is once."""
    if not 0 < len(deployment_id) <= 255:
        raise InvalidInput("deployment id: 1 to 255 characters", field="deployment_id")
    row = find_deployment(session, registration.id, deployment_id)
    if row is None:
        return _add_deployment(session, registration, deployment_id, institution, actor)
    by = actor or system(row.institution_id)
    _move(session, row, DeploymentState.ACTIVE, workflow.DEPLOYMENT, by)
    if institution is not None and row.institution_id != institution.id:
        row.institution_id = institution.id
        session.flush()
        audit.record(session, "lti_deployment:move", row, actor=actor, to=institution.id)
    return row


def turn_off_deployment(session: Session, deployment: LtiDeployment, *, actor: Actor) -> None:
    _move(session, deployment, DeploymentState.INACTIVE, workflow.DEPLOYMENT, actor)


def _add_deployment(
    session: Session,
    registration: LtiRegistration,
    deployment_id: str,
    institution: Institution | None,
    actor: Actor | None,
) -> LtiDeployment:
    row = LtiDeployment(
        registration_id=registration.id,
        institution_id=institution.id if institution else registration.institution_id,
        deployment_id=deployment_id,
        state=DeploymentState.ACTIVE,
        state_since=clock.now(),
    )
    session.add(row)
    session.flush()
    audit.record(session, "lti_deployment:approve", row, actor=actor, after=row.state)
    return row


def find_deployment(
    session: Session, registration_id: int, deployment_id: str
) -> LtiDeployment | None:
    return session.scalar(
        select(LtiDeployment).where(
            LtiDeployment.registration_id == registration_id,
            LtiDeployment.deployment_id == deployment_id,
        )
    )


def rows(session: Session) -> list[dict[str, Any]]:
    """What ``lti list`` shows, oldest first."""
    deployments: dict[int, list[dict[str, str]]] = {}
    for found in session.scalars(select(LtiDeployment).order_by(LtiDeployment.id)):
        deployments.setdefault(found.registration_id, []).append(
            {
                "deployment_id": found.deployment_id,
                "state": found.state.value,
                "platform": found.platform_name or found.platform_guid,
            }
        )
    return [
        {
            "id": row.id,
            "client_id": row.client_id,
            "issuer": row.issuer,
            "state": row.state.value,
            "name": row.name,
            "family": row.family.value,
            "succeeds": row.succeeds_id,
            "deployments": deployments.get(row.id, []),
        }
        for row in session.scalars(select(LtiRegistration).order_by(LtiRegistration.id))
    ]


def _move(
    session: Session,
    subject: LtiRegistration | LtiDeployment,
    to: RegistrationState | DeploymentState,
    edges: states.Workflow,
    actor: Actor,
) -> None:
    if subject.state != to:
        states.move(session, subject, to, edges, actor=actor)


def _check_pair(session: Session, issuer: str, client_id: str) -> None:
    if not issuer or not client_id:
        raise InvalidInput("issuer and client id are both needed", field="issuer")
    known = session.scalar(
        select(LtiRegistration.id).where(
            LtiRegistration.issuer == issuer, LtiRegistration.client_id == client_id
        )
    )
    if known is not None:
        raise InvalidInput(
            f"registration {known} has this issuer and client id already; two with the same "
            "pair could not be told apart",
            field="client_id",
        )


def is_client_of_others(
    session: Session, institution_id: int, client_id: str, token_url: str
) -> bool:
    """We sign as any client that we are told to be. Under an issuer of their own, one
    institution could have us fetch another's access token and take it to their own server."""
    told = session.scalars(
        select(LtiRegistration.token_url).where(
            LtiRegistration.client_id == client_id,
            LtiRegistration.institution_id != institution_id,
        )
    )
    return origin_of(token_url) in {origin_of(address) for address in told}


def _check_predecessor(
    session: Session, institution: Institution, succeeds_id: int | None
) -> None:
    if succeeds_id is None:
        return
    fits = session.scalar(
        select(func.count()).where(
            LtiRegistration.id == succeeds_id, LtiRegistration.institution_id == institution.id
        )
    )
    if not fits:
        raise InvalidInput(
            f"there is no registration {succeeds_id} of this institution", field="succeeds_id"
        )


def _origin(given: str) -> str:
    found = origin_of(given)
    if not found:
        raise InvalidInput(f"frame origin: {given!r} is not like https://lms.example.edu")
    return found
