"""How Moodle begins a launch and answers the tool's authentication request."""

import json
from collections.abc import Mapping
from typing import Any

from lti.demo_lms import keys
from lti.demo_lms.families.moodle import claims
from lti.demo_lms.forms import Answer, ErrorPage, FormPost
from lti.demo_lms.lms import Launch, Lms

REQUIRED = ("scope", "response_type", "client_id", "redirect_uri", "login_hint", "nonce")
REFUSED = ErrorPage(404, "The request is not valid.")


class Moodle:
    def start_launch(self, lms: Lms, launch: Launch) -> FormPost:
        tool = lms.find_tool(launch.client_id) or lms.tool()
        launch.target = launch.target or launch.activity.target_link_uri or tool.launch_url
        # Moodle makes this form before it looks whether anybody is signed in.
        return FormPost(
            tool.login_url,
            {
                "iss": lms.url,
                "target_link_uri": launch.target,
                "login_hint": str(launch.person.id) if launch.person else "0",
                "lti_message_hint": message_hint(launch),
                "client_id": tool.client_id,
                "lti_deployment_id": tool.deployment_id,
            },
        )

    def authorize(self, lms: Lms, query: Mapping[str, str]) -> Answer:
        if any(not query.get(name) for name in REQUIRED) or query["scope"] != "openid":
            return REFUSED
        launch = lms.spend(launch_id(query.get("lti_message_hint", "")))
        if launch is None or launch.person is None:
            return REFUSED
        tool = lms.find_tool(launch.client_id)
        if tool is None or query["redirect_uri"] not in tool.redirect_uris:
            return REFUSED
        state = {"state": query["state"]} if "state" in query else {}
        if error := refusal(launch, query):
            return FormPost(query["redirect_uri"], {**error, **state})
        body = self.claims(lms, launch, query["nonce"])
        token = keys.sign(lms.signing_key, body)
        return FormPost(query["redirect_uri"], {"id_token": token, **state})

    def claims(self, lms: Lms, launch: Launch, nonce: str) -> dict[str, Any]:
        return claims.build(lms, launch, nonce)


MOODLE = Moodle()


def message_hint(launch: Launch) -> str:
    # JSON, so that tools meet quotes, braces and commas in a hint.
    if launch.is_deep_linking:
        name = f"ltilaunch_ContentItemSelectionRequest_{launch.id}"
        return json.dumps({"launchid": name}, separators=(",", ":"))
    name = f"ltilaunch{launch.activity.id}_{launch.id}"
    return json.dumps({"cmid": launch.activity.id, "launchid": name}, separators=(",", ":"))


def launch_id(hint: str) -> str:
    try:
        return str(json.loads(hint)["launchid"]).rpartition("_")[2]
    except (ValueError, KeyError, TypeError):
        return ""


def refusal(launch: Launch, query: Mapping[str, str]) -> dict[str, str]:
    if query["response_type"] != "id_token":
        return {"error": "unsupported_response_type"}
    if query["client_id"] != launch.client_id:
        return {"error": "unauthorized_client"}
    if launch.person is None or query["login_hint"] != str(launch.person.id):
        return {"error": "access_denied"}
    if query.get("response_mode") != "form_post":
        return {"error": "invalid_request", "error_description": "Invalid response_mode"}
    if query.get("prompt") != "none":
        return {"error": "invalid_request", "error_description": "Invalid prompt"}
    return {}
