"""Dynamic registration: one door, with each family's addresses, rules and replies."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from flask import Blueprint, Response, jsonify, request

from lti.demo_lms import configuration
from lti.demo_lms.keys import sign
from lti.demo_lms.lms import Lms
from lti.demo_lms.serving import bearer_token, the_lms
from lti.demo_lms.tools import FamilyName, Tool

bp = Blueprint("registration", __name__)
TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"
CANVAS_PRIVACY = "https://canvas.instructure.com/lti/privacy_level"
LIFE_SECONDS = 3600
REQUIRED = ("initiate_login_uri", "redirect_uris", "client_name", "jwks_uri")


def start(lms: Lms, registration_url: str) -> str:
    """The address that an administrator's browser opens: the tool's, with a token."""
    now = int(lms.now().timestamp())
    claims = {"sub": token_hex(8), "scope": "reg", "iat": now, "exp": now + LIFE_SECONDS}
    token = sign(lms.signing_key, claims)
    where = f"{lms.url}{configuration.MOODLE_PATH}"
    if lms.school.family == "canvas":
        # Hosted Canvas serves it where people sign in, not at the school's host.
        host = lms.auth_url.removesuffix("/api/lti/authorize_redirect")
        asked = urlencode({"registration_token": token})
        where = f"{host}{configuration.CANVAS_PATH}?{asked}"
    query = {"openid_configuration": where, "registration_token": token}
    separator = "&" if urlsplit(registration_url).query else "?"
    return f"{registration_url}{separator}{urlencode(query)}"


class Refused(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@bp.get(configuration.MOODLE_PATH)
def moodle_configuration() -> Response:
    return _json(configuration.moodle(the_lms()))


@bp.get(configuration.CANVAS_PATH)
def canvas_configuration() -> Response:
    if "registration_token" not in request.args:
        text = "Access token missing (You must include the registration_token parameter)."
        return _json({"error": text}, 401)
    return _json(configuration.canvas(the_lms()))


@bp.post(configuration.MOODLE_REGISTRATION)
def register_at_moodle() -> Response:
    return _register("moodle", lambda r: Response(r.reason, r.status, mimetype="text/html"))


@bp.post(configuration.CANVAS_REGISTRATION)
def register_at_canvas() -> Response:
    return _register(
        "canvas",
        lambda r: _json(
            {"errorMessage": r.reason} if r.status == 401 else {"errors": [r.reason]},
            422 if r.status == 400 else r.status,
        ),
    )


def _register(family: FamilyName, refuse: Callable[[Refused], Response]) -> Response:
    lms = the_lms()
    try:
        client_id = _token_subject(lms)
        metadata = request.get_json(silent=True) or {}
        _check(metadata)
    except Refused as refused:
        return refuse(refused)
    with lms.changing():
        tool = _add(lms, family, client_id, metadata)
    return _json(_reply(tool, metadata, family))


def _token_subject(lms: Lms) -> str:
    """The client id that the token holds ready; a token is good once."""
    token = bearer_token()
    if not token:
        raise Refused(401, "missing_registration_token")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            lms.signing_key.private.public_key(),
            algorithms=["RS256"],
            options={"verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError:
        raise Refused(404, "The registration token does not verify.") from None
    if claims["exp"] <= lms.now().timestamp():
        raise Refused(401, "registration_token_expired")
    if lms.find_tool(claims["sub"]) is not None:
        raise Refused(401, "token_already_used")
    return str(claims["sub"])


def _check(metadata: dict[str, Any]) -> None:
    for name in REQUIRED:
        if not metadata.get(name):
            raise Refused(400, f"missing required attribute {name}")
    if metadata.get("token_endpoint_auth_method") != "private_key_jwt":
        raise Refused(400, "invalid_token_endpoint_auth_method")
    if "id_token" not in metadata.get("response_types", []):
        raise Refused(400, "unsupported_response_types")
    tool = metadata.get(TOOL_CONFIGURATION, {})
    if not tool.get("domain"):
        raise Refused(400, "missing_domain")
    # The domain's port counts, too.
    if urlsplit(tool.get("target_link_uri", "")).netloc != tool["domain"]:
        raise Refused(400, "domain_targetlinkuri_mismatch")


def _add(lms: Lms, family: FamilyName, client_id: str, metadata: dict[str, Any]) -> Tool:
    told = metadata[TOOL_CONFIGURATION]
    parts = urlsplit(told["target_link_uri"])
    messages = {m["type"]: m.get("target_link_uri", "") for m in told.get("messages", [])}
    claims = set(told.get("claims", []))
    number = lms.school.next_id("tool")
    names = bool(claims & {"name", "given_name", "family_name"})
    return lms.add_tool(
        client_id,
        f"{parts.scheme}://{parts.netloc}",
        key=f"registered-{number}",
        family=family,
        deployment_id=str(number) if family == "moodle" else f"{number}:{token_hex(20)}",
        scopes=metadata.get("scope", "").split(),
        name=metadata["client_name"],
        login_url=metadata["initiate_login_uri"],
        launch_url=told["target_link_uri"],
        deep_link_url=messages.get("LtiDeepLinkingRequest", ""),
        jwks_url=metadata["jwks_uri"],
        redirect_uris=list(metadata["redirect_uris"]),
        custom=dict(told.get("custom_parameters", {})),
        privacy=told.get(CANVAS_PRIVACY, "anonymous")
        if family == "canvas"
        else _privacy(names, "email" in claims),
        # An administrator has to activate it.
        active=False,
    )


def _privacy(names: bool, email: bool) -> str:
    if names:
        return "public" if email else "name_only"
    return "email_only" if email else "anonymous"


def _reply(tool: Tool, metadata: dict[str, Any], family: FamilyName) -> dict[str, Any]:
    kept = (
        *REQUIRED,
        "application_type",
        "grant_types",
        "logo_uri",
        "response_types",
        "token_endpoint_auth_method",
    )
    told = metadata[TOOL_CONFIGURATION]
    shown = ("target_link_uri", "domain", "description", "custom_parameters", "claims")
    tool_part = {name: told[name] for name in shown if name in told}
    if family == "canvas":
        # As in its older versions: the deployment first comes with a launch.
        return _reply_of(tool, metadata, kept, tool_part | {"messages": told.get("messages")})
    tool_part |= {"version": "1.3.0", "deployment_id": tool.deployment_id}
    tool_part["messages"] = [
        {name: m[name] for name in ("type", "target_link_uri")}
        for m in told.get("messages", [])
        if m["type"] == "LtiDeepLinkingRequest"
    ]
    return _reply_of(tool, metadata, kept, tool_part)


def _reply_of(
    tool: Tool, metadata: dict[str, Any], kept: tuple[str, ...], tool_part: dict[str, Any]
) -> dict[str, Any]:
    return {
        "client_id": tool.client_id,
        **{name: metadata[name] for name in kept if name in metadata},
        "scope": " ".join(tool.scopes),
        TOOL_CONFIGURATION: tool_part,
    }


def _json(body: Any, status: int = 200) -> Response:
    reply = jsonify(body)
    reply.status_code = status
    reply.content_type = "application/json; charset=utf-8"
    return reply
