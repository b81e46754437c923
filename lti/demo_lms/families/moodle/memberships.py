"""Moodle's memberships: short roles, active people only, a filter that paging forgets."""

from typing import Any

from flask import Response, request

from lti.demo_lms.course import Activity
from lti.demo_lms.families.base import CLAIM, LIS
from lti.demo_lms.families.moodle import answers as media
from lti.demo_lms.families.moodle.addresses import memberships_url
from lti.demo_lms.families.moodle.answers import answer, not_found
from lti.demo_lms.families.moodle.call import Call
from lti.demo_lms.families.moodle.claims import basic_outcome
from lti.demo_lms.people import Person

OUTCOME = "https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome"


def show(call: Call) -> Response:
    course, link = call.course, _link(call)
    members = [
        (person, role)
        for person in sorted(
            call.lms.school.people, key=lambda p: (p.family_name, p.given_name)
        )
        if (role := _role(call, person))
    ]
    wanted = request.args.get("role", "").removeprefix(LIS + "membership#")
    if wanted in ("Learner", "Instructor"):
        members = [(person, role) for person, role in members if role == wanted]
    limit, start = request.args.get("limit", 0, int), request.args.get("from", 0, int)
    page = members[start : start + limit] if limit else members
    address = memberships_url(call.lms, course.id, call.tool)
    body = {
        "id": address,
        "context": {"id": str(course.id), "label": course.label, "title": course.title},
        "members": [_member(call, person, role, link) for person, role in page],
    }
    shown = answer(body, media.MEMBERS)
    if limit and start + limit < len(members):
        rest = f"&rlid={link.id}" if link else ""
        following = f"{address}?limit={limit}&from={start + limit}{rest}"
        shown.headers["Link"] = f'<{following}>; rel="next"'
    return shown


def _role(call: Call, person: Person) -> str:
    """The non-editing teacher is a Learner here, whatever launches say."""
    active = [e for e in call.lms.enrollments_of(person.id, call.course.id) if not e.suspended]
    if not active:
        return ""
    return "Instructor" if any(e.role == "teacher" for e in active) else "Learner"


def _link(call: Call) -> Activity | None:
    wanted = request.args.get("rlid")
    if wanted is None:
        return None
    for activity in call.lms.school.activities:
        if str(activity.id) == wanted and activity.course_id == call.course.id:
            return activity
    raise not_found(f"LTI link {wanted}")


def _member(call: Call, person: Person, role: str, link: Activity | None) -> dict[str, Any]:
    member: dict[str, Any] = {"status": "Active", "roles": [role]}
    if link is not None:
        message: dict[str, Any] = {CLAIM + "message_type": "LtiResourceLinkRequest"}
        if link.accepts_grades:
            message[OUTCOME] = basic_outcome(call.lms, link, call.tool, person)
        member["message"] = [message]
    member |= {"user_id": str(person.id), "lis_person_sourcedid": person.sis_id}
    if call.tool.sends_names:
        member |= {
            "name": person.name,
            "given_name": person.given_name,
            "family_name": person.family_name,
        }
    if call.tool.sends_email:
        member["email"] = person.email
    if call.tool.sends_names:
        member["ext_user_username"] = person.username
    return member
