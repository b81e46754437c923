"""The demo LMS does with scores what Canvas's score controller does."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti.demo_lms import Lms, create_platform
from lti.demo_lms.families.canvas.grading import EXTENSION
from lti.demo_lms.families.canvas.token import access_token
from lti.demo_lms.gradebook import Grade, Result
from tests import documented_canvas as canvas
from tests.recordings import body_of, load, names, replay

FOLDER = "services/scores"
NOT_APPLIED = {
    "effects": "a table: tested row by row below",
    "pass_fail": "a table: tested row by row below",
    "locked_and_closed": "what is not refused",
    "error_concluded_course_older": "the newer answer is given",
    "error_file_service": "the demo fetches no files",
}
EARLIER = 5.0
"""The grade that stands in the gradebook before each post."""
LAST_POST = datetime(2026, 11, 21, 20, tzinfo=UTC)


def situation(name: str = "", maximum: float = 12.5) -> tuple[Lms, FlaskClient]:
    lms = canvas.build()
    canvas.add_assignment(lms, maximum=maximum)
    lms.add_line_item("Further", 12.5, id=472, link=8801)
    lms.set_grade(455, "dana", EARLIER, at=LAST_POST).submission.attempt = 1
    lms.school.last_id["result"] = 6101 if name == "second_line_item" else 6100
    if name == "error_attempts_used_up":
        lms.activity("case").allowed_attempts = 1
    if name == "submission_type_none":
        lms.activity("case").allowed_attempts = 1
    if name == "error_concluded_course":
        lms.course().concluded = True
    if name == "error_line_item_gone":
        lms.remove_line_item(455)
    if name == "error_user_unknown":
        lms.unenroll("dana")
        lms.enroll("dana", "observer")
    if name == "zero_of_zero_on_zero_column":
        lms.line_item(455).maximum = 0
    if name.startswith("timestamp_equal") or name == "error_timestamp_older":
        lms.school.results.append(Result(6101, 455, 2041, 5, 12.5, updated_at=LAST_POST))
    return lms, create_platform(lms).test_client()


def post(lms: Lms, client: FlaskClient, request: dict[str, Any]) -> TestResponse:
    with time_machine.travel(canvas.CLOCK, tick=False):
        token = access_token(lms, lms.tool(), lms.tool().scopes)
        request["headers"]["Authorization"] = "Bearer"
        return replay(client, request, token)


def post_body(lms: Lms, client: FlaskClient, body: dict[str, Any]) -> TestResponse:
    request = load("canvas", f"{FOLDER}/fully_graded")["request"]
    request["body_json"] = {
        "userId": lms.person("dana").uuid,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-11-21T20:10:00.000Z",
        **body,
    }
    return post(lms, client, request)


@pytest.mark.parametrize(
    "name",
    [n.split("/")[-1] for n in names("canvas", FOLDER) if n.split("/")[-1] not in NOT_APPLIED],
)
def test_scores_do_what_is_documented(name: str) -> None:
    payload = load("canvas", f"{FOLDER}/{name}")
    lms, client = situation(name)

    answer = post(lms, client, payload["request"])

    expected = payload["response"]
    assert answer.status_code == expected["status"], answer.text
    ours = body_of(answer)
    for progress in ours.get(EXTENSION, {}).get("content_items", []):
        assert "/api/lti/courses/1201/progress/" in progress["progress"]
        progress["progress"] = f"{canvas.URL}/api/lti/courses/1201/progress/5501"
    recorded = json.dumps(expected["body_json"])
    if "(names the parameter)" not in recorded:
        assert json.dumps(ours, sort_keys=True) == json.dumps(
            expected["body_json"], sort_keys=True
        )
    if answer.status_code >= 400:
        assert lms.school.traffic == [] or lms.school.traffic[0].applied == 0
        assert grade_of(lms) in (None, EARLIER)
    check_effect(lms, name, payload.get("effect", {}))


def grade_of(lms: Lms) -> float | None:
    grade = lms.find_grade(455, 2041)
    return grade.final if grade else None


def check_effect(lms: Lms, name: str, effect: dict[str, Any]) -> None:
    grade = lms.find_grade(455, 2041) or Grade(455, 2041)
    if "gradebook_score" in effect:
        score = effect["gradebook_score"]
        assert grade.final == (EARLIER if str(score).startswith("unchanged") else score)
    if "attempt" in effect:
        assert grade.submission.attempt == 1 + int(effect["attempt"])
    if "needs_review" in effect:
        assert grade.submission.needs_review is effect["needs_review"]
    if "comments" in effect:
        assert len(grade.submission.comments) == 1
    if "result" in effect:
        result = lms.find_result(455, 2041)
        assert result is not None
        told = {"resultScore": result.score, "resultMaximum": result.maximum}
        assert {member: told[member] for member in effect["result"]} == effect["result"]
    if effect.get("submission"):
        assert (grade.submission.type, grade.submission.data) == (
            effect["submission"]["submission_type"],
            effect["submission"]["url"],
        )
    if name == "second_line_item":
        assert lms.find_result(472, 2041) is not None


@pytest.mark.parametrize("line", load("canvas", f"{FOLDER}/effects")["grade"], ids=str)
def test_every_line_of_the_effect_table(line: dict[str, Any]) -> None:
    lms, client = situation()
    points = {"scoreGiven": 10, "scoreMaximum": 12.5} if line["scoreGiven"] else {}
    extension = {EXTENSION: line["extension"]} if line["extension"] else {}

    answer = post_body(
        lms, client, {"gradingProgress": line["gradingProgress"], **points, **extension}
    )

    assert answer.status_code == 200
    expected = {
        "set": 10,
        "cleared": None,
        "unchanged": EARLIER,
        "set when no score exists, else unchanged": EARLIER,
    }[line["gradebook_score"]]
    grade, result = lms.find_grade(455, 2041), lms.find_result(455, 2041)
    assert grade is not None
    assert (grade.final, grade.submission.needs_review) == (expected, line["needs_review"])
    assert result is not None
    assert result.score == (10 if line["scoreGiven"] else None)


TABLE = load("canvas", f"{FOLDER}/pass_fail")["effect"]["table"]


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_every_line_of_the_pass_fail_table(line: dict[str, Any]) -> None:
    lms, client = situation(maximum=line["points_possible"])
    lms.activity("case").pass_fail = True

    answer = post_body(
        lms,
        client,
        {"scoreGiven": line["scoreGiven"], "scoreMaximum": line["scoreMaximum"]},
    )

    assert answer.status_code == line.get("status", 200)
    if answer.status_code == 200:
        grade = lms.find_grade(455, 2041)
        assert grade is not None
        passed = line["grade"] == "complete"
        assert (grade.final, grade.submission.passed) == (line["score"], passed)


def test_files_left_out_exist() -> None:
    assert {f"{FOLDER}/{name}" for name in NOT_APPLIED} <= set(names("canvas", FOLDER))
