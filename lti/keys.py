"""Our own signing keys. A new one is published before it signs, an old one after it did.

Platforms cache key sets for hours, so a key that signs the moment it is made is refused.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import Misconfigured
from careerlink.people.actors import Actor
from lti import sealing
from lti.models import LtiSigningKey

BITS = 2048
PURPOSE = "lti signing key"
PUBLISHED_BEFORE = timedelta(hours=24)
PUBLISHED_AFTER = timedelta(hours=48)
"""Longer than any token or message that the old key signed is looked at."""


@dataclass(frozen=True)
class Signer:
    kid: str
    key: RSAPrivateKey


def signer(session: Session, *, secret: str) -> Signer:
    """The key that signs now; made if there is none, so the session must be a writing one."""
    row = ensure(session, secret=secret)
    return Signer(row.kid, _load(row.private_key, secret))


def ensure(session: Session, *, secret: str) -> LtiSigningKey:
    return _signing(session) or _add(session, secret=secret, signs_in=timedelta(0))


def rotate(
    session: Session, *, secret: str, actor: Actor | None, now: bool = False
) -> LtiSigningKey:
    """Publish a new key that signs in a day; the present ones retire two days after that.

    With ``now`` (a key got out) it signs at once and the others retire at once: platforms
    that cache our key set refuse us until they fetch it again.
    """
    wait = timedelta(0) if now else PUBLISHED_BEFORE
    moment = clock.now()
    retires = moment if now else moment + wait + PUBLISHED_AFTER
    for old in published(session):
        old.retires_at = min(old.retires_at or retires, retires)
    new = _add(session, secret=secret, signs_in=wait)
    audit.record(session, "lti_signing_key:rotate", new, actor=actor, at_once=now)
    return new


def published(session: Session) -> list[LtiSigningKey]:
    return list(
        session.scalars(
            select(LtiSigningKey)
            .where(
                or_(LtiSigningKey.retires_at.is_(None), LtiSigningKey.retires_at > clock.now())
            )
            .order_by(LtiSigningKey.id)
        )
    )


def key_set(session: Session) -> dict[str, Any]:
    return {"keys": [json.loads(row.public_jwk) for row in published(session)]}


def _signing(session: Session) -> LtiSigningKey | None:
    now = clock.now()
    ready = [row for row in published(session) if row.signs_from <= now]
    return max(ready, key=lambda row: (row.signs_from, row.id), default=None)


def _add(session: Session, *, secret: str, signs_in: timedelta) -> LtiSigningKey:
    key = generate_private_key(public_exponent=65537, key_size=BITS)
    kid = secrets.token_hex(8)
    public = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    public.pop("key_ops", None)
    row = LtiSigningKey(
        kid=kid,
        private_key=sealing.seal(_pem(key), secret=secret, purpose=PURPOSE),
        public_jwk=json.dumps({**public, "kid": kid, "alg": "RS256", "use": "sig"}),
        signs_from=clock.now() + signs_in,
    )
    session.add(row)
    session.flush()
    return row


def _pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@lru_cache(maxsize=8)
def _load(sealed: str, secret: str) -> RSAPrivateKey:
    pem = sealing.unseal(sealed, secret=secret, purpose=PURPOSE)
    if pem is None:
        raise Misconfigured(
            "the signing key cannot be decrypted: secret_key has changed; put the old one "
            "back, or run `careerlink lti keys rotate --now`"
        )
    # Checking the primes takes 50 ms; what was unsealed is what _add made and sealed.
    key = serialization.load_pem_private_key(
        pem.encode(), password=None, unsafe_skip_rsa_key_validation=True
    )
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("signing keys are RSA")
    return key
