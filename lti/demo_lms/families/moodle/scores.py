"""How Moodle takes a score, measured on 4.5.6."""

from datetime import datetime
from typing import Any

from flask import Response, request

from lti.demo_lms.families.moodle import answers as media
from lti.demo_lms.families.moodle.answers import answer
from lti.demo_lms.families.moodle.call import Call
from lti.demo_lms.gradebook import LineItem
from lti.demo_lms.people import Person
from lti.demo_lms.serving import json_body, mark_stored, read_time

GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


def take(call: Call) -> Response:
    item, body = call.item, json_body()
    user_id = str(body.get("userId", "")) if isinstance(body, dict) else ""
    traffic = call.lms.traffic(item.id, user_id)
    traffic.calls += 1
    if user_id and not user_id.isdecimal():
        # Moodle answers with an invalid status line, of which a web server makes this.
        return Response(GATEWAY_PAGE, 502, content_type="text/html")
    person = _gradable(call, user_id)
    time = read_time(body.get("timestamp")) if isinstance(body, dict) else None
    if person is None or time is None or not _is_sound(body):
        posted = request.get_data(as_text=True)
        return _refusal(400, f"Incorrect score received{posted}")
    grade = call.lms.cell(item.id, person.id)
    if grade.modified is not None and int(grade.modified.timestamp()) >= int(time.timestamp()):
        number = f"item {item.id} and user {person.id}"
        return _refusal(409, f"Refusing score with an earlier timestamp for {number}")
    if item.locked:
        return _refusal(500, "Internal Server Error")
    _store(call, item, person, body, time)
    traffic.applied += 1
    mark_stored()
    return answer(None, media.SCORE)


def _store(
    call: Call, item: LineItem, person: Person, body: dict[str, Any], time: datetime
) -> None:
    grade = call.lms.cell(item.id, person.id)
    points = _points(item, body)
    if item.own_activity is not None:
        grade.raw = points
    if grade.overridden:
        # 200, and nobody sees it: the teacher's grade and feedback stay.
        return
    grade.final = None if points is None else min(max(points, 0), item.maximum)
    grade.feedback = body.get("comment")
    if points is not None:
        grade.modified = time
    else:
        # A wiped grade has no time, but a comment is stamped with Moodle's own clock.
        grade.modified = call.lms.now() if grade.feedback else None


def _points(item: LineItem, body: dict[str, Any]) -> float | None:
    """In units of the column. Anything but FullyGraded wipes what was there."""
    given = body.get("scoreGiven")
    if given is None or body["gradingProgress"] != "FullyGraded":
        return None
    maximum = float(body["scoreMaximum"])
    return round(float(given) * item.maximum / maximum if maximum else float(given), 5)


def _gradable(call: Call, user_id: str) -> Person | None:
    """Students, suspended ones too; not teachers, not people who are not enrolled."""
    for person in call.lms.school.people:
        if str(person.id) == user_id:
            enrollments = call.lms.enrollments_of(person.id, call.course.id)
            return person if any(e.role == "student" for e in enrollments) else None
    return None


def _is_sound(body: dict[str, Any]) -> bool:
    given, maximum = body.get("scoreGiven"), body.get("scoreMaximum")
    return (
        "gradingProgress" in body
        and "activityProgress" in body
        and all(_is_number(n) for n in (given, maximum) if n is not None)
        and (given is None or maximum is not None)
    )


def _is_number(text: Any) -> bool:
    try:
        float(text)
    except (TypeError, ValueError):
        return False
    return True


def _refusal(status: int, reason: str) -> Response:
    return answer([], media.SCORE, status, reason)
