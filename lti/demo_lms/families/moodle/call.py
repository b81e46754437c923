"""One call of a Moodle service: by which tool, about which course and column."""

from dataclasses import dataclass

from flask import request

from lti.demo_lms.course import Course
from lti.demo_lms.families.moodle.answers import Refused, not_found
from lti.demo_lms.gradebook import LineItem
from lti.demo_lms.lms import Lms
from lti.demo_lms.serving import bearer_token
from lti.demo_lms.tools import Tool


@dataclass(frozen=True)
class Call:
    lms: Lms
    tool: Tool
    found: dict[str, str]

    @property
    def course(self) -> Course:
        number = int(self.found["course"])
        course = self.lms.find_course(number)
        if course is None:
            raise not_found(f"Course {number}")
        return course

    @property
    def item(self) -> LineItem:
        number = int(self.found["item"])
        item = self.lms.find_line_item(number)
        if item is None or item.course_id != self.course.id:
            raise not_found(f"Grade item {number}")
        # Without type_id Moodle does not look whose column it is.
        if "type_id" in request.args and item.tool != self.tool.key:
            raise Refused(403)
        return item


def authorized_tool(lms: Lms, scopes: tuple[str, ...], binding: str | None) -> Tool:
    """The tool of the bearer token; wrong scope, expired, another tool's address: all 401."""
    value = bearer_token()
    token = next((t for t in lms.school.tokens if t.value == value), None)
    if token is None or token.expires <= lms.now().timestamp():
        raise Refused(401)
    tool = lms.find_tool(token.client_id)
    if tool is None or not set(scopes) & set(token.scopes):
        raise Refused(401)
    type_id = binding or request.args.get("type_id") or tool.deployment_id
    if type_id.split("/")[0] != tool.deployment_id:
        raise Refused(401)
    return tool
