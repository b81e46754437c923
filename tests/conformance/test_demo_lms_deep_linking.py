"""Choosing content in the demo LMS, held to recorded Moodle and documented Canvas."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti.demo_lms import Lms, create_platform, launching
from lti.demo_lms.lms import DEEP_LINKING
from tests import documented_canvas, recorded_moodle, sample_tool
from tests.recordings import load, names, replay, steady

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
ITEMS = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
MOODLE, FOLDER = "moodle-4.5", "deep_linking"
NOT_APPLIED = {"canvas": ["request_return_url_older"], MOODLE: []}
"""An older Canvas's return address."""
FIRST_ID = {
    "one": (14, 18),
    "one_with_url": (15, 19),
    "several": (16, 20),
    "several_with_bad_maximum": (18, 21),
}
"""The numbers that Moodle gave the activity and its column."""


def requests(family: str) -> list[str]:
    found = [name.split("/")[-1] for name in names(family, FOLDER) if "/request_" in name]
    return [name for name in found if name not in NOT_APPLIED[family]]


def moodle(*, with_activities: bool = True) -> Lms:
    lms = recorded_moodle.build()
    lms.tool().name = "Sample Tool"
    lms.tool().deep_link_url = f"{recorded_moodle.TOOL_URL}/lti/deep-link"
    lms.tool().redirect_uris.append(lms.tool().deep_link_url)
    if not with_activities:
        lms.school.activities.clear()
        lms.school.line_items.clear()
    return lms


def check_request(lms: Lms, family: str, name: str, **details: Any) -> None:
    payload = load(family, f"{FOLDER}/{name}")
    claims = payload["claims"]
    with time_machine.travel(datetime.fromtimestamp(claims["iat"], UTC), tick=False):
        form = launching.begin_deep_linking(lms, claims["sub"], **details)
        query = sample_tool.request_for(lms, form)
        query["redirect_uri"] = payload["auth_request"]["query"]["redirect_uri"]
        answer = launching.authorize(lms, query)

    hint = {"lti_message_hint"}
    login = payload["login_initiation"]["form"]
    assert {n: v for n, v in form.fields.items() if n not in hint} == {
        n: v for n, v in login.items() if n not in hint
    }
    assert comparable(sample_tool.claims_of(lms, answer)) == comparable(claims)


def comparable(claims: dict[str, Any]) -> dict[str, Any]:
    kept = {n: v for n, v in steady(claims).items() if n not in ("nonce", "iat", "exp")}
    if SETTINGS in kept:
        url = kept[SETTINGS].pop("deep_link_return_url")
        kept["returns to"] = url.partition("sesskey=")[0].partition("data=")[0]
    return kept


@pytest.mark.parametrize("name", requests(MOODLE))
def test_moodle_asks_as_recorded(name: str) -> None:
    check_request(moodle(with_activities=name != "request_first"), MOODLE, name)


@pytest.mark.parametrize("name", requests("canvas"))
def test_canvas_asks_as_documented(name: str) -> None:
    lms = documented_canvas.build()
    lms.tool().deep_link_url = f"{documented_canvas.TOOL_URL}/lti/deep"
    placement = name.removeprefix("request_")

    check_request(lms, "canvas", name, placement=placement)


def answer_moodle(lms: Lms, client: FlaskClient, name: str) -> TestResponse:
    recording = load(MOODLE, f"{FOLDER}/{name}")
    claims = recording["claims"]
    request = {**recording["request"], "form": {"JWT": sample_tool.signed(claims)}}
    now = 1795292598 if name == "expired_response" else claims["iat"]
    with time_machine.travel(datetime.fromtimestamp(now, UTC), tick=False):
        return replay(client, request)


def stored(lms: Lms, first: int) -> list[dict[str, Any]]:
    rows = []
    for activity in (a for a in lms.school.activities if first <= a.id < 50):
        column = next((i for i in lms.school.line_items if i.own_activity == activity.id), None)
        lines = "\r\n".join(f"{name}={value}" for name, value in activity.custom.items())
        rows.append(
            {
                "id": activity.id,
                "name": activity.title,
                "toolurl": activity.target_link_uri,
                "custom": lines,
                "column": column and (column.id, column.label, column.maximum),
                "kept": column and (column.resource_id, column.tag),
            }
        )
    return rows


def recorded_rows(recording: dict[str, Any]) -> list[dict[str, Any]]:
    saved = recording["stored_after_save"]
    columns = {
        item["iteminstance"]: (item["id"], item["itemname"], item["grademax"])
        for item in saved["grade_items"]
    }
    kept = {
        row["ltilinkid"]: (row["resourceid"] or "", row["tag"] or "")
        for row in saved["gradebookservices"]
    }
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "toolurl": row["toolurl"],
            "custom": row["instructorcustomparameters"],
            "column": columns.get(row["id"]),
            "kept": kept.get(row["id"]),
        }
        for row in saved["lti"]
    ]


@pytest.mark.parametrize("name", [*FIRST_ID, "one_fractional_maximum", "one_maximum_250"])
def test_moodle_keeps_of_the_answer_what_was_recorded(name: str) -> None:
    recording = load(MOODLE, f"{FOLDER}/{name}")
    lms = moodle()
    activity, column = FIRST_ID.get(name, (14, 18))
    lms.school.last_id |= {"activity": activity - 1, "line_item": column - 1}

    page = answer_moodle(lms, create_platform(lms).test_client(), name)

    assert page.status_code == recording["response"]["status"]
    assert stored(lms, activity) == recorded_rows(recording)
    assert all(error in page.text for error in recording["form_errors"])


@pytest.mark.parametrize(
    ("name", "added"),
    [("none", 0), ("error", 0), ("link", 1), ("wrong_audience", 1), ("expired_response", 0)],
)
def test_moodle_takes_and_refuses_answers_as_recorded(name: str, added: int) -> None:
    lms = moodle()
    before = len(lms.school.activities)

    page = answer_moodle(lms, create_platform(lms).test_client(), name)

    assert page.status_code == (404 if name == "expired_response" else 200)
    assert len(lms.school.activities) - before == added


@pytest.mark.parametrize(
    ("launch", "chosen"),
    [
        ("launch_of_one", "one"),
        ("launch_of_one_with_url", "one_with_url"),
        ("launch_of_several_1", "several"),
        ("launch_of_several_2", "several"),
        ("submission_review_of_one_with_url", "one_with_url"),
    ],
)
def test_what_was_chosen_launches_as_recorded(launch: str, chosen: str) -> None:
    claims = load(MOODLE, f"{FOLDER}/{launch}")["claims"]
    lms = moodle()
    activity, column = FIRST_ID[chosen]
    lms.school.last_id |= {"activity": activity - 1, "line_item": column - 1}
    answer_moodle(lms, create_platform(lms).test_client(), chosen)

    answer = sample_tool.open_link(
        lms,
        claims["sub"],
        int(claims[CLAIM + "resource_link"]["id"]),
        message_type=claims[CLAIM + "message_type"],
        for_user=claims.get(CLAIM + "for_user", {}).get("user_id"),
    )

    assert comparable(sample_tool.claims_of(lms, answer)) == comparable(claims)


def test_canvas_makes_the_documented_assignment() -> None:
    payload = load("canvas", f"{FOLDER}/response_course_assignments_menu")
    made = payload["assignment_made"]
    lms = documented_canvas.build()
    client = create_platform(lms).test_client()
    with time_machine.travel(documented_canvas.CLOCK, tick=False):
        page = client.post(
            "/courses/1201/deep_linking_response?data=x",
            data={"JWT": sample_tool.signed(payload["claims"])},
        )

    assert page.status_code == 200
    (activity,) = lms.school.activities
    (column,) = lms.school.line_items
    assert (activity.title, activity.description) == (made["title"], made["description"])
    assert (activity.target_link_uri, activity.due_at) == (made["tool_url"], made["due_at"])
    assert activity.custom == made["resource_link_custom"]
    assert column.maximum == made["points_possible"]
    assert column.own_activity == activity.id
    assert (column.resource_id, column.tag) == (
        made["line_item"]["resourceId"],
        made["line_item"]["tag"],
    )


def test_canvas_refuses_an_answer_for_another_platform() -> None:
    payload = load("canvas", f"{FOLDER}/response_course_assignments_menu")
    lms = documented_canvas.build()
    claims = {**payload["claims"], "aud": "https://elsewhere.example"}
    with time_machine.travel(documented_canvas.CLOCK, tick=False):
        page = (
            create_platform(lms)
            .test_client()
            .post(
                "/courses/1201/deep_linking_response", data={"JWT": sample_tool.signed(claims)}
            )
        )

    assert page.status_code == 400
    assert lms.school.activities == []


def test_the_teacher_s_page_begins_a_deep_linking_request() -> None:
    lms = moodle()
    client = create_platform(lms).test_client()

    assert "/add-links/prof/tool" in client.get("/add-links/prof").text
    form = client.get("/add-links/prof/tool").text
    assert 'action="http://localhost:9002/lti/login"' in form
    (launch,) = lms.launches.values()
    assert launch.message_type == DEEP_LINKING
