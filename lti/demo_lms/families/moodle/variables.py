"""Custom parameters, as Moodle fills them in."""

import re
from typing import Any

from lti.demo_lms.families.moodle.addresses import memberships_url
from lti.demo_lms.families.moodle.coupling import line_item_claim
from lti.demo_lms.lms import Launch, Lms
from lti.demo_lms.tools import MEMBERS, Tool


def custom_claim(lms: Lms, launch: Launch, tool: Tool) -> dict[str, Any]:
    known = variables(lms, launch, tool)
    custom: dict[str, Any] = {}
    given = {**tool.custom, **launch.activity.custom, **launch.custom}
    for name, text in given.items():
        # Only a value that is a variable as a whole is filled in; unknown ones stay.
        value = known.get(text, text) if isinstance(text, str) else str(text)
        custom[re.sub(r"[^a-z0-9]", "_", name.lower())] = value
        custom[name] = value
    if names_members(lms, launch, tool):
        custom["context_memberships_url"] = memberships_url(
            lms, launch.activity.course_id, tool
        )
    return custom


def names_members(lms: Lms, launch: Launch, tool: Tool) -> bool:
    """Whether the launch tells of memberships; before the first activity it does not."""
    course_id = launch.activity.course_id
    known = any((a.course_id, a.tool) == (course_id, tool.key) for a in lms.school.activities)
    return MEMBERS in tool.scopes and known


def variables(lms: Lms, launch: Launch, tool: Tool) -> dict[str, str]:
    person, activity = launch.person, launch.activity
    course = lms.course(activity.course_id)
    found = {
        "$Context.id": str(course.id),
        "$Context.title": course.title,
        "$Context.label": course.label,
        "$Context.id.history": ",".join(str(number) for number in course.history),
        "$CourseSection.title": course.title,
        "$CourseSection.label": course.label,
        "$CourseSection.sourcedId": course.sis_id,
        "$CourseSection.timeFrame.begin": (
            course.starts_at.isoformat() if course.starts_at else ""
        ),
        "$CourseSection.timeFrame.end": "",
        "$ResourceLink.id": str(activity.id),
        "$ResourceLink.title": activity.title,
        "$ResourceLink.description": activity.description,
        "$LineItem.url": line_item_claim(lms, activity, tool) or "",
        "$ToolProxyBinding.memberships.url": memberships_url(lms, course.id, tool),
        "$Moodle.Person.userGroupIds": "",
    }
    if person is not None:
        enrollments = lms.enrollments_of(person.id, course.id)
        learns = any(e.launch_role in ("student", "observer") for e in enrollments)
        found |= {
            "$User.id": str(person.id),
            "$User.username": person.username,
            "$Person.name.full": person.name,
            "$Person.name.given": person.given_name,
            "$Person.name.family": person.family_name,
            "$Person.email.primary": person.email,
            "$Person.sourcedId": person.sis_id,
            "$Person.address.timezone": person.time_zone,
            "$Membership.role": "Learner" if learns else "Instructor",
        }
    return found
