"""An id_token taken apart: its form, its times and whom it is for."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from careerlink import clock
from lti.reading import CONTROLS, SURROGATES, required, short
from lti.reasons import Reason
from lti.refusals import LaunchRefused

ALGORITHM = "RS256"
LEEWAY = timedelta(seconds=60)
"""Clock difference we bear; Moodle's tokens live no longer than that."""
OLDEST = timedelta(minutes=10)
LONGEST_TOKEN = 400_000


@dataclass(frozen=True)
class Token:
    """An id_token taken apart. Nothing in it is true before the signature is checked."""

    raw: str
    header: dict[str, Any]
    claims: dict[str, Any]

    @property
    def issuer(self) -> str:
        return _text(self.claims, "iss")

    @property
    def nonce(self) -> str:
        return _text(self.claims, "nonce")

    @property
    def client_id(self) -> str:
        """The one audience. Others beside us would be trusted with this launch, too."""
        audience = required(self.claims, "aud")
        found: set[str] = set(audience) if _is_texts(audience) else set()
        if isinstance(audience, str):
            found = {audience}
        if len(found) != 1 or not _is_clean(only := found.pop()):
            raise LaunchRefused(Reason.AUDIENCE_WRONG)
        return only

    @property
    def kid(self) -> str:
        kid = self.header.get("kid")
        if not isinstance(kid, str) or not kid:
            raise LaunchRefused(Reason.KEY_ID_MISSING)
        return kid


def take_apart(raw: str) -> Token:
    """:raises LaunchRefused: not a token of three parts with two JSON objects."""
    parts = raw.split(".")
    if len(parts) != 3 or len(raw) > LONGEST_TOKEN:
        raise LaunchRefused(Reason.TOKEN_MALFORMED)
    header, claims = _json_object(parts[0]), _json_object(parts[1])
    if header.get("alg") != ALGORITHM:
        raise LaunchRefused(Reason.ALGORITHM_REFUSED)
    return Token(raw, header, claims)


def check_times(claims: Mapping[str, Any]) -> None:
    """:raises LaunchRefused: too old, over, or of the future."""
    now = clock.now().timestamp()
    leeway = LEEWAY.total_seconds()
    issued, ends = _seconds(claims, "iat"), _seconds(claims, "exp")
    if ends <= now - leeway:
        raise LaunchRefused(Reason.TOKEN_EXPIRED)
    if issued < now - OLDEST.total_seconds():
        raise LaunchRefused(Reason.TOKEN_TOO_OLD)
    begins = _seconds(claims, "nbf") if claims.get("nbf") is not None else issued
    if max(issued, begins) > now + leeway:
        raise LaunchRefused(Reason.TOKEN_FROM_FUTURE)


def check_signature(token: Token, key: RSAPublicKey) -> None:
    """:raises LaunchRefused: somebody else signed it."""
    try:
        jwt.PyJWS().decode(token.raw, key, algorithms=[ALGORITHM])
    except jwt.PyJWTError as exc:
        raise LaunchRefused(Reason.SIGNATURE_WRONG) from exc


def check_party(token: Token) -> None:
    """:raises LaunchRefused: issued to somebody else."""
    azp = token.claims.get("azp")
    if azp is not None and azp != token.client_id:
        raise LaunchRefused(Reason.AUDIENCE_WRONG)


def _text(claims: dict[str, Any], name: str) -> str:
    value = required(claims, name)
    if not isinstance(value, str) or not _is_clean(value):
        raise LaunchRefused(Reason.CLAIM_MALFORMED, short(name))
    return value


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = required(dict(claims), name)
    # Not a number and infinity are JSON to Python; they are no moment.
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise LaunchRefused(Reason.CLAIM_MALFORMED, name)
    return float(value)


def _is_clean(value: str) -> bool:
    """Something that may be looked up: databases take neither NUL nor lone surrogates."""
    return bool(value) and not CONTROLS.search(value) and not SURROGATES.search(value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _json_object(part: str) -> dict[str, Any]:
    try:
        padded = part + "=" * (-len(part) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError, binascii.Error) as exc:
        raise LaunchRefused(Reason.TOKEN_MALFORMED) from exc
    if not isinstance(found, dict):
        raise LaunchRefused(Reason.TOKEN_MALFORMED)
    return found
