"""The Moodle on which the traffic was recorded, built anew in the demo LMS."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lti.demo_lms import Lms, keys
from lti.demo_lms.lms import Lms as Platform
from lti.demo_lms.people import CourseRole
from tests import sample_tool

URL = "http://localhost:8800"
TOOL_URL = "http://localhost:9002"
CLIENT = "PQOeCwCRLbnwHPo"
CLOCK = datetime(2026, 11, 21, 20, 21, 56, tzinfo=UTC)
"""The platform's clock while services were recorded."""

PEOPLE: list[tuple[int, str, str, str, str, str, CourseRole | None]] = [
    (2, "admin", "Admin", "User", "admin@moodle.test", "", None),
    (3, "prof", "Priya", "Raman", "prof@crestwood.test", "E1001", "teacher"),
    (4, "ta", "Tomas", "Aguilar", "ta@crestwood.test", "E1002", "assistant"),
    (5, "ana", "Ana", "Okafor", "ana@crestwood.test", "S2001", "student"),
    (6, "ben", "Ben", "Nguyen", "ben@crestwood.test", "S2002", "student"),
    (7, "chloe", "Chloé", "O'Brien-Łukasz", "chloe@crestwood.test", "S2003", "student"),
    (8, "dev", "Dev", "Patel", "dev@crestwood.test", "", "student"),
    (9, "mgr", "Morgan", "Lee", "mgr@crestwood.test", "E1003", None),
]
HISTORY = {
    "context_history": "$Context.id.history",
    "resource_link_history": "$ResourceLink.id.history",
}
PARAMETERS = "launches/custom_parameters"

# Number, title, tool, own column (None: accepts no grades), further details.
ACTIVITIES: list[tuple[int, str, str, int | None, dict[str, Any]]] = [
    (1, "Case study", "tool", 2, {"description": "Read the case, then answer."}),
    (2, "Case study, private", "private", 3, {}),
    (3, "Case study, no services", "plain", None, {}),
    (4, "Case study with parameters", "tool", 4, {}),
    (5, "Reading, no grade", "tool", None, {}),
    (6, "Case by URL", "tool", 5, {"target_link_uri": f"{TOOL_URL}/lti/launch?case=7"}),
    (7, "Case with review", "tool", 6, {}),
    (8, "Case with review at the default URL", "tool", 7, {}),
    (9, "Case taken over", "tool", 8, {}),
    (10, "Case taken over, no column", "tool", None, {}),
    (11, "Score lab", "tool", 15, {}),
    (58, "Column moved by mistake", "tool", 63, {}),
    (59, "Other activity", "tool", 64, {}),
]
LATER = {11, 58, 59}
"""Activities that were not there yet when line items were listed."""


def build(*, parameters: Sequence[str] = (), later: bool = True) -> Platform:
    lms = Lms(URL)
    lms.school.name, lms.school.short_name = "Crestwood State University", "CSU"
    _add_tools(lms)
    lms.add_course(
        "BUS310",
        "BUS-310 Applied Analytics",
        id=2,
        sis_id="SIS-BUS310-F26",
        starts_at=datetime(2026, 11, 20, 19, 58, 29, tzinfo=UTC),
    )
    for number, key, given, family, email, sis_id, role in PEOPLE:
        lms.add_person(
            key,
            given,
            family,
            id=number,
            email=email,
            sis_id=sis_id,
            role=role,
            admin=key == "admin",
            manager=key == "mgr",
        )
    for number, title, tool, column, details in ACTIVITIES:
        if later or number not in LATER:
            lms.add_activity(
                f"a{number}",
                title,
                id=number,
                tool=tool,
                line_item_id=column,
                maximum=None if column is None else 100,
                **details,
            )
    # A column may be missing though grades are accepted: the recording turned it off only.
    lms.line_item("a7").submission_review = {"url": f"{TOOL_URL}/lti/launch"}
    lms.line_item("a8").submission_review = {}
    lms.activity("a4").custom = dict(text.split("=", 1) for text in parameters if "=" in text)
    lms.add_key("fa7a7603b0e992702a1a")
    return lms


def _add_tools(lms: Platform) -> None:
    known = keys.key_set([sample_tool.KEY])
    for key, client_id, deployment_id, scopes, privacy, custom in (
        ("tool", CLIENT, "1", None, "public", HISTORY),
        ("private", "h1CF8H0NhPHWi6b", "2", None, "anonymous", {}),
        ("plain", "IixBIM5hCBteDiI", "3", [], "public", {}),
    ):
        lms.add_tool(
            client_id,
            TOOL_URL,
            key=key,
            deployment_id=deployment_id,
            scopes=scopes,
            privacy=privacy,
            custom=dict(custom),
            jwks=known,
        )


def add_posted_columns(lms: Platform, *, up_to: int) -> None:
    """The columns that the tool posted one after the other, up to that number."""
    for number, label, maximum, link, resource_id, tag in (
        (9, "Tool-made column", 30, 9, "made-1", "made"),
        (10, "Only column", 30, 10, "made-2", ""),
        (11, "Participation", 20, None, "participation", "part"),
        (12, "Participation", 20, None, "participation", "part"),
        (13, "Dated", 10, None, "", "dated"),
    ):
        if number <= up_to:
            lms.add_line_item(
                label,
                maximum,
                id=number,
                link=link,
                resource_id=resource_id,
                tag=tag,
            )
    lms.school.last_id["line_item"] = up_to
