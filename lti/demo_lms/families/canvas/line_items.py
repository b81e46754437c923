"""Canvas's columns as tools see them."""

from typing import Any

from flask import Blueprint, Response, request

from lti.demo_lms.course import Activity
from lti.demo_lms.families.canvas.addresses import line_item_url
from lti.demo_lms.families.canvas.answers import (
    LINE_ITEM,
    LINE_ITEMS,
    Refused,
    answer,
    not_found,
    page_of,
)
from lti.demo_lms.families.canvas.call import Call, service
from lti.demo_lms.gradebook import LineItem
from lti.demo_lms.serving import json_body
from lti.demo_lms.tools import LINE_ITEM as SCOPE
from lti.demo_lms.tools import LINE_ITEM_READ

bp = Blueprint("canvas_line_items", __name__)
COLUMNS = "/api/lti/courses/<int:course_id>/line_items"
COLUMN = COLUMNS + "/<int:item_id>"
SUBMISSION_TYPE = "https://canvas.instructure.com/lti/submission_type"
LAUNCH_URL = "https://canvas.instructure.com/lti/launch_url"


@bp.get(COLUMNS)
@service(LINE_ITEMS, SCOPE, LINE_ITEM_READ)
def show_all(call: Call) -> Response:
    items = [
        item
        for item in call.lms.school.line_items
        if item.course_id == call.course.id and item.tool == call.tool.key
    ]
    bodies = [line_item_body(call, item) for item in items]
    for name, member in (
        ("resource_link_id", "resourceLinkId"),
        ("resource_id", "resourceId"),
        ("tag", "tag"),
    ):
        if name in request.args:
            bodies = [body for body in bodies if body.get(member) == request.args[name]]
    shown, links = page_of(bodies, most=100, default=10, keeps_limit=True)
    reply = answer(shown, LINE_ITEMS)
    reply.headers.extend(links)
    return reply


@bp.post(COLUMNS)
@service(LINE_ITEM, SCOPE)
def create(call: Call) -> Response:
    body = _object()
    if "label" not in body or "scoreMaximum" not in body:
        raise Refused(400, "label and scoreMaximum are required")
    extension = body.get(SUBMISSION_TYPE)
    if extension is not None and extension.get("type") not in ("none", "external_tool"):
        return answer({"error": "invalid submission type"}, LINE_ITEM, 400)
    link = _link(call, body)
    if extension is not None and extension["type"] == "external_tool" and link is None:
        link = call.lms.add_activity(
            f"tool-made-{body['label']}",
            str(body["label"]),
            course=call.course,
            tool=call.tool.key,
            target_link_uri=extension.get("external_tool_url", ""),
            maximum=None,
        )
    item = call.lms.add_line_item(
        str(body["label"]),
        float(body["scoreMaximum"]),
        course=call.course,
        tool=call.tool.key,
        link=link.id if link else None,
        resource_id=str(body.get("resourceId", "")),
        tag=str(body.get("tag", "")),
        starts_at=str(body.get("startDateTime", "")),
        ends_at=str(body.get("endDateTime", "")),
        submission_type=extension,
    )
    return answer(line_item_body(call, item), LINE_ITEM, 201)


@bp.get(COLUMN)
@service(LINE_ITEM, SCOPE, LINE_ITEM_READ)
def show(call: Call, item_id: int) -> Response:
    return answer(line_item_body(call, _own(call, item_id)), LINE_ITEM)


@bp.put(COLUMN)
@service(LINE_ITEM, SCOPE)
def change(call: Call, item_id: int) -> Response:
    item, body = _own(call, item_id), _object()
    activity = call.activity_of(item)
    if "resourceLinkId" in body and (
        activity is None or body["resourceLinkId"] != activity.uuid
    ):
        raise Refused(412, "The specified LTI link ID is not associated with the line item.")
    item.label = str(body.get("label", item.label))
    item.maximum = float(body.get("scoreMaximum", item.maximum))
    # What is not sent is kept, unlike in Moodle.
    item.resource_id = str(body.get("resourceId", item.resource_id))
    item.tag = str(body.get("tag", item.tag))
    item.starts_at = str(body.get("startDateTime", item.starts_at))
    item.ends_at = str(body.get("endDateTime", item.ends_at))
    if activity is not None and call.is_first(item):
        activity.title = item.label
    return answer(line_item_body(call, item), LINE_ITEM)


@bp.delete(COLUMN)
@service(LINE_ITEM, SCOPE)
def delete(call: Call, item_id: int) -> Response:
    item = _own(call, item_id)
    if item.own_activity is not None:
        # Canvas made it with the assignment: 401 without body, though the token is good.
        raise Refused(401)
    activity = call.activity_of(item)
    if activity is not None and call.is_first(item):
        activity.deleted = True
    call.lms.remove_line_item(item)
    return Response("", 204)


def line_item_body(call: Call, item: LineItem) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": line_item_url(call.lms, item),
        "scoreMaximum": float(item.maximum),
        "label": item.label,
        "resourceId": item.resource_id,
        "tag": item.tag,
        "startDateTime": item.starts_at,
        "endDateTime": item.ends_at,
    }
    activity = call.activity_of(item)
    if activity is not None:
        body["resourceLinkId"] = activity.uuid
        if "launch_url" in request.args.getlist("include[]"):
            body[LAUNCH_URL] = activity.target_link_uri or call.tool.launch_url
    if item.submission_type is not None:
        body[SUBMISSION_TYPE] = item.submission_type
    return {name: value for name, value in body.items() if value != ""}


def _own(call: Call, item_id: int) -> LineItem:
    item = call.item(item_id)
    if item.tool != call.tool.key:
        raise Refused(412, "Tool does not have permission to view line_item")
    return item


def _object() -> dict[str, Any]:
    body = json_body()
    if not isinstance(body, dict):
        raise Refused(400, "the body is not a JSON object")
    return body


def _link(call: Call, body: dict[str, Any]) -> Activity | None:
    wanted = body.get("resourceLinkId")
    if wanted is None:
        return None
    activity = next((a for a in call.lms.school.activities if a.uuid == wanted), None)
    if activity is None:
        raise not_found()
    if activity.tool != call.tool.key:
        raise Refused(422, "Resource link id points to Tool not associated with this Context")
    columns = [i for i in call.lms.school.line_items if i.link == activity.id]
    if activity.deleted or activity.course_id != call.course.id or not columns:
        raise Refused(412)
    return activity
