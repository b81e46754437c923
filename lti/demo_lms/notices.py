"""Notices, as Canvas sends them: signed like a launch, about nobody in particular."""

from secrets import token_hex
from typing import Any

from lti.demo_lms.course import Course
from lti.demo_lms.families.base import CLAIM
from lti.demo_lms.families.canvas.claims import COURSE_TYPE
from lti.demo_lms.keys import sign
from lti.demo_lms.lms import Lms
from lti.demo_lms.tools import Tool

HELLO = "LtiHelloWorldNotice"
COPY = "LtiContextCopyNotice"
LIFE_SECONDS = 3600


def claims(lms: Lms, tool: Tool, kind: str, **more: Any) -> dict[str, Any]:
    issued = int(lms.now().timestamp())
    return {
        CLAIM + "version": "1.3.0",
        CLAIM + "notice": {
            "id": token_hex(16),
            "timestamp": lms.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "type": kind,
        },
        "aud": tool.client_id,
        "azp": tool.client_id,
        CLAIM + "deployment_id": tool.deployment_id,
        "exp": issued + LIFE_SECONDS,
        "iat": issued,
        "iss": lms.issuer,
        "nonce": token_hex(16),
        **more,
    }


def hello(lms: Lms, tool: Tool) -> dict[str, Any]:
    account = {"id": token_hex(20), "title": lms.school.name, "type": ["Account"]}
    return claims(lms, tool, HELLO, **{CLAIM + "context": account})


def copied(lms: Lms, tool: Tool, course: Course, origin: Course | None) -> dict[str, Any]:
    """``origin`` is ``None`` where content came from a file."""
    about = {
        "id": course.context_id,
        "label": course.label,
        "title": course.title,
        "type": [COURSE_TYPE],
    }
    more: dict[str, Any] = {CLAIM + "context": about}
    if origin is not None:
        more[CLAIM + "origin_contexts"] = [origin.context_id]
    return claims(lms, tool, COPY, **more)


def batch(lms: Lms, *notices: dict[str, Any]) -> dict[str, Any]:
    """The body of a delivery."""
    return {"notices": [{"jwt": sign(lms.signing_key, notice)} for notice in notices]}
