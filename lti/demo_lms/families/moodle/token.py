"""Moodle's token endpoint: JSON labelled as HTML, and scopes dropped in silence."""

import json
from datetime import UTC, datetime
from secrets import token_hex

import jwt
from flask import Blueprint, Response, request

from lti.demo_lms.lms import Lms
from lti.demo_lms.school import AccessToken
from lti.demo_lms.serving import outage, the_lms
from lti.demo_lms.tool_keys import KeyProblem, find_key, signature_holds, unverified
from lti.demo_lms.tools import Tool

bp = Blueprint("moodle_token", __name__)
LIFE_SECONDS = 3600
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Refused(Exception):
    pass


@bp.post("/mod/lti/token.php")
def token() -> Response:
    if (down := outage()) is not None:
        return down
    lms = the_lms()
    try:
        tool = _client(lms)
        scopes = [s for s in request.form["scope"].split() if s in tool.scopes]
        if not scopes:
            raise Refused("invalid_scope")
    except Refused as refused:
        # Texts are put in unescaped, so that one of them is no JSON.
        return _reply(f'{{\r\n  "error" : "{refused}"\r\n}}', 400)
    issued = AccessToken(
        token_hex(16), tool.client_id, scopes, lms.now().timestamp() + LIFE_SECONDS
    )
    with lms.changing() as school:
        school.tokens = [t for t in school.tokens if t.expires > lms.now().timestamp()]
        school.tokens.append(issued)
    body = {
        "access_token": issued.value,
        "token_type": "Bearer",
        "expires_in": LIFE_SECONDS,
        "scope": " ".join(scopes),
    }
    return _reply(json.dumps(body, indent=2, separators=(",", " : ")), 200)


def _client(lms: Lms) -> Tool:
    form = request.form
    if not (form.get("client_assertion") and form.get("grant_type") and form.get("scope")):
        raise Refused("invalid_request")
    if form["grant_type"] != "client_credentials":
        raise Refused("unsupported_grant_type")
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise Refused("invalid_request")
    try:
        header, claims = unverified(form["client_assertion"])
    except jwt.InvalidTokenError:
        raise Refused("invalid_request") from None
    tool = lms.find_tool(str(claims.get("sub", "")))
    if tool is None or tool.family != "moodle":
        raise Refused("invalid_client")
    # Neither aud nor jti is looked at.
    _check_signature(lms, tool, form["client_assertion"], header.get("kid"))
    now = int(lms.now().timestamp())
    issued = int(claims.get("iat", now))
    if issued > now:
        time = datetime.fromtimestamp(issued, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        raise Refused(f"Cannot handle token with iat prior to {time}")
    if int(claims.get("exp", now + 1)) <= now:
        raise Refused("Expired token")
    return tool


def _check_signature(lms: Lms, tool: Tool, assertion: str, kid: str | None) -> None:
    if not kid:
        raise Refused("error/Error: kid must be provided in JWT header.")
    try:
        key = find_key(lms, tool, kid)
    except KeyProblem:
        raise Refused('"kid" invalid, unable to lookup correct key') from None
    if not signature_holds(assertion, key):
        raise Refused("Signature verification failed")


def _reply(text: str, status: int) -> Response:
    return Response(text, status, content_type="text/html; charset=utf-8")
