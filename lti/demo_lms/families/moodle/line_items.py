"""Moodle's columns as tools see them."""

from typing import Any

from flask import Response, request

from lti.demo_lms.families.moodle import answers as media
from lti.demo_lms.families.moodle.addresses import line_item_url, line_items_url
from lti.demo_lms.families.moodle.answers import Refused, answer, line_item_body
from lti.demo_lms.families.moodle.call import Call
from lti.demo_lms.gradebook import LineItem
from lti.demo_lms.serving import json_body


def show_all(call: Call) -> Response:
    items = [
        item
        for item in call.lms.school.line_items
        if item.course_id == call.course.id and item.tool == call.tool.key
    ]
    asked = request.args
    if "resource_link_id" in asked:
        items = [item for item in items if str(item.link) == asked["resource_link_id"]]
    if "resource_id" in asked:
        items = [item for item in items if item.resource_id == asked["resource_id"]]
    if "tag" in asked:
        items = [item for item in items if item.tag == asked["tag"]]
    limit, start = request.args.get("limit", 0, int), request.args.get("from", 0, int)
    page = items[start : start + limit] if limit else items
    shown = answer([_body(call, item) for item in page], media.LINE_ITEMS)
    if limit:
        shown.headers["Link"] = _links(call, limit, start, len(items))
    return shown


def show(call: Call) -> Response:
    return answer(_body(call, call.item), media.LINE_ITEM)


def create(call: Call) -> Response:
    body = _sound(json_body())
    course, link = call.course, _link(call, body)
    item = call.lms.add_line_item(
        str(body["label"]),
        float(body["scoreMaximum"]),
        course=course,
        tool=call.tool.key,
        link=link,
        resource_id=str(body.get("resourceId", "")),
        tag=str(body.get("tag", "")),
    )
    # Dates come back as sent, though they are not kept; no look for an equal resourceId.
    echo = {**body, "id": line_item_url(call.lms, item, call.tool)}
    return answer(echo, media.LINE_ITEM, 201)


def replace_item(call: Call) -> Response:
    item = call.item
    body = _sound(json_body())
    link = _link(call, body)
    item.label = str(body["label"])
    item.resource_id = str(body.get("resourceId", ""))
    item.tag = str(body.get("tag", ""))
    if link is not None:
        item.link = link
    if "submissionReview" in body:
        item.submission_review = body["submissionReview"]
    _rescale(call, item, float(body["scoreMaximum"]))
    echo = {**body, "id": line_item_url(call.lms, item, call.tool)}
    return answer(echo, media.LINE_ITEM)


def delete(call: Call) -> Response:
    # Also an activity's own column: launches then name no line item any more.
    call.lms.remove_line_item(call.item)
    return Response("", "204 OK", content_type="text/html; charset=utf-8")


def _sound(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict) or not body.get("label"):
        raise Refused(400, "No label or Score Maximum")
    try:
        float(body["scoreMaximum"])
    except (KeyError, TypeError, ValueError):
        raise Refused(400, "No label or Score Maximum") from None
    return body


def _link(call: Call, body: dict[str, Any]) -> int | None:
    """The activity that the body names; it must be one of this tool in this course."""
    if not body.get("resourceLinkId"):
        return None
    for activity in call.lms.school.activities:
        if (str(activity.id), activity.course_id, activity.tool) == (
            str(body["resourceLinkId"]),
            call.course.id,
            call.tool.key,
        ):
            return activity.id
    raise Refused(403)


def _rescale(call: Call, item: LineItem, maximum: float) -> None:
    if maximum == item.maximum:
        return
    factor = maximum / item.maximum if item.maximum else 1
    item.maximum = maximum
    for grade in call.lms.school.grades:
        if grade.item_id == item.id and grade.final is not None:
            grade.final = round(grade.final * factor, 5)
            grade.raw = None if grade.raw is None else round(grade.raw * factor, 5)
            # The new time makes Moodle refuse scores that were queued before.
            grade.modified = call.lms.now()


def _body(call: Call, item: LineItem) -> dict[str, Any]:
    return line_item_body(item, line_item_url(call.lms, item, call.tool))


def _links(call: Call, limit: int, start: int, total: int) -> str:
    """Moodle's Link header: typographic quotes, and addresses escaped as for HTML."""
    base = line_items_url(call.lms, call.course.id, call.tool)
    pages = {"first": 0}
    if start > 0:
        pages["prev"] = max(0, start - limit)
    pages["canonical"] = start
    if start + limit < total:
        pages["next"] = start + limit
    pages["last"] = max(0, total - 1)
    links = [
        f"<{base}&amp;limit={limit}&amp;from={number}>; rel=“{name}”"
        for name, number in pages.items()
    ]
    return ", ".join(links).encode().decode("latin-1")
