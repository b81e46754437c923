"""The demo LMS answers as Canvas's source and documentation say Canvas does."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti.demo_lms import Lms, create_platform
from lti.demo_lms.families.canvas.token import access_token
from lti.demo_lms.gradebook import Result
from lti.demo_lms.tool_keys import KeyProblem
from tests import documented_canvas as canvas
from tests import sample_tool
from tests.recordings import assert_like, body_of, load, names, replay

NOT_APPLIED = {
    "services/nrps/bookmark_page": "an inferred way of paging; the demo pages by number",
    "services/results/list_last_page": "page 4 of people who are not in the files",
}
KINDS = ("line_items", "nrps", "results")
NEXT_LINE_ITEM = {
    "post_standalone": 470,
    "post_dates": 471,
    "post_with_resource_link": 472,
    "post_submission_type_external_tool": 473,
}


def situation(name: str) -> tuple[Lms, FlaskClient]:
    lms, short = canvas.build(), name.split("/")[-1]
    if short in ("list_page_1", "list_limit_2_page_2") and "line_items" in name:
        canvas.add_assignments(lms, 25 if short == "list_page_1" else 10)
    else:
        canvas.add_assignment(lms)
        canvas.add_others_work(lms)
    for change in (columns, people, results):
        change(lms, name)
    lms.school.last_id["line_item"] = NEXT_LINE_ITEM.get(short, 2000) - 1
    return lms, create_platform(lms).test_client()


def columns(lms: Lms, name: str) -> None:
    short = name.split("/")[-1]
    if short == "get_created_with_extension":
        body = load("canvas", name)["response"]["body_json"]
        lms.add_activity("made", "Tool made", id=77, uuid=canvas.MADE_LINK, maximum=None)
        extension = body["https://canvas.instructure.com/lti/submission_type"]
        made = lms.add_line_item("Tool made", 50, id=470, submission_type=extension, link=77)
        made.resource_id, made.tag = "orig-123", "some_tag"
    if short in ("get_deleted_assignment", "post_inconsistent_link"):
        lms.activity("case").deleted = True
    if short == "error_rlid_assignment_changed":
        lms.activity("case").launches_tool = False
    if short == "list_by_resource_link":
        lms.add_line_item("Second", 5, id=481, link=8801)
    if short == "delete_further":
        lms.add_line_item("Further", 5, id=472, link=8801)
    if short == "delete_own":
        lms.add_line_item("Own", 5, id=470)
    if short == "wrong_line_item":
        lms.add_line_item("Other", 5, id=456)


def people(lms: Lms, name: str) -> None:
    short = name.split("/")[-1]
    if short in ("all_anonymous", "all_email_only", "all_name_only"):
        canvas.set_privacy(lms, short.removeprefix("all_"))
    if short == "limit_above_cap":
        for number in range(100):
            lms.add_person(
                f"p{number}", "Person", str(number), id=5000 + number, role="student"
            )
    if short == "two_roles":
        lms.enroll("maria", "student")
    if short.startswith("rlid"):
        lms.person("dana").locale = "de"
        told = ("canvas_user_id", "canvas_course_id", "context_history")
        lms.tool().custom = {name: canvas.SHARED_CUSTOM[name] for name in told}
        lms.tool().custom["listing"] = "77"


def results(lms: Lms, name: str) -> None:
    """The Results that the answer tells of, and further ones where it is a page of many."""
    body = load("canvas", name)["response"].get("body_json")
    if "/results/" not in name or body is None or "errors" in body:
        return
    for entry in body if isinstance(body, list) else [body]:
        person = lms.find_person(entry["userId"]) or lms.add_person(
            entry["userId"], "A", "Student", uuid=entry["userId"], role="student"
        )
        lms.school.results.append(
            Result(
                int(entry["id"].split("/")[-1]),
                455,
                person.id,
                score=entry.get("resultScore"),
                maximum=entry.get("resultMaximum"),
                comment=entry.get("comment", ""),
                extension=entry.get("https://canvas.instructure.com/lti/submission", {}),
            )
        )
    if name.endswith("list_page_1"):
        lms.school.results += [Result(7000 + n, 455, 2042) for n in range(25)]


def check(name: str, answer: TestResponse) -> None:
    expected = load("canvas", name)["response"]
    assert answer.status_code == expected["status"], answer.text
    headers = expected.get("headers", {})
    if "Content-Type" in headers:
        assert answer.headers["Content-Type"] == headers["Content-Type"]
    if "Link" in headers:
        assert answer.headers["Link"] == headers["Link"]
    if "body_json" in expected:
        assert_like(expected["body_json"], body_of(answer), new=canvas.MADE_LINK)
    else:
        assert answer.text == expected["body"]


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in names("canvas", *(f"services/{kind}" for kind in KINDS))
        if name not in NOT_APPLIED
    ],
)
def test_services_answer_as_documented(name: str) -> None:
    lms, client = situation(name)
    with time_machine.travel(canvas.CLOCK, tick=False):
        token = access_token(lms, lms.tool(), lms.tool().scopes)
        request = load("canvas", name)["request"]
        request["headers"]["Authorization"] = "Bearer"
        answer = replay(client, request, token)
    if name.endswith(("/rlid", "/rlid_course")):
        answer = only_dana(lms, answer)
    check(name, answer)


def only_dana(lms: Lms, answer: TestResponse) -> TestResponse:
    body = answer.get_json(force=True)
    uuid = lms.person("dana").uuid
    body["members"] = [member for member in body["members"] if member["user_id"] == uuid]
    answer.set_data(json.dumps(body))
    return answer


@pytest.mark.parametrize("name", names("canvas", "services/token"))
def test_tokens_are_given_and_refused_as_documented(name: str) -> None:
    recording = load("canvas", name)
    lms, client = situation(name)
    form = dict(recording["request"]["form"])
    if "client_assertion" in form:
        key = sample_tool.OTHER_KEY if name.endswith("bad_signature") else sample_tool.KEY
        form["client_assertion"] = sample_tool.signed(
            recording["request"]["assertion_claims"], key, sample_tool.KEY.kid
        )
    if name.endswith("error_scope_not_granted"):
        lms.tool().scopes = lms.tool().scopes[:1]
    if name.endswith("error_key_set_not_json"):
        lms.tool().jwks = None
        lms.fetch_keys = keys_that_are_not_json
    with time_machine.travel(datetime.fromtimestamp(1795292400, UTC), tick=False):
        answer = replay(client, {**recording["request"], "form": form})

    expected = recording["response"]
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        expected["status"],
        expected["headers"]["Content-Type"],
    )
    ours = body_of(answer)
    if answer.status_code == 200:
        ours["access_token"] = expected["body_json"]["access_token"]
    assert_like(expected["body_json"], ours)


def keys_that_are_not_json(url: str) -> dict[str, Any]:
    raise KeyProblem("Invalid JSON")


CASES = load("canvas", "services/common_errors")["cases"]
UNTOLD_CASES = {
    "key off in this account": "one account is all the demo has",
    "tool removed, or not installed at or above this course": "the tool is in all courses",
    "course concluded, older": "the newer answer is given",
}


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["when"] not in UNTOLD_CASES],
    ids=lambda case: case["when"],
)
def test_services_share_their_refusals(case: dict[str, Any]) -> None:
    lms, client = situation("services/line_items/get")
    tool = lms.tool()
    with time_machine.travel(canvas.CLOCK, tick=False):
        token = access_token(lms, tool, tool.scopes)
        course = 1201
        match case["when"]:
            case "no bearer token":
                token = ""
            case "token is no JWT":
                token = "opaque"
            case "token signature wrong":
                token = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
            case "token expired":
                token = access_token(lms, tool, tool.scopes, life=-1)
            case "token of another host":
                lms.token_url = "https://elsewhere.example/login/oauth2/token"
            case "key deleted or inactive":
                tool.active = False
            case "scope lacking":
                token = access_token(lms, tool, ["some-other-scope"])
            case "course unknown":
                course = 9
            case "course concluded, improved codes on (newer)":
                lms.course().concluded = True
        answer = client.get(
            f"/api/lti/courses/{course}/line_items",
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )

    assert (answer.status_code, body_of(answer)) == (case["status"], case["body_json"])
    assert "lineitemcontainer" in answer.headers["Content-Type"]


def test_throttling_is_answered_as_documented() -> None:
    lms, client = situation("services/line_items/get")
    lms.failure.set("throttle")

    answer = client.get("/api/lti/courses/1201/line_items")

    expected = load("canvas", "services/throttling/forbidden_403")["response"]
    assert (answer.status_code, answer.text) == (expected["status"], expected["body"])
    for header, value in expected["headers"].items():
        assert answer.headers[header] == value
    lms.failure.set("none")
    calm = client.get("/api/lti/courses/1201/line_items").headers
    normal = load("canvas", "services/throttling/normal_headers")["response"]
    assert set(normal["headers"]) <= set(calm.keys())


def test_files_left_out_exist() -> None:
    assert set(NOT_APPLIED) <= set(names("canvas", *(f"services/{kind}" for kind in KINDS)))
    assert set(UNTOLD_CASES) <= {case["when"] for case in CASES}
