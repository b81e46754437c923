"""How Canvas takes a score, by its score controller."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response

from lti.demo_lms.families.canvas.addresses import course_url, result_url
from lti.demo_lms.families.canvas.answers import SCORE as MEDIA_TYPE
from lti.demo_lms.families.canvas.answers import Refused, answer
from lti.demo_lms.families.canvas.call import Call, service
from lti.demo_lms.families.canvas.grading import (
    EXTENSION,
    counts,
    enter_grade,
    makes_attempt,
    record,
)
from lti.demo_lms.gradebook import LineItem, Result
from lti.demo_lms.people import Person
from lti.demo_lms.serving import json_body, mark_stored, read_time
from lti.demo_lms.tools import SCORE

bp = Blueprint("canvas_scores", __name__)
REQUIRED = ("activityProgress", "gradingProgress", "timestamp")
AHEAD = timedelta(minutes=1)


@bp.post("/api/lti/courses/<int:course_id>/line_items/<int:item_id>/scores")
@service(MEDIA_TYPE, SCORE)
def take(call: Call, item_id: int) -> Response:
    item, body = call.item(item_id), json_body()
    if not isinstance(body, dict):
        raise Refused(400, "the body is not a JSON object")
    traffic = call.lms.traffic(item.id, str(body.get("userId", "")))
    traffic.calls += 1
    person = student(call, str(body.get("userId", "")))
    if person is None:
        raise Refused(422, "User not found in course or is not a student")
    time = _checked(call, item, person, body)
    # The attempt is made before the score is written.
    if call.is_first(item):
        enter_grade(call, item, person, body)
    result = record(call, item, person, body, time)
    traffic.applied += 1
    mark_stored()
    reply = {
        "resultUrl": result_url(call.lms, item, result),
        EXTENSION: {"content_items": _files(call, body, result)},
    }
    return answer(reply, MEDIA_TYPE)


def student(call: Call, user_id: str) -> Person | None:
    """By UUID or Canvas's number; a student of this course, or the test student."""
    for person in call.lms.school.people:
        if user_id in (person.uuid, str(person.id)):
            active = [
                e
                for e in call.lms.enrollments_of(person.id, call.course.id)
                if e.role == "student" and not e.suspended
            ]
            return person if active else None
    return None


def _checked(call: Call, item: LineItem, person: Person, body: dict[str, Any]) -> datetime:
    """The time stamp, once nothing is wrong with the post."""
    for name in REQUIRED:
        if name not in body:
            raise Refused(400, f"{name} is missing", plain=True)
    time = read_time(body["timestamp"])
    if time is None:
        raise Refused(400, f"Provided timestamp of {body['timestamp']} not a valid timestamp")
    result = call.lms.find_result(item.id, person.id)
    if result is not None and result.updated_at is not None and time < result.updated_at:
        last = result.updated_at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        raise Refused(
            400,
            f"Provided timestamp of {body['timestamp']}"
            f" before last updated timestamp of {last}",
        )
    _check_points(item, body)
    _check_submission(call, item, person, body)
    return time


def _check_points(item: LineItem, body: dict[str, Any]) -> None:
    given, maximum = body.get("scoreGiven"), body.get("scoreMaximum")
    if given is None:
        return
    if counts(body):
        if maximum is None:
            raise Refused(422, "ScoreMaximum not supplied when ScoreGiven present.")
        if float(maximum) < 0:
            raise Refused(422, "ScoreMaximum must be greater than or equal to 0")
        if float(maximum) == 0 and item.maximum != 0:
            raise Refused(422, "cannot be zero if line item's maximum is not zero")
    if float(given) < 0:
        raise Refused(422, "ScoreGiven must be greater than or equal to 0")


def _check_submission(call: Call, item: LineItem, person: Person, body: dict[str, Any]) -> None:
    extension = body.get(EXTENSION, {})
    stated = body.get("submission", {}).get("submittedAt") or extension.get("submitted_at")
    if stated is not None:
        time = read_time(stated)
        if time is None:
            raise Refused(
                400, f"Provided submitted_at timestamp of {stated} not a valid timestamp"
            )
        if time > call.lms.now() + AHEAD:
            raise Refused(400, f"Provided submitted_at timestamp of {stated} in the future")
    if extension.get("submission_type") == "online_upload" and not extension.get(
        "content_items"
    ):
        raise Refused(
            422, "Content items must be provided with submission type 'online_upload'"
        )
    activity = call.activity_of(item)
    grade = call.lms.find_grade(item.id, person.id)
    if (
        activity is not None
        and activity.allowed_attempts is not None
        and makes_attempt(extension)
        and grade is not None
        and grade.submission.attempt >= activity.allowed_attempts
    ):
        raise Refused(
            422, "The maximum number of allowed attempts has been reached for this submission"
        )


def _files(call: Call, body: dict[str, Any], result: Result) -> list[dict[str, Any]]:
    files = body.get(EXTENSION, {}).get("content_items", [])
    base = f"{course_url(call.lms, call.course.id)}/progress"
    return [
        {
            "type": "file",
            "url": file["url"],
            "title": file.get("title", ""),
            "progress": f"{base}/{result.id}{number:02}",
        }
        for number, file in enumerate(files)
        if file.get("type") == "file"
    ]
