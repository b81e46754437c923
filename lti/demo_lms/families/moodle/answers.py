"""How Moodle's services answer: the reason of an error is in the status line."""

import json
from typing import Any

from flask import Response, request

from lti.demo_lms.gradebook import LineItem

LIS = "application/vnd.ims.lis."
LINE_ITEM = LIS + "v2.lineitem+json"
LINE_ITEMS = LIS + "v2.lineitemcontainer+json"
RESULTS = LIS + "v2.resultcontainer+json"
SCORE = LIS + "v1.score+json"
MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"

REASONS = {200: "OK", 201: "Created", 401: "Unauthorized", 403: "Forbidden"}


class Refused(Exception):
    def __init__(self, status: int, reason: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason or REASONS.get(status, "Bad Request")


def not_found(what: str) -> Refused:
    return Refused(404, f"Not Found: {what} doesn't exist")


def answer(body: Any, media_type: str, status: int = 200, reason: str = "") -> Response:
    text = "" if body is None else json.dumps(body)
    return Response(
        text,
        status_line(status, reason),
        content_type=f"{media_type}; charset=utf-8",
    )


def error(refused: Refused) -> Response:
    body = {
        "status": refused.status,
        "reason": refused.reason,
        "request": {
            "method": request.method,
            "url": request.full_path.rstrip("?"),
            "accept": request.headers.get("Accept", ""),
            "contentType": request.headers.get("Content-Type", ""),
        },
    }
    return Response(
        json.dumps(body, indent=4),
        status_line(refused.status, refused.reason.rstrip()),
        content_type="application/json; charset=utf-8",
    )


def status_line(status: int, reason: str) -> str:
    reason = reason or REASONS.get(status, "OK")
    # The reason may repeat a posted body: as bytes on the wire, on one line.
    one_line = " ".join(reason.split("\n")).replace("\r", " ")
    return f"{status} {one_line}".encode().decode("latin-1")


def points(number: float) -> float | int:
    return int(number) if number == int(number) else number


def line_item_body(item: LineItem, address: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": address,
        "label": item.label,
        "scoreMaximum": points(item.maximum),
        "resourceId": item.resource_id,
        "tag": item.tag,
    }
    if item.link is not None:
        body |= {"resourceLinkId": str(item.link), "ltiLinkId": str(item.link)}
    if item.submission_review is not None:
        body["submissionReview"] = item.submission_review
    return body
