"""How Canvas's services answer and refuse."""

import json
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from lti.demo_lms.serving import the_lms

LIS = "application/vnd.ims.lis."
LINE_ITEM = LIS + "v2.lineitem+json"
LINE_ITEMS = LIS + "v2.lineitemcontainer+json"
RESULTS = LIS + "v2.resultcontainer+json"
SCORE = LIS + "v1.score+json"
# The standard says vnd.ims.lti-nrps; this is what the code seen sends.
MEMBERS = LIS + "v2.membershipcontainer+json"

TYPES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    412: "precondition_failed",
    422: "unprocessable_entity",
    504: "gateway_timeout",
}


class Refused(Exception):
    """``message=None``: no body at all."""

    def __init__(self, status: int, message: str | None = None, *, plain: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.plain = plain
        """The site-wide shape of "not found" instead of the services' own."""


def not_found() -> Refused:
    return Refused(404, "The specified resource does not exist.", plain=True)


def answer(body: Any, media_type: str, status: int = 200) -> Response:
    return Response(
        "" if body is None else json.dumps(body),
        status,
        content_type=f"{media_type}; charset=utf-8",
    )


def error(refused: Refused, media_type: str) -> Response:
    if refused.message is None:
        return answer(None, media_type, refused.status)
    body: Any = {"type": TYPES[refused.status], "message": refused.message}
    if refused.plain:
        body = [{"message": refused.message}]
    return answer({"errors": body}, media_type, refused.status)


def page_of(
    bodies: list[dict[str, Any]], *, most: int, default: int, keeps_limit: bool
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The page asked for, and its Link header (joined by bare commas)."""
    limit = request.args.get("per_page", 0, int) or request.args.get("limit", default, int)
    size = max(1, min(limit, most))
    number = max(1, request.args.get("page", 1, int))
    last = max(1, -(-len(bodies) // size))
    if number > last:
        return [], {}
    dropped = {"page", "per_page"} if keeps_limit else {"page", "per_page", "limit"}
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in dropped]
    numbers = {"current": number}
    if number < last:
        numbers["next"] = number + 1
    if number > 1:
        numbers["prev"] = number - 1
    numbers |= {"first": 1, "last": last}
    base = the_lms().url + request.path
    links = [
        f'<{base}?{urlencode([*kept, ("page", n), ("per_page", size)])}>; rel="{name}"'
        for name, n in numbers.items()
    ]
    return bodies[(number - 1) * size : number * size], {"Link": ",".join(links)}
