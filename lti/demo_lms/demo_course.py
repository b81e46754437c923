"""The course of the demo: a class, its instructor, and three links that open the tool."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti.demo_lms.families.base import LIS
from lti.demo_lms.lms import Lms
from lti.demo_lms.people import CourseRole

MOODLE_CLIENT = "demo-moodle"
CANVAS_CLIENT = "demo-canvas"
MOODLE_DEPLOYMENT = "1"
CANVAS_DEPLOYMENT = "1:5d0c4e7fa1b2938475665748392a1b0c9d8e7f60"


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
class CastMember:
    key: str
    given_name: str
    family_name: str
    role: str
    """A key of ``ROLES``."""
    email: str = ""
    sis_id: str = ""
    note: str = ""


CAST = (
    CastMember("student1", "Maya", "Alvarez", "student", "maya.alvarez@eastmoor.example",
               "S2001", "Looks for a first project"),
    CastMember("student2", "Jonas", "Reed", "student", "jonas.reed@eastmoor.example",
               "S2002", "Works on a project"),
    CastMember("student3", "Amara", "Okafor", "student", "amara.okafor@eastmoor.example",
               "S2003", "Has finished a project"),
    CastMember("instructor", "Priya", "Raman", "instructor", "priya.raman@eastmoor.example",
               "E1001", "Decides on credit"),
    CastMember("assistant", "Tomas", "Aguilar", "assistant", "tomas.aguilar@eastmoor.example",
               "E1002", "Helps in the course"),
    CastMember("staff", "Helen", "Brooks", "staff", "helen.brooks@eastmoor.example",
               "E1003", "Works at the career office"),
    CastMember("admin", "Iris", "Novak", "admin", "iris.novak@eastmoor.example",
               "A1001", "Runs the learning management system"),
)  # fmt: skip


def fill(
    lms: Lms,
    tool_url: str,
    *,
    cast: Sequence[CastMember] = CAST,
    label: str = "BUS-310",
    title: str = "Applied Analytics",
    sis_id: str = "BUS-310-F26",
) -> Lms:
    """Add the course, its people, the tool in both families, and the three links.

    A state that was read from a file is left as it is.
    """
    if lms.restored:
        return lms
    lms.add_tool(MOODLE_CLIENT, tool_url, family="moodle", deployment_id=MOODLE_DEPLOYMENT)
    lms.add_tool(CANVAS_CLIENT, tool_url, family="canvas", deployment_id=CANVAS_DEPLOYMENT)
    for tool in lms.school.tools:
        tool.custom = {"context_history": "$Context.id.history"}
    course = lms.add_course(label, title, sis_id=sis_id, id=2)
    for member in cast:
        role = ROLES[member.role]
        lms.add_person(
            member.key,
            member.given_name,
            member.family_name,
            role=role.enrolled_as,
            course=course,
            email=member.email,
            sis_id=member.sis_id,
            admin=role.admin,
            roles=list(role.roles),
            note=member.note,
        )
    lms.add_activity(
        "board",
        "Find a micro-internship",
        maximum=None,
        kind="course_navigation",
        custom={"page": "board"},
    )
    lms.add_activity("credit", "My credit", maximum=100, custom={"page": "credit"})
    lms.add_activity(
        "listing",
        "This week's project",
        maximum=None,
        kind="module_item",
        custom={"page": "board"},
    )
    lms.add_key()
    lms.save()
    return lms
