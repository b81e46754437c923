"""The courses of the demo: a class, its instructor, and three links that open the tool."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from lti import claim_names
from lti.demo_lms.families.base import LIS
from lti.demo_lms.lms import Lms
from lti.demo_lms.people import CourseRole, opaque_hex, opaque_uuid

MOODLE_CLIENT = "demo-moodle"
CANVAS_CLIENT = "demo-canvas"
MOODLE_DEPLOYMENT = "1"
CANVAS_DEPLOYMENT = "1:5d0c4e7fa1b2938475665748392a1b0c9d8e7f60"
FIRST_COURSE = 2


@dataclass(frozen=True)
class Role:
    enrolled_as: CourseRole | None = None
    admin: bool = False
    roles: tuple[str, ...] = ()


ROLES = {
    "student": Role("student"),
    "instructor": Role("teacher"),
    "assistant": Role("assistant"),
    "observer": Role("observer"),
    # Neither Moodle nor Canvas knows a career office: somebody of the university, not of
    # the course.
    "staff": Role(roles=(LIS + "institution/person#Staff",)),
    "admin": Role(admin=True),
}


@dataclass(frozen=True)
class DemoCourse:
    label: str
    title: str
    sis_id: str = ""


@dataclass(frozen=True)
class CastMember:
    key: str
    given_name: str
    family_name: str
    role: str
    """A key of ``ROLES``."""
    email: str = ""
    sis_id: str = ""
    note: str = ""
    courses: tuple[str, ...] = ()
    """Labels of the courses to be enrolled in; none: the first one."""
    is_test_student: bool = False


COURSES = (DemoCourse("BUS-310", "Applied Analytics", "BUS-310-F26"),)
CAST = (
    CastMember("student1", "Maya", "Okafor", "student", "maya.okafor@eastmoor.example",
               "S2001", "Looks for a first project"),
    CastMember("student2", "Jonas", "Lindqvist", "student", "jonas.lindqvist@eastmoor.example",
               "S2002", "Looks for a project, too"),
    CastMember("student3", "Priya", "Raman", "student", "priya.raman@eastmoor.example",
               "S2003", "Has not begun"),
    CastMember("instructor", "Hana", "Novak", "instructor", "hana.novak@eastmoor.example",
               "E1001", "Decides on credit"),
    CastMember("assistant", "Kofi", "Mensah", "assistant", "kofi.mensah@eastmoor.example",
               "E1002", "Helps in the course"),
    CastMember("staff", "Omar", "Said", "staff", "omar.said@eastmoor.example",
               "E1003", "Works at the career office"),
    CastMember("admin", "Tomasz", "Wolny", "admin", "tomasz.wolny@eastmoor.example",
               "A1001", "Runs the learning management system"),
)  # fmt: skip


@dataclass(frozen=True)
class Identity:
    """How launches of the two families name one person or one course."""

    moodle: str
    canvas: str


def person_ids(cast: Sequence[CastMember]) -> dict[str, Identity]:
    """The ``sub`` of each member, known before the platform runs."""
    return {
        member.key: Identity(str(number), opaque_uuid("person", number))
        for number, member in enumerate(cast, start=1)
    }


def context_ids(courses: Sequence[DemoCourse]) -> dict[str, Identity]:
    """The context id of each course, by its label."""
    return {
        course.label: Identity(str(number), opaque_hex("course", number))
        for number, course in enumerate(courses, start=FIRST_COURSE)
    }


def read_class(path: Path) -> tuple[list[DemoCourse], list[CastMember]]:
    """Courses and people of a JSON file ``{"courses": […], "people": […]}``."""
    content = json.loads(path.read_bytes())
    return (
        TypeAdapter(list[DemoCourse]).validate_python(content["courses"]),
        TypeAdapter(list[CastMember]).validate_python(content["people"]),
    )


def fill(
    lms: Lms,
    tool_url: str,
    *,
    cast: Sequence[CastMember] = CAST,
    courses: Sequence[DemoCourse] = COURSES,
) -> Lms:
    """Add the courses, their people, the tool in both families, and the three links.

    A state that was read from a file is left as it is.
    """
    if lms.restored:
        return lms
    lms.add_tool(MOODLE_CLIENT, tool_url, family="moodle", deployment_id=MOODLE_DEPLOYMENT)
    lms.add_tool(CANVAS_CLIENT, tool_url, family="canvas", deployment_id=CANVAS_DEPLOYMENT)
    lms.tool(family="moodle").custom = dict(claim_names.CUSTOM_PARAMETERS)
    lms.tool(family="canvas").custom = dict(claim_names.CANVAS_CUSTOM_PARAMETERS)
    for number, course in enumerate(courses, start=FIRST_COURSE):
        lms.add_course(course.label, course.title, sis_id=course.sis_id, id=number)
        _add_links(lms, number)
    for member in cast:
        _add_member(lms, member)
    lms.add_key()
    lms.save()
    return lms


def _add_member(lms: Lms, member: CastMember) -> None:
    role = ROLES[member.role]
    person = lms.add_person(
        member.key,
        member.given_name,
        member.family_name,
        email=member.email,
        sis_id=member.sis_id,
        admin=role.admin,
        roles=list(role.roles),
        note=member.note,
        is_test_student=member.is_test_student,
    )
    if role.enrolled_as is None:
        return
    labels = member.courses or (lms.course().label,)
    for course in [c for c in lms.school.courses if c.label in labels]:
        lms.enroll(person, role.enrolled_as, course)


def _add_links(lms: Lms, course: int) -> None:
    lms.add_activity(
        "board",
        "Find a micro-internship",
        course=course,
        maximum=None,
        kind="course_navigation",
        custom={"content": "board"},
    )
    lms.add_activity(
        "credit", "Micro-internship credit", course=course, custom={"content": "credit"}
    )
    lms.add_activity(
        "listing",
        "This week's project",
        course=course,
        maximum=None,
        kind="module_item",
        custom={"content": "board"},
    )
