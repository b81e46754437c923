"""Canvas's memberships: 50 a page at most, full role URIs, active enrollments only."""

from typing import Any

from flask import Blueprint, Response, request

from lti.demo_lms.course import Activity
from lti.demo_lms.families.base import CLAIM
from lti.demo_lms.families.canvas.addresses import memberships_url
from lti.demo_lms.families.canvas.answers import MEMBERS as MEDIA_TYPE
from lti.demo_lms.families.canvas.answers import Refused, answer, page_of
from lti.demo_lms.families.canvas.call import Call, service
from lti.demo_lms.families.canvas.claims import shared_details
from lti.demo_lms.families.canvas.roles import member_roles
from lti.demo_lms.families.canvas.variables import expand, personal
from lti.demo_lms.people import Person
from lti.demo_lms.tools import MEMBERS

bp = Blueprint("canvas_memberships", __name__)


@bp.get("/api/lti/courses/<int:course_id>/names_and_roles")
@service(MEDIA_TYPE, MEMBERS, for_grades=False)
def show(call: Call) -> Response:
    with_message, link = _link(call)
    members = [
        _member(call, person, with_message, link)
        for person in sorted(call.lms.school.people, key=lambda person: person.id)
        if member_roles(call.lms, person, call.course.id)
    ]
    if "role" in request.args:
        # Full URIs alone are known: a short name finds nobody.
        members = [m for m in members if request.args["role"] in m["roles"]]
    shown, links = page_of(members, most=50, default=50, keeps_limit=False)
    body = {
        "id": memberships_url(call.lms, call.course.id),
        "context": {
            "id": call.course.context_id,
            "label": call.course.label,
            "title": call.course.title,
        },
        "members": shown,
    }
    reply = answer(body, MEDIA_TYPE)
    reply.headers.extend(links)
    return reply


def _link(call: Call) -> tuple[bool, Activity | None]:
    wanted = request.args.get("rlid")
    if wanted is None or wanted == call.course.context_id:
        return wanted is not None, None
    for activity in call.lms.school.activities:
        if activity.uuid == wanted:
            if activity.tool != call.tool.key:
                text = "Tool does not have access to rlid or rlid does not exist"
                raise Refused(400, text)
            if not activity.launches_tool:
                text = "Requested assignment not configured for external tool launches"
                raise Refused(400, text)
            return True, activity
    raise Refused(400, "Invalid 'rlid' parameter")


def _member(
    call: Call, person: Person, with_message: bool, link: Activity | None
) -> dict[str, Any]:
    member: dict[str, Any] = {
        "status": "Active",
        **shared_details(call.lms, person, call.tool),
        "user_id": person.uuid,
        "lti11_legacy_user_id": person.legacy_id,
        "roles": member_roles(call.lms, person, call.course.id),
    }
    if person.sis_id and call.tool.sends_names:
        member["lis_person_sourcedid"] = person.sis_id
    if with_message:
        # Only personal variables are filled in here.
        known = personal(call.lms, person)
        custom = {**call.tool.custom, **(link.custom if link else {})}
        message = {
            CLAIM + "message_type": "LtiResourceLinkRequest",
            "locale": person.locale,
            CLAIM + "custom": {name: expand(text, known) for name, text in custom.items()},
        }
        member["message"] = [message]
    return member
