"""Verifying the token of a notice: nobody has signed in, so PyLTI1p3 cannot (LTI.md 6.2, G26).

Signature, times and audience are those of a launch; in place of a login that waits, what keeps
strangers from having us call a platform is that its key set was not fetched a moment ago.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from careerlink import clock
from careerlink.config import Settings
from careerlink.db import Database
from lti import id_token, key_sets, logins, notice_claims, registered
from lti.models import DeploymentState, LtiDeployment, LtiRegistration
from lti.notice_claims import Notice
from lti.reasons import Reason
from lti.refusals import LaunchRefused
from lti.stored_answers import LtiKeyCache

FETCH_AGAIN_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Verified:
    registration_id: int
    deployment_row: int
    nonce: str
    notice: Notice


def verify(database: Database, settings: Settings, raw: str) -> Verified:
    """No transaction is open; a platform may be asked for its keys.

    :raises LaunchRefused:
    """
    token = id_token.take_apart(raw)
    with database.read() as session:
        registration, cached = registered.find(session, token)
    logins.require_active(registration)
    deployment_row = _deployment(database, registration, token)
    key = key_sets.find(
        database,
        settings,
        registration.jwks_url,
        token.kid,
        cached=cached,
        before_fetch=lambda: _require_fetch_due(cached),
    )
    id_token.check_signature(token, key)
    id_token.check_times(token.claims)
    id_token.check_party(token)
    return Verified(
        registration.id, deployment_row, token.nonce, notice_claims.read(token.claims)
    )


def _deployment(
    database: Database, registration: LtiRegistration, token: id_token.Token
) -> int:
    """A notice approves nothing: an unknown deployment waits for its first launch."""
    name = notice_claims.deployment(token.claims)
    with database.read() as session:
        found = session.scalar(
            select(LtiDeployment).where(
                LtiDeployment.registration_id == registration.id,
                LtiDeployment.deployment_id == name,
            )
        )
    if found is None or found.state == DeploymentState.PENDING:
        raise LaunchRefused(Reason.DEPLOYMENT_PENDING)
    if found.state != DeploymentState.ACTIVE:
        raise LaunchRefused(Reason.DEPLOYMENT_INACTIVE)
    return found.id


def _require_fetch_due(cached: LtiKeyCache | None) -> None:
    fetched = cached.fetched_at if cached is not None else None
    if fetched is not None and clock.now() - fetched < FETCH_AGAIN_AFTER:
        raise LaunchRefused(Reason.KEY_UNKNOWN)
