"""The Canvas of the documented payloads, built in the demo LMS."""

from datetime import UTC, datetime
from typing import Any, cast

from lti.demo_lms import Lms, keys
from lti.demo_lms.course import Activity
from lti.demo_lms.people import CourseRole
from lti.demo_lms.tools import Privacy
from tests import sample_tool

URL = "https://crestwood.instructure.com"
SSO = "https://sso.canvaslms.com"
TOOL_URL = "https://tool.example.edu"
LINK = "3f6a1c52-9d0e-4b7a-8c21-5e4f3a2b1c0d"
OTHER_LINK = "9c8b7a69-5847-4635-8241-302918273645"
MADE_LINK = "b7e0c1d2-3f4a-4b5c-8d6e-7f8091a2b3c4"
CLOCK = datetime(2026, 11, 21, 20, 20, tzinfo=UTC)
CLIENT = "170000000000521"

PEOPLE: list[tuple[int, str, str, str, str, str, str, CourseRole | None]] = [
    (1001, "77665544-3322-4110-8fed-cba987654307", "e1f2a3b4c5d60718293a4b5c6d7e8f9001122777",
     "Iris", "Admin", "iris.admin@crestwood.example", "A1001", None),
    (1107, "c2b7d3f4-1a05-4e69-b8f7-6a5d4c3b2a03", "a1b2c3d4e5f60718293a4b5c6d7e8f9001122333",
     "Maria", "Lindqvist", "m.lindqvist@crestwood.example", "T1107", "teacher"),
    (1310, "91e8a7b6-5c4d-4f3e-a2b1-0f9e8d7c6b04", "b1c2d3e4f5a60718293a4b5c6d7e8f9001122444",
     "Tom", "Brandt", "t.brandt@crestwood.example", "T1310", "assistant"),
    (1415, "2d1c0b9a-8f7e-4d6c-95b4-a3f2e1d0c905", "c1d2e3f4a5b60718293a4b5c6d7e8f9001122555",
     "Ines", "Duarte", "i.duarte@crestwood.example", "T1415", "designer"),
    (2041, "6f0e9c1a-53b7-4d28-9a44-0c7be1d2f301", "535fa085f22b4655f48cd5a36a9215f64c062111",
     "Dana", "Okafor", "dana.okafor@students.crestwood.example", "S2041", "student"),
    (2042, "0a4d1e6b-7c2f-49b8-8e55-1d3c5f7a9b02", "86157096483e6b3a50bfedc6bac902c0b20a8222",
     "Søren", "Ågård", "soren.agard@students.crestwood.example", "", "student"),
    (2999, "13572468-aced-4bdf-9135-7924680ace08", "f1a2b3c4d5e60718293a4b5c6d7e8f9001122888",
     "Test", "Student", "", "", "student"),
    (3055, "e5f4d3c2-b1a0-4987-8665-544332211006", "d1e2f3a4b5c60718293a4b5c6d7e8f9001122666",
     "Grace", "Okafor", "grace.okafor@mail.example", "", "observer"),
]  # fmt: skip
SHARED_CUSTOM = {
    "context_history": "$Context.id.history",
    "canvas_user_id": "$Canvas.user.id",
    "canvas_course_id": "$Canvas.course.id",
    "due_at": "$Canvas.assignment.dueAt.iso8601",
    "masquerading_user_id": "$Canvas.masqueradingUser.id",
}


def build() -> Lms:
    lms = Lms(
        URL,
        issuer="https://canvas.instructure.com",
        auth_url=f"{SSO}/api/lti/authorize_redirect",
        token_url=f"{SSO}/login/oauth2/token",
    )
    lms.school.family = "canvas"
    lms.school.name = "Crestwood State University"
    lms.school.guid = "CwKrJ8QVzkoTGwoPa4EzFTDQWlZkWC4pD1trjW0:canvas-lms"
    for key, client_id in (("tool", CLIENT), ("other", "170000000000777")):
        lms.add_tool(
            client_id,
            TOOL_URL,
            key=key,
            family="canvas",
            deployment_id="106:5d0c4e7fa1b2938475665748392a1b0c9d8e7f60",
            custom=dict(SHARED_CUSTOM),
            jwks=keys.key_set([sample_tool.KEY]),
        )
    lms.add_course(
        "BUS310",
        "BUS-310 Applied Analytics",
        id=1201,
        sis_id="SIS-BUS310-F26",
        context_id="7c1f0a5be2d94c3f8a60b71d2e4f5a6b7c8d9e01",
    )
    for number, uuid, legacy_id, given, family, email, sis_id, role in PEOPLE:
        lms.add_person(
            given.lower(),
            given,
            family,
            id=number,
            uuid=uuid,
            legacy_id=legacy_id,
            email=email,
            sis_id=sis_id,
            role=role,
            admin=given == "Iris",
            is_test_student=given == "Test",
        )
    lms.add_key("2026-11-01T00:00:12Z_16b5e95f-dff8-4717-bedf-64f4070b0001")
    return lms


def add_assignment(lms: Lms, **changes: Any) -> Activity:
    """The assignment of most payloads, with column 455."""
    details: dict[str, Any] = {
        "uuid": LINK,
        "maximum": 12.5,
        "line_item_id": 455,
        "id": 8801,
        "description": "<p>Read the case, then answer.</p>",
        "target_link_uri": f"{TOOL_URL}/lti/launch?listing=77",
        "custom": {"listing": "77"},
        "due_at": "2026-12-05T06:59:59Z",
        **changes,
    }
    activity = lms.add_activity("case", "Case study", **details)
    item = lms.line_item(455)
    item.resource_id, item.tag = "listing-77", "credit"
    return activity


def add_assignments(lms: Lms, count: int) -> None:
    """So many assignments with columns from 455 on."""
    for number in range(count):
        lms.add_activity(
            f"a{number}",
            f"Assignment {number + 1}",
            uuid=f"{LINK[:-2]}{number:02}",
            maximum=12.5,
            line_item_id=455 + number,
        )
        item = lms.line_item(455 + number)
        item.resource_id, item.tag = f"listing-{77 + number}", "credit"


def add_others_work(lms: Lms) -> None:
    """Another tool's assignment and its column."""
    lms.add_activity(
        "other", "Another tool's", tool="other", uuid=OTHER_LINK, line_item_id=900, id=9900
    )


def set_privacy(lms: Lms, level: str) -> None:
    """``level`` as the documents' names have it."""
    lms.tool().privacy = cast(Privacy, level)
