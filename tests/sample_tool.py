"""A tool reduced to what a platform meets: keys, assertions and service calls."""

from typing import Any
from uuid import uuid4

import jwt
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti.demo_lms import keys, launching
from lti.demo_lms.forms import Answer, FormPost
from lti.demo_lms.lms import Lms
from lti.demo_lms.tools import Tool

KEY = keys.make_key("sample-tool-key-1")
OTHER_KEY = keys.make_key("another-key")
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def token_url(lms: Lms, tool: Tool) -> str:
    return f"{lms.url}/mod/lti/token.php" if tool.family == "moodle" else lms.token_url


def assertion_claims(lms: Lms, tool: Tool, **changes: Any) -> dict[str, Any]:
    now = int(lms.now().timestamp())
    claims = {
        "iss": tool.client_id,
        "sub": tool.client_id,
        "aud": token_url(lms, tool),
        "iat": now,
        "exp": now + 60,
        "jti": str(uuid4()),
    }
    return {name: v for name, v in {**claims, **changes}.items() if v is not None}


def signed(claims: dict[str, Any], key: keys.PlatformKey = KEY, kid: str | None = "") -> str:
    """``kid=None`` leaves it out."""
    headers = {} if kid is None else {"kid": kid or key.kid}
    return jwt.encode(claims, key.private, algorithm="RS256", headers=headers)


def ask_token(
    client: FlaskClient, lms: Lms, tool: Tool, scopes: list[str], assertion: str = ""
) -> TestResponse:
    path = "/mod/lti/token.php" if tool.family == "moodle" else "/login/oauth2/token"
    return client.post(
        path,
        data={
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion or signed(assertion_claims(lms, tool)),
            "scope": " ".join(scopes),
        },
    )


def bearer(client: FlaskClient, lms: Lms, tool: Tool, scopes: list[str] | None = None) -> str:
    reply = ask_token(client, lms, tool, tool.scopes if scopes is None else scopes)
    assert reply.status_code == 200, reply.text
    token: str = reply.get_json(force=True)["access_token"]
    return token


def open_link(
    lms: Lms, person: Any, link: Any, *, query: dict[str, str] | None = None, **details: Any
) -> Answer:
    """The whole round trip, with the tool's authentication request changed by ``query``."""
    form = launching.begin(lms, person, link, **details)
    return launching.authorize(lms, request_for(lms, form) | (query or {}))


def request_for(lms: Lms, form: FormPost) -> dict[str, str]:
    tool = lms.find_tool(form.fields["client_id"])
    assert tool is not None
    return {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": tool.client_id,
        "redirect_uri": tool.redirect_uris[0],
        "login_hint": form.fields["login_hint"],
        "lti_message_hint": form.fields["lti_message_hint"],
        "state": "state-1",
        "nonce": "nonce-1",
    }


def claims_of(lms: Lms, answer: Answer) -> dict[str, Any]:
    """The claims of the posted token, its signature checked against the published keys."""
    assert isinstance(answer, FormPost), answer
    token = answer.fields["id_token"]
    kid = jwt.get_unverified_header(token)["kid"]
    jwks = jwt.PyJWKSet.from_dict(keys.key_set(lms.school.keys))
    claims: dict[str, Any] = jwt.decode(
        token,
        jwks[kid].key,
        algorithms=["RS256"],
        options={"verify_exp": False, "verify_iat": False, "verify_aud": False},
    )
    return claims
