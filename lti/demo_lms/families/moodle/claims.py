"""The claims of a Moodle id_token."""

import json
from secrets import randbelow, token_hex
from typing import Any

from lti.demo_lms.course import Activity
from lti.demo_lms.families.base import CLAIM, ENDPOINT, LIS, MEMBERSHIPS
from lti.demo_lms.families.moodle import deep_linking
from lti.demo_lms.families.moodle.addresses import line_items_url, memberships_url
from lti.demo_lms.families.moodle.coupling import line_item_claim
from lti.demo_lms.families.moodle.variables import custom_claim, names_members
from lti.demo_lms.lms import Launch, Lms
from lti.demo_lms.people import Person
from lti.demo_lms.tools import Tool

LIFE_SECONDS = 60
VERSION = "2024100706"
TEACHING = ("teacher", "assistant", "designer")


def build(lms: Lms, launch: Launch, nonce: str) -> dict[str, Any]:
    tool = lms.find_tool(launch.client_id) or lms.tool()
    person = launch.person
    if person is None:
        raise ValueError("Moodle makes no token for a visitor")
    issued = int(lms.now().timestamp())
    return {
        "nonce": nonce,
        "iat": issued,
        "exp": issued + LIFE_SECONDS,
        "iss": lms.url,
        "aud": tool.client_id,
        CLAIM + "deployment_id": tool.deployment_id,
        CLAIM + "target_link_uri": launch.target,
        "sub": str(person.id),
        CLAIM + "message_type": launch.message_type,
        CLAIM + "version": "1.3.0",
        **_place(lms, launch, person),
        **_person(person, tool),
        **_activity(lms, launch, tool),
        **_services(lms, launch, tool, person),
        **deep_linking.settings(lms, launch, tool),
    }


def roles(lms: Lms, person: Person, course_id: int) -> list[str]:
    enrollments = lms.enrollments_of(person.id, course_id)
    teaches = any(e.launch_role in TEACHING for e in enrollments)
    if person.admin:
        return [
            LIS + "institution/person#Administrator",
            LIS + "membership#Instructor",
            LIS + "system/person#Administrator",
        ]
    if teaches or (person.manager and not enrollments):
        return [LIS + "membership#Instructor"]
    if person.roles and not enrollments:
        return list(person.roles)
    return [LIS + "membership#Learner"]


def _place(lms: Lms, launch: Launch, person: Person) -> dict[str, Any]:
    course = lms.course(launch.activity.course_id)
    return {
        CLAIM + "roles": roles(lms, person, course.id),
        CLAIM + "lis": {
            "person_sourcedid": person.sis_id,
            "course_section_sourcedid": course.sis_id,
        },
        CLAIM + "context": {
            "id": str(course.id),
            "label": course.label,
            "title": course.title,
            "type": ["CourseSection"],
        },
        CLAIM + "launch_presentation": _presentation(lms, launch, person),
        CLAIM + "tool_platform": {
            "product_family_code": "moodle",
            "version": VERSION,
            "guid": lms.school.guid,
            "name": lms.school.short_name,
            "description": lms.school.name,
        },
    }


def _presentation(lms: Lms, launch: Launch, person: Person) -> dict[str, Any]:
    if launch.is_deep_linking:
        return {"locale": person.locale}
    activity = launch.activity
    return {
        "locale": person.locale,
        "document_target": "iframe",
        "return_url": f"{lms.url}/mod/lti/return.php?course={activity.course_id}"
        f"&launch_container=3&instanceid={activity.id}&sesskey={token_hex(5)}",
    }


def _person(person: Person, tool: Tool) -> dict[str, Any]:
    # What is not shared is absent, not empty.
    claims: dict[str, Any] = {CLAIM + "ext": {"lms": "moodle-2"}}
    if tool.sends_names:
        claims |= {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "name": person.name,
            CLAIM + "ext": {"user_username": person.username, "lms": "moodle-2"},
        }
    if tool.sends_email:
        claims["email"] = person.email
    return claims


def _activity(lms: Lms, launch: Launch, tool: Tool) -> dict[str, Any]:
    activity = launch.activity
    claims: dict[str, Any] = {}
    if not launch.is_deep_linking:
        claims[CLAIM + "resource_link"] = {
            "title": activity.title,
            "description": activity.description,
            "id": str(activity.id),
        }
    if custom := custom_claim(lms, launch, tool):
        claims[CLAIM + "custom"] = custom
    if launch.for_user:
        claims[CLAIM + "for_user"] = {"user_id": launch.for_user}
    return claims


def _services(lms: Lms, launch: Launch, tool: Tool, person: Person) -> dict[str, Any]:
    claims: dict[str, Any] = {}
    activity = launch.activity
    if tool.grade_scopes:
        endpoint: dict[str, Any] = {
            "scope": tool.grade_scopes,
            "lineitems": line_items_url(lms, activity.course_id, tool),
        }
        line_item = line_item_claim(lms, activity, tool)
        if line_item is not None:
            endpoint["lineitem"] = line_item
        claims[ENDPOINT] = endpoint
        if activity.accepts_grades and not launch.is_deep_linking:
            claims["https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome"] = basic_outcome(
                lms, activity, tool, person
            )
    if names_members(lms, launch, tool):
        claims[MEMBERSHIPS] = {
            "context_memberships_url": memberships_url(lms, activity.course_id, tool),
            "service_versions": ["1.0", "2.0"],
        }
    return claims


def basic_outcome(lms: Lms, activity: Activity, tool: Tool, person: Person) -> dict[str, Any]:
    """The older outcome service's claim; the service itself is not served here."""
    source = {
        "data": {
            "instanceid": str(activity.id),
            "userid": str(person.id),
            "typeid": tool.deployment_id,
            "launchid": randbelow(2**31),
        },
        "hash": token_hex(32),
    }
    return {
        "lis_result_sourcedid": json.dumps(source, separators=(",", ":")),
        "lis_outcome_service_url": f"{lms.url}/mod/lti/service.php",
    }
