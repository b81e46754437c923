"""What a score post does to a Canvas gradebook, and to Canvas's own record of it."""

from datetime import datetime
from typing import Any

from lti.demo_lms.families.canvas.call import Call
from lti.demo_lms.gradebook import Grade, LineItem, Result
from lti.demo_lms.people import Person

EXTENSION = "https://canvas.instructure.com/lti/submission"


def makes_attempt(extension: dict[str, Any]) -> bool:
    """Every post does, progress alone too, unless it says otherwise."""
    return bool(extension.get("new_submission", True)) and (
        extension.get("submission_type") != "none"
    )


def counts(body: dict[str, Any]) -> bool:
    """Whether a score in this post is a grade: with any other word it clears the grade."""
    return body["gradingProgress"] in ("FullyGraded", "PendingManual")


def enter_grade(call: Call, item: LineItem, person: Person, body: dict[str, Any]) -> None:
    grade = call.lms.cell(item.id, person.id)
    extension = body.get(EXTENSION, {})
    if makes_attempt(extension):
        _add_attempt(call, grade, body, extension)
    if body.get("comment"):
        # One more comment with every post; an absent one removes nothing.
        grade.submission.comments.append(body["comment"])
        grade.feedback = body["comment"]
    grade.submission.needs_review = body["gradingProgress"] == "PendingManual"
    if extension.get("preserve_score"):
        return
    points = _points(call, item, grade, body)
    if points is None:
        grade.final = grade.raw = None
        grade.modified = call.lms.now()
    elif not (extension.get("prioritize_non_tool_grade") and grade.final is not None):
        grade.final = grade.raw = points
        grade.overridden = False
        grade.modified = call.lms.now()


def _add_attempt(
    call: Call, grade: Grade, body: dict[str, Any], extension: dict[str, Any]
) -> None:
    submission = grade.submission
    submission.attempt += 1
    files = extension.get("content_items")
    submission.type = extension.get(
        "submission_type", "online_upload" if files else "external_tool"
    )
    submission.data = extension.get("submission_data", "")
    stated = body.get("submission", {}).get("submittedAt") or extension.get("submitted_at")
    submission.submitted_at = stated or call.lms.now().isoformat()


def _points(call: Call, item: LineItem, grade: Grade, body: dict[str, Any]) -> float | None:
    given = body.get("scoreGiven")
    if given is None or not counts(body):
        return None
    activity = call.activity_of(item)
    if activity is not None and activity.pass_fail:
        grade.submission.passed = float(given) > 0
        return item.maximum if grade.submission.passed else 0
    maximum = float(body["scoreMaximum"])
    # More than the maximum is taken as it is.
    return float(given) * item.maximum / maximum if maximum else 0


def record(
    call: Call, item: LineItem, person: Person, body: dict[str, Any], time: datetime
) -> Result:
    """Canvas's Result keeps what was sent, in the units of the post."""
    result = call.lms.find_result(item.id, person.id)
    if result is None:
        result = Result(call.lms.school.next_id("result"), item.id, person.id)
        call.lms.school.results.append(result)
    given, maximum = body.get("scoreGiven"), body.get("scoreMaximum")
    result.score = None if given is None else float(given)
    result.maximum = None if given is None or maximum is None else float(maximum)
    result.comment = body.get("comment", "")
    result.updated_at = time
    result.activity_progress = body["activityProgress"]
    result.grading_progress = body["gradingProgress"]
    result.extension = body.get(EXTENSION, {})
    return result
