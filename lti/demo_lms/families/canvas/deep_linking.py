"""Choosing content of a tool for a Canvas course."""

from typing import Any

import jwt

from lti.demo_lms.course import Activity
from lti.demo_lms.lms import Launch, Lms
from lti.demo_lms.tools import Tool

SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
LINK_TYPE = "application/vnd.ims.lti.v1.ltilink"
PLACEMENTS: dict[str, dict[str, Any]] = {
    "editor_button": {
        "accept_types": ["link", "file", "html", "ltiResourceLink", "image"],
        "accept_presentation_document_targets": ["embed", "iframe", "window"],
        "accept_media_types": f"image/*,text/html,{LINK_TYPE},*/*",
        "accept_multiple": True,
    },
    "homework_submission": {
        "accept_types": ["file", "ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
        "accept_media_types": "*/*",
        "accept_multiple": False,
    },
}
ONE_ITEM = ("assignment_selection", "submission_type_selection", "homework_submission")
CREATED_AT_ONCE = ("module_index_menu_modal", "module_menu_modal")


def settings(lms: Lms, launch: Launch) -> dict[str, Any]:
    if not launch.is_deep_linking:
        return {}
    placement = launch.placement or ""
    # What Canvas must remember is in the return address, not in a data member.
    data = jwt.encode(
        {"placement": placement, "launch": launch.id}, lms.school.secret, algorithm="HS256"
    )
    course = launch.activity.course_id
    return {
        SETTINGS: {
            "deep_link_return_url": f"{lms.url}/courses/{course}/deep_linking_response"
            f"?data={data}",
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["iframe", "window"],
            "accept_media_types": LINK_TYPE,
            "auto_create": placement in CREATED_AT_ONCE,
            "accept_multiple": placement not in ONE_ITEM,
            **PLACEMENTS.get(placement, {}),
        }
    }


TYPES = ("ltiResourceLink",)


def add_item(
    lms: Lms, course_id: int, tool: Tool, item: dict[str, Any], *, alone: bool
) -> Activity | str:
    """The assignment or module item made of it, or the error shown for it."""
    line_item = item.get("lineItem")
    if line_item is not None and not isinstance(line_item.get("scoreMaximum"), int | float):
        return "lineItem.scoreMaximum is missing"
    title = (line_item or {}).get("label") or item.get("title") or tool.name
    activity = lms.add_activity(
        f"link{lms.school.last_id.get('activity', 0) + 1}",
        title,
        course=course_id,
        tool=tool.key,
        maximum=line_item["scoreMaximum"] if line_item else None,
        kind="assignment" if line_item else "module_item",
        description=item.get("text", ""),
        target_link_uri=item.get("url", ""),
        custom=dict(item.get("custom", {})),
        due_at=item.get("submission", {}).get("endDateTime", ""),
    )
    if line_item:
        column = next(i for i in lms.school.line_items if i.own_activity == activity.id)
        column.resource_id = str(line_item.get("resourceId", ""))
        column.tag = str(line_item.get("tag", ""))
    return activity
