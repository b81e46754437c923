"""How Canvas begins a launch and answers the tool's authentication request."""

from collections.abc import Mapping
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt

from lti.demo_lms import keys
from lti.demo_lms.families.canvas import claims
from lti.demo_lms.forms import Answer, ErrorPage, FormPost
from lti.demo_lms.lms import Launch, Lms
from lti.demo_lms.people import opaque_hex
from lti.demo_lms.tools import Tool

HINT_LIFE = timedelta(minutes=5)
REQUIRED = (
    "client_id",
    "login_hint",
    "lti_message_hint",
    "nonce",
    "prompt",
    "redirect_uri",
    "response_mode",
    "response_type",
    "scope",
)
STORAGE_FRAME = "post_message_forwarding"


class Canvas:
    def start_launch(self, lms: Lms, launch: Launch) -> FormPost:
        tool = lms.find_tool(launch.client_id) or lms.tool()
        launch.target = launch.target or launch.activity.target_link_uri or tool.launch_url
        fields = {
            "iss": lms.issuer,
            "login_hint": login_hint(launch),
            "client_id": tool.client_id,
            "lti_deployment_id": tool.deployment_id,
            "target_link_uri": launch.target,
            "lti_message_hint": message_hint(lms, launch),
            "canvas_environment": "prod",
            "canvas_region": "us-east-1",
        }
        return FormPost(tool.login_url, fields | storage_target(launch))

    def authorize(self, lms: Lms, query: Mapping[str, str]) -> Answer:
        launch = launch_of(lms, query.get("lti_message_hint", ""))
        if launch is None:
            return ErrorPage(400, "Invalid lti_message_hint")
        tool = lms.find_tool(launch.client_id)
        if tool is None or not redirect_registered(tool, query.get("redirect_uri", "")):
            return ErrorPage(400, "Invalid redirect_uri")
        state = {"state": query["state"]} if "state" in query else {}
        # An error leaves the hint good for the rest of its five minutes.
        error = refusal(tool, launch, query)
        if not error and lms.spend(launch.id) is None:
            error = (
                "launch_no_longer_valid",
                "The launch has either expired or already been consumed",
            )
        if error:
            described = {"error": error[0], "error_description": error[1]}
            return FormPost(query["redirect_uri"], described | state)
        token = keys.sign(lms.signing_key, self.claims(lms, launch, query["nonce"]))
        fields = {
            "utf8": "✓",
            "authenticity_token": token_urlsafe(16),
            "id_token": token,
            **state,
            **storage_target(launch),
        }
        return FormPost(query["redirect_uri"], fields)

    def claims(self, lms: Lms, launch: Launch, nonce: str) -> dict[str, Any]:
        return claims.build(lms, launch, nonce)


CANVAS = Canvas()


def storage_target(launch: Launch) -> dict[str, str]:
    return {} if launch.mobile else {"lti_storage_target": STORAGE_FRAME}


def login_hint(launch: Launch) -> str:
    """A visitor of a public course has one too, though nobody is signed in."""
    return launch.person.legacy_id if launch.person else opaque_hex("visitor", 0)


def message_hint(lms: Lms, launch: Launch) -> str:
    expires = lms.now() + HINT_LIFE
    hint = {"verifier": launch.id, "canvas_domain": lms.url, "exp": int(expires.timestamp())}
    return jwt.encode(hint, lms.school.secret, algorithm="HS256")


def launch_of(lms: Lms, hint: str) -> Launch | None:
    try:
        body = jwt.decode(
            hint, lms.school.secret, algorithms=["HS256"], options={"verify_exp": False}
        )
    except jwt.InvalidTokenError:
        return None
    if body["exp"] < lms.now().timestamp():
        return None
    return lms.launches.get(body["verifier"])


def refusal(tool: Tool, launch: Launch, query: Mapping[str, str]) -> tuple[str, str] | None:
    """The last of several errors wins, as in Canvas."""
    error = None
    missing = [name for name in REQUIRED if not query.get(name)]
    if missing:
        names = ",".join(missing)
        error = ("invalid_request_object", f"The following parameters are missing: {names}")
    elif query.get("scope") != "openid":
        error = ("invalid_request_object", "The 'scope' must be 'openid'")
    if not tool.active or query.get("client_id") != tool.client_id:
        error = ("unauthorized_client", "Client not authorized in requested context")
    if query.get("login_hint") != login_hint(launch):
        error = ("login_required", "Must have an active user session")
    return error


def redirect_registered(tool: Tool, uri: str) -> bool:
    """Scheme, host and path must be registered; a further query is borne."""
    asked = urlsplit(uri)
    for registered in map(urlsplit, tool.redirect_uris):
        same_place = asked[:3] == registered[:3]
        if same_place and set(parse_qsl(registered.query)) <= set(parse_qsl(asked.query)):
            return True
    return False
