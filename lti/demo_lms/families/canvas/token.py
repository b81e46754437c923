"""Canvas's token endpoint: all scopes or none, and an assertion looked at closely."""

from typing import Any
from uuid import uuid4

import jwt
from flask import Blueprint, Response, jsonify, request

from lti.demo_lms.lms import Lms
from lti.demo_lms.serving import outage, the_lms
from lti.demo_lms.tool_keys import KeyProblem, find_key, signature_holds, unverified
from lti.demo_lms.tools import Tool

bp = Blueprint("canvas_token", __name__)
LIFE_SECONDS = 3600
OLDEST_SECONDS = 300
AHEAD_SECONDS = 30
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Refused(Exception):
    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


def invalid(description: str) -> Refused:
    return Refused("invalid_request", description)


@bp.post("/login/oauth2/token")
def token() -> Response:
    if (down := outage()) is not None:
        return down
    lms = the_lms()
    try:
        tool = _client(lms)
        scopes = request.form.get("scope", "").split()
        if missing := [scope for scope in scopes if scope not in tool.scopes]:
            raise Refused("invalid_scope", "Scopes not granted: " + " ".join(missing))
    except Refused as refused:
        reply = jsonify(error=refused.error, error_description=refused.description)
        reply.status_code = refused.status
    else:
        reply = jsonify(
            access_token=access_token(lms, tool, scopes),
            token_type="Bearer",  # noqa: S106 - the kind of token, not a secret
            expires_in=LIFE_SECONDS,
            scope=" ".join(scopes),
        )
    reply.content_type = "application/json; charset=utf-8"
    return reply


def access_token(lms: Lms, tool: Tool, scopes: list[str], *, life: int = LIFE_SECONDS) -> str:
    issued = int(lms.now().timestamp())
    claims = {
        "iss": lms.issuer,
        "sub": tool.client_id,
        "aud": lms.token_url,
        "iat": issued,
        "exp": issued + life,
        "jti": str(uuid4()),
        "scopes": " ".join(scopes),
    }
    return jwt.encode(claims, lms.school.secret, algorithm="HS256")


def _client(lms: Lms) -> Tool:
    form = request.form
    if form.get("grant_type") != "client_credentials":
        raise Refused(
            "unsupported_grant_type", "The grant_type you requested is not currently supported"
        )
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise invalid("assertion method not supported for this grant_type")
    assertion = form.get("client_assertion", "")
    try:
        header, claims = unverified(assertion)
    except jwt.InvalidTokenError:
        raise invalid("invalid JWT format") from None
    tool = lms.find_tool(str(claims.get("sub", "")))
    if tool is None or tool.family != "canvas" or not tool.active:
        raise Refused("invalid_client", "unknown client", 401)
    _check_claims(lms, claims)
    try:
        holds = signature_holds(assertion, find_key(lms, tool, header.get("kid")))
    except KeyProblem as problem:
        if str(problem) == "no such key":
            raise invalid("JWS signature invalid.") from None
        raise invalid(f"JWK Error: {problem}") from None
    if not holds:
        raise invalid("JWS signature invalid.")
    return tool


def _check_claims(lms: Lms, claims: dict[str, Any]) -> None:
    needed = ("aud", "exp", "iat", "iss", "jti")
    if missing := [name for name in needed if name not in claims]:
        raise invalid("the following assertions are missing: " + ",".join(missing))
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if lms.token_url not in audiences:
        raise invalid("the 'aud' is invalid")
    now = lms.now().timestamp()
    if claims["exp"] <= now:
        raise invalid("the JWT has expired")
    if claims["iat"] > now + AHEAD_SECONDS:
        raise invalid("the 'iat' must not be in the future")
    if claims["iat"] < now - OLDEST_SECONDS:
        raise invalid(f"the 'iat' must be less than {OLDEST_SECONDS} seconds old")
