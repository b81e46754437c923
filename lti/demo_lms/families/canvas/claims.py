"""The claims of a Canvas id_token."""

from typing import Any

from lti.demo_lms.course import Course
from lti.demo_lms.families.base import CLAIM, ENDPOINT, MEMBERSHIPS
from lti.demo_lms.families.canvas import deep_linking
from lti.demo_lms.families.canvas.addresses import (
    line_item_url,
    line_items_url,
    memberships_url,
)
from lti.demo_lms.families.canvas.roles import launch_roles
from lti.demo_lms.families.canvas.variables import custom_claim
from lti.demo_lms.lms import Launch, Lms
from lti.demo_lms.people import Person
from lti.demo_lms.tools import MEMBERS, NOTICES, Tool

LIFE_SECONDS = 3600
COURSE_TYPE = "http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"


def build(lms: Lms, launch: Launch, nonce: str) -> dict[str, Any]:
    tool = lms.find_tool(launch.client_id) or lms.tool()
    course = lms.course(launch.activity.course_id)
    issued = int(lms.now().timestamp())
    return {
        CLAIM + "message_type": launch.message_type,
        CLAIM + "version": "1.3.0",
        CLAIM + "deployment_id": tool.deployment_id,
        CLAIM + "target_link_uri": launch.target,
        "aud": tool.client_id,
        "azp": tool.client_id,
        "exp": issued + LIFE_SECONDS,
        "iat": issued,
        "iss": lms.issuer,
        "nonce": nonce,
        "locale": launch.person.locale if launch.person else "en",
        CLAIM + "roles": launch_roles(lms, launch.person, course.id),
        CLAIM + "custom": custom_claim(lms, launch, tool),
        "https://www.instructure.com/placement": launch.placement,
        **_person(lms, launch.person, tool, course),
        **_place(lms, launch, course),
        **_services(lms, launch, tool),
        **deep_linking.settings(lms, launch),
    }


def _person(lms: Lms, person: Person | None, tool: Tool, course: Course) -> dict[str, Any]:
    claims: dict[str, Any] = {CLAIM + "lti11_legacy_user_id": ""}
    if person is not None:
        claims = {
            "sub": person.uuid,
            CLAIM + "lti11_legacy_user_id": person.legacy_id,
            CLAIM + "lti1p1": {"user_id": person.legacy_id},
        }
        claims |= shared_details(lms, person, tool)
    if tool.sends_names:
        sis_id = person.sis_id if person else ""
        claims[CLAIM + "lis"] = {
            "person_sourcedid": sis_id or "$Person.sourcedId",
            "course_offering_sourcedid": course.sis_id or "$CourseSection.sourcedId",
        }
    if person is not None and person.observes and tool.privacy == "public":
        claims[CLAIM + "role_scope_mentor"] = [lms.person(n).uuid for n in person.observes]
    return claims


def shared_details(lms: Lms, person: Person, tool: Tool) -> dict[str, Any]:
    """What the tool's privacy level lets through, in launches and memberships alike."""
    details: dict[str, Any] = {}
    if tool.sends_names:
        details = {
            "name": person.name,
            "given_name": person.given_name,
            "family_name": person.family_name,
        }
    if tool.sends_email and person.email:
        details["email"] = person.email
    if tool.privacy == "public":
        details["picture"] = f"{lms.url}/images/messages/avatar-50.png"
    return details


def _place(lms: Lms, launch: Launch, course: Course) -> dict[str, Any]:
    activity = launch.activity
    in_course = launch.from_grader or activity.kind == "course_navigation"
    link: dict[str, Any] = {"id": course.context_id, "description": None, "title": course.title}
    page = "external_content/success/external_tool_redirect"
    if not in_course:
        is_assignment = activity.kind == "assignment"
        description = (activity.description if is_assignment else "") or None
        link = {"id": activity.uuid, "description": description, "title": activity.title}
        page = "assignments" if is_assignment else "modules"
    if launch.is_deep_linking:
        page = "external_content/success/external_tool_dialog"
    return {
        **({} if launch.is_deep_linking else {CLAIM + "resource_link": link}),
        CLAIM + "context": {
            "id": course.context_id,
            "label": course.label,
            "title": course.title,
            "type": [COURSE_TYPE],
        },
        CLAIM + "tool_platform": {
            "guid": lms.school.guid,
            "name": lms.school.name,
            "version": "cloud",
            "product_family_code": "canvas",
        },
        CLAIM + "launch_presentation": {
            "document_target": "iframe",
            "return_url": f"{lms.url}/courses/{course.id}/{page}",
            "locale": launch.person.locale if launch.person else "en",
            "height": 400,
            "width": 800,
        },
    }


def _services(lms: Lms, launch: Launch, tool: Tool) -> dict[str, Any]:
    claims: dict[str, Any] = {}
    course_id = launch.activity.course_id
    if tool.grade_scopes:
        claims[ENDPOINT] = {
            "scope": tool.grade_scopes,
            "lineitems": line_items_url(lms, course_id),
        }
        own = [i for i in lms.school.line_items if i.own_activity == launch.activity.id]
        if own and not launch.from_grader:
            claims[ENDPOINT]["lineitem"] = line_item_url(lms, own[0])
    if MEMBERS in tool.scopes:
        claims[MEMBERSHIPS] = {
            "context_memberships_url": memberships_url(lms, course_id),
            "service_versions": ["2.0"],
        }
    if NOTICES in tool.scopes:
        number = tool.deployment_id.partition(":")[0]
        claims[CLAIM + "platformnotificationservice"] = {
            "service_versions": ["1.0"],
            "platform_notification_service_url": f"{lms.url}/api/lti/notice-handlers/{number}",
            "scope": [NOTICES],
            "notice_types_supported": [
                "LtiHelloWorldNotice",
                "LtiAssetProcessorSubmissionNotice",
                "LtiContextCopyNotice",
            ],
        }
    return claims
