"""Moodle's service addresses. A line item's has a query: ``/scores`` goes before it."""

from lti.demo_lms.gradebook import LineItem
from lti.demo_lms.lms import Lms
from lti.demo_lms.tools import Tool


def services(lms: Lms) -> str:
    return f"{lms.url}/mod/lti/services.php"


def line_items_url(lms: Lms, course_id: int, tool: Tool) -> str:
    return f"{services(lms)}/{course_id}/lineitems?type_id={tool.deployment_id}"


def line_item_url(lms: Lms, item: LineItem, tool: Tool, resource: str = "") -> str:
    path = f"{services(lms)}/{item.course_id}/lineitems/{item.id}/lineitem{resource}"
    return f"{path}?type_id={tool.deployment_id}"


def memberships_url(lms: Lms, course_id: int, tool: Tool) -> str:
    binding = tool.deployment_id
    return f"{services(lms)}/CourseSection/{course_id}/bindings/{binding}/memberships"
