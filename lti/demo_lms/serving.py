"""What every service of the platform does with a call before it looks at it."""

import json
from datetime import datetime
from typing import Any, cast

from flask import Response, current_app, g, request

from lti.demo_lms.lms import Lms


def the_lms() -> Lms:
    return cast(Lms, current_app.extensions["demo_lms"])


def outage() -> Response | None:
    """The answer of a platform that is down for maintenance, if it is."""
    if the_lms().failure.strikes("down"):
        return Response("Service Unavailable\n", 503, mimetype="text/plain")
    return None


def mark_stored() -> None:
    g.score_stored = True


def finish(answer: Response) -> Response:
    """The answer to send; where a score was just stored, a fault may delay or lose it.

    Called when nothing is locked any more.
    """
    if not g.pop("score_stored", False):
        return answer
    failure = the_lms().failure
    strike = failure.strikes("slow", "lost")
    if strike == "slow":
        failure.wait()
    if strike == "lost":
        return Response("Gateway Time-out\n", 504, mimetype="text/plain")
    return answer


def bearer_token() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def json_body() -> Any:
    """The body as JSON, or None where it is none."""
    try:
        return json.loads(request.get_data(as_text=True))
    except ValueError:
        return None


def read_time(text: Any) -> datetime | None:
    """A time stamp with date and zone, or None."""
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return time if time.tzinfo is not None and "T" in str(text) else None
