"""Canvas's subscriptions to notices: one handler a type and deployment."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from lti.demo_lms.families.canvas.answers import Refused, answer, error
from lti.demo_lms.families.canvas.call import token_claims
from lti.demo_lms.lms import Lms
from lti.demo_lms.serving import json_body, outage, the_lms
from lti.demo_lms.tools import NOTICES, Tool

bp = Blueprint("canvas_notice_handlers", __name__)
MEDIA_TYPE = "application/json"
# The order of the error message; that of the list is another.
TYPES = ("LtiHelloWorldNotice", "LtiAssetProcessorSubmissionNotice", "LtiContextCopyNotice")


@bp.get("/api/lti/notice-handlers/<int:number>")
def listed(number: int) -> Response:
    if (refusal := outage()) is not None:
        return refusal
    try:
        return answer(_catalogue(_tool(the_lms(), number)), MEDIA_TYPE)
    except Refused as refused:
        return error(refused, MEDIA_TYPE)


@bp.put("/api/lti/notice-handlers/<int:number>")
def put(number: int) -> Response:
    if (refusal := outage()) is not None:
        return refusal
    lms = the_lms()
    try:
        with lms.changing():
            return answer(_set(_tool(lms, number), json_body()), MEDIA_TYPE)
    except Refused as refused:
        return error(refused, MEDIA_TYPE)


def _tool(lms: Lms, number: int) -> Tool:
    claims = token_claims(lms)
    if NOTICES not in str(claims["scopes"]).split():
        raise Refused(401, "Insufficient permissions")
    if request.path.rpartition("/")[2] not in {_number(tool) for tool in lms.school.tools}:
        raise Refused(404, "not found")
    tool = lms.find_tool(str(claims["sub"]))
    if tool is None or _number(tool) != str(number):
        raise Refused(403, "permission denied")
    return tool


def _number(tool: Tool) -> str:
    return tool.deployment_id.partition(":")[0] if tool.family == "canvas" else ""


def _set(tool: Tool, body: Any) -> dict[str, str]:
    asked = body if isinstance(body, dict) else {}
    kind, handler = str(asked.get("notice_type", "")), str(asked.get("handler", ""))
    if kind not in TYPES:
        known = ", ".join(TYPES)
        raise Refused(400, f"Validation failed: Notice type unknown, must be one of [{known}]")
    if handler and urlsplit(handler).netloc != urlsplit(tool.url).netloc:
        raise Refused(400, "Validation failed: (reason)")
    tool.notice_handlers[kind] = handler
    return {"notice_type": kind, "handler": handler}


def _catalogue(tool: Tool) -> dict[str, Any]:
    order = (TYPES[2], TYPES[0], TYPES[1])
    return {
        "client_id": int(tool.client_id) if tool.client_id.isdigit() else tool.client_id,
        "deployment_id": tool.deployment_id,
        "notice_handlers": [
            {"notice_type": kind, "handler": tool.notice_handlers.get(kind, "")}
            for kind in order
        ],
    }
