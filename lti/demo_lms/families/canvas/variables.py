"""Custom parameters, as Canvas fills them in."""

import re
from typing import Any
from urllib.parse import urlsplit

from lti.demo_lms.course import Activity
from lti.demo_lms.families.canvas.roles import launch_roles, member_roles
from lti.demo_lms.lms import Launch, Lms
from lti.demo_lms.people import Person
from lti.demo_lms.tools import Tool

VARIABLE = re.compile(r"\$[A-Za-z][A-Za-z0-9_.]*")
INSIDE_TEXT = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_.]*)\}")


def custom_claim(lms: Lms, launch: Launch, tool: Tool) -> dict[str, Any]:
    """Tool level first, the link's own on top; a grader's launch has no link of its own."""
    known = variables(lms, launch)
    own = {} if launch.from_grader else launch.activity.custom
    return {name: expand(text, known) for name, text in {**tool.custom, **own}.items()}


def expand(text: Any, known: dict[str, Any]) -> Any:
    """Variables without value stay as they are; booleans stay booleans (not only strings)."""
    if not isinstance(text, str):
        return text
    if VARIABLE.fullmatch(text):
        value = known.get(text, text)
        return value if isinstance(value, bool) else str(value)
    return INSIDE_TEXT.sub(lambda match: str(known.get(f"${match[1]}", match[0])), text)


def variables(lms: Lms, launch: Launch) -> dict[str, Any]:
    course = lms.course(launch.activity.course_id)
    earlier = [lms.find_course(number) for number in course.history]
    found: dict[str, Any] = {
        "$Context.id": course.context_id,
        "$Context.id.history": ",".join(c.context_id for c in earlier if c is not None),
        "$Context.title": course.title,
        "$Context.label": course.label,
        "$Canvas.course.id": course.id,
        "$Canvas.api.domain": urlsplit(lms.url).netloc,
        "$Canvas.api.baseUrl": lms.url,
        "$ToolConsumerInstance.guid": lms.school.guid,
        "$Canvas.course.workflowState": "completed" if course.concluded else "available",
    }
    if course.sis_id:
        found["$CourseOffering.sourcedId"] = course.sis_id
        found["$Canvas.course.sisSourceId"] = course.sis_id
    found |= _of_activity(lms, launch.activity) | launch.activity.variables
    if launch.person is not None:
        found |= personal(lms, launch.person)
        found |= _membership(lms, launch.person, course.id)
    if launch.acting_person is not None:
        found["$Canvas.masqueradingUser.id"] = launch.acting_person.id
        found["$Canvas.masqueradingUser.userId"] = launch.acting_person.uuid
    return found


def personal(lms: Lms, person: Person) -> dict[str, Any]:
    """The variables that memberships fill in too."""
    found: dict[str, Any] = {
        "$Canvas.user.id": person.id,
        "$Canvas.user.loginId": person.username,
        "$Canvas.user.prefersHighContrast": str(person.high_contrast).lower(),
        "$Person.name.full": person.name,
        "$Person.name.display": person.name,
        "$Person.name.given": person.given_name,
        "$Person.name.family": person.family_name,
        "$Person.email.primary": person.email,
        "$Person.address.timezone": person.time_zone,
        "$com.instructure.User.observees": ",".join(
            lms.person(number).uuid for number in person.observes
        ),
        "$com.instructure.User.student_view": person.is_test_student,
    }
    if person.sis_id:
        found["$Person.sourcedId"] = person.sis_id
        found["$Canvas.user.sisSourceId"] = person.sis_id
    return found


def _membership(lms: Lms, person: Person, course_id: int) -> dict[str, Any]:
    roles = launch_roles(lms, person, course_id)
    return {
        "$com.instructure.User.allRoles": ",".join(roles),
        "$Membership.role": ",".join(member_roles(lms, person, course_id)),
    }


def _of_activity(lms: Lms, activity: Activity) -> dict[str, Any]:
    if activity.kind != "assignment":
        return {}
    own = [i for i in lms.school.line_items if i.own_activity == activity.id]
    found: dict[str, Any] = {
        "$ResourceLink.id": activity.uuid,
        "$ResourceLink.title": activity.title,
        "$Canvas.assignment.id": activity.id,
        "$Canvas.assignment.title": activity.title,
        "$Canvas.assignment.allowedAttempts": activity.allowed_attempts or -1,
    }
    if own:
        points = own[0].maximum
        found["$Canvas.assignment.pointsPossible"] = int(points) if points % 1 == 0 else points
    if activity.due_at:
        found["$Canvas.assignment.dueAt.iso8601"] = activity.due_at
        found["$ResourceLink.submission.endDateTime"] = activity.due_at.replace("Z", ".000Z")
    return found
