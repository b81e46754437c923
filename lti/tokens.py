"""Access tokens for a platform's services: asked for with a signed assertion, shared by all
processes, renewed a minute before they end."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlencode

import jwt
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from careerlink import clock
from careerlink.config import Settings
from careerlink.db import Database
from lti import http, keys, sealing
from lti.models import Family, LtiDeployment
from lti.stored_answers import LtiToken

DEPLOYMENT = "https://purl.imsglobal.org/spec/lti/claim/deployment_id"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
PURPOSE = "lti access token"
SKEW = timedelta(seconds=60)
BACKDATED = timedelta(seconds=30)
"""Moodle refuses an assertion of its own future, so a fast clock of ours must not matter;
Canvas takes one of up to five minutes ago."""
LIFETIME = timedelta(minutes=5)
LONGEST = timedelta(days=1)
ERROR_CODE = re.compile(r"[a-z_]{1,40}")


class NoToken(http.PlatformFault):
    """The platform gives us no access token. The message names its error code at most."""

    def __init__(self, message: str, answer: http.Answer | None = None) -> None:
        super().__init__(message)
        self.answer = answer

    @property
    def is_scope(self) -> bool:
        """It knows us, and does not grant what was asked for."""
        return self.answer is not None and _error_code(self.answer).endswith("invalid_scope")


@dataclass(frozen=True)
class Client:
    """What we are to a platform, free of the database session."""

    registration_id: int
    client_id: str
    token_url: str
    deployment_id: str
    family: Family

    @classmethod
    def of(cls, deployment: LtiDeployment) -> Self:
        registration = deployment.registration
        return cls(
            registration.id,
            registration.client_id,
            registration.token_url,
            deployment.deployment_id,
            registration.family,
        )


def access_token(
    database: Database,
    settings: Settings,
    client: Client,
    scopes: Iterable[str],
    *,
    platform: http.Platform,
    refused: str = "",
) -> str:
    """The token in store, or a new one; ``refused`` is one that a service did not take.

    :raises NoToken: the platform refuses.
    :raises PlatformFault: it did not answer.
    """
    wanted = " ".join(sorted(set(scopes)))
    stored = _stored(database, settings, client, wanted)
    if stored is not None and stored != refused:
        return stored
    token, lifetime = _ask(database, settings, client, wanted, platform)
    _store(database, settings, client, wanted, token, lifetime)
    return token


def try_out(
    database: Database,
    settings: Settings,
    client: Client,
    scopes: Iterable[str],
    *,
    platform: http.Platform,
) -> None:
    """Ask for a token and throw it away, whatever is in store.

    :raises NoToken: the platform refuses.
    :raises PlatformFault: it did not answer.
    """
    _ask(database, settings, client, " ".join(sorted(set(scopes))), platform)


def assertion(client: Client, *, signer: keys.Signer) -> str:
    now = clock.now()
    claims = {
        "iss": client.client_id,
        "sub": client.client_id,
        "aud": client.token_url,
        "iat": int((now - BACKDATED).timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
        # Canvas insists on one, though it takes the same one twice.
        "jti": secrets.token_hex(16),
        DEPLOYMENT: client.deployment_id,
    }
    return jwt.encode(claims, signer.key, algorithm="RS256", headers={"kid": signer.kid})


def _ask(
    database: Database, settings: Settings, client: Client, scopes: str, platform: http.Platform
) -> tuple[str, timedelta]:
    with database.write() as session:
        signer = keys.signer(session, secret=settings.server.secret)
    answer = platform.request(
        "POST",
        client.token_url,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        },
        body=urlencode(
            {
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": assertion(client, signer=signer),
                "scope": scopes,
            }
        ),
    )
    if not answer.ok:
        raise NoToken(f"gives us no access ({_error_code(answer)})", answer)
    return _read(answer.json())


def _read(body: Any) -> tuple[str, timedelta]:
    token = body.get("access_token") if isinstance(body, dict) else None
    if not isinstance(token, str) or not token or not token.isascii() or " " in token:
        raise NoToken("answered without an access token")
    seconds = body.get("expires_in")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
        seconds = 3600
    return token, min(timedelta(seconds=min(seconds, 10**6)), LONGEST)


def _error_code(answer: http.Answer) -> str:
    """The OAuth error code, if it is one: Moodle puts whole sentences there."""
    try:
        body = answer.json()
    except http.NotJson:
        body = None
    code = body.get("error") if isinstance(body, dict) else None
    known = isinstance(code, str) and ERROR_CODE.fullmatch(code)
    return f"{answer.status} {code}" if known else str(answer.status)


def _stored(database: Database, settings: Settings, client: Client, scopes: str) -> str | None:
    with database.read() as session:
        row = session.scalar(
            select(LtiToken).where(
                LtiToken.registration_id == client.registration_id, LtiToken.scopes == scopes
            )
        )
    if row is None or row.expires_at <= clock.now() + SKEW:
        return None
    return sealing.unseal(row.access_token, secret=settings.server.secret, purpose=PURPOSE)


def _store(
    database: Database,
    settings: Settings,
    client: Client,
    scopes: str,
    token: str,
    lifetime: timedelta,
) -> None:
    row = LtiToken(
        registration_id=client.registration_id,
        scopes=scopes,
        access_token=sealing.seal(token, secret=settings.server.secret, purpose=PURPOSE),
        expires_at=clock.now() + lifetime,
    )
    try:
        with database.write() as session:
            session.execute(
                delete(LtiToken).where(
                    LtiToken.registration_id == client.registration_id,
                    LtiToken.scopes == scopes,
                )
            )
            session.add(row)
    except IntegrityError:
        # Another process stored its own a moment ago; either token works.
        return
