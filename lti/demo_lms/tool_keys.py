"""Getting a tool's public keys and checking its signature."""

import json
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import jwt

from lti.demo_lms.tools import Tool

if TYPE_CHECKING:
    from lti.demo_lms.lms import Lms

TIMEOUT_SECONDS = 10


class KeyProblem(Exception):
    """The key set cannot be had, or the key named is not in it."""


def fetch(url: str) -> dict[str, Any]:
    if not url.startswith(("http://", "https://")):
        raise KeyProblem("not a web address")
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - checked above
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - the same
            body = answer.read()
    except OSError as fault:
        raise KeyProblem(str(fault)) from fault
    try:
        keys: dict[str, Any] = json.loads(body)
    except ValueError as fault:
        raise KeyProblem("Invalid JSON") from fault
    return keys


def find_key(lms: "Lms", tool: Tool, kid: str | None) -> Any:
    keys = tool.jwks if tool.jwks is not None else lms.fetch_keys(tool.jwks_url)
    for jwk in keys.get("keys", []):
        if kid is None or jwk.get("kid") == kid:
            return jwt.PyJWK(jwk).key
    raise KeyProblem("no such key")


def unverified(assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims as they are written; raises ``jwt.InvalidTokenError``."""
    header = jwt.get_unverified_header(assertion)
    claims = jwt.decode(assertion, options={"verify_signature": False})
    return header, claims


def signature_holds(assertion: str, key: Any) -> bool:
    try:
        jwt.decode(
            assertion,
            key,
            algorithms=["RS256"],
            options={
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "verify_aud": False,
                "verify_sub": False,
                "verify_jti": False,
            },
        )
    except jwt.InvalidTokenError:
        return False
    return True
