"""Choosing content of a tool for a Moodle course."""

from secrets import token_hex
from typing import Any

from lti.demo_lms.course import Activity
from lti.demo_lms.lms import Launch, Lms
from lti.demo_lms.tools import Tool

SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
HIGHEST_GRADE = 100
"""The site's highest grade; administrators may set another."""


def settings(lms: Lms, launch: Launch, tool: Tool) -> dict[str, Any]:
    if not launch.is_deep_linking:
        return {}
    course = launch.activity.course_id
    return {
        SETTINGS: {
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["frame", "iframe", "window"],
            "accept_copy_advice": False,
            "accept_multiple": True,
            "accept_unsigned": False,
            "auto_create": False,
            "can_confirm": False,
            "deep_link_return_url": f"{lms.url}/mod/lti/contentitem_return.php"
            f"?course={course}&id={tool.deployment_id}&sesskey={token_hex(5)}",
            "title": tool.name,
            "text": "",
        }
    }


TYPES = ("ltiResourceLink", "link")
"""A link, too, becomes an activity that launches its address, though it is not accepted."""


def add_item(
    lms: Lms, course_id: int, tool: Tool, item: dict[str, Any], *, alone: bool
) -> Activity | str:
    """The activity as saved by the teacher, or why the form cannot be saved."""
    maximum: float | None = None
    if line_item := item.get("lineItem"):
        maximum = line_item.get("scoreMaximum", HIGHEST_GRADE)
        if maximum is None or maximum % 1 or not 1 <= maximum <= HIGHEST_GRADE:
            if alone:
                return (
                    "Invalid grade value. This must be an integer between 1 and"
                    f" {HIGHEST_GRADE}"
                )
            # Among several items a bad maximum becomes the site's highest, without a word.
            maximum = HIGHEST_GRADE
    activity = lms.add_activity(
        f"link{lms.school.last_id.get('activity', 0) + 1}",
        item.get("title") or tool.name,
        course=course_id,
        tool=tool.key,
        maximum=maximum,
        description=item.get("text", ""),
        target_link_uri=item.get("url", ""),
        custom=dict(item.get("custom", {})),
    )
    if line_item:
        column = next(i for i in lms.school.line_items if i.own_activity == activity.id)
        column.resource_id = str(line_item.get("resourceId", ""))
        column.tag = str(line_item.get("tag", ""))
        if "submissionReview" in line_item:
            review = line_item["submissionReview"]
            kept = ("url", "custom")
            column.submission_review = {name: review[name] for name in kept if name in review}
    return activity
