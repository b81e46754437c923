"""Moodle's grades as tools read them back: what people see, in units of the column."""

from datetime import UTC
from typing import Any

from flask import Response, request

from lti.demo_lms.families.moodle import answers as media
from lti.demo_lms.families.moodle.addresses import line_item_url
from lti.demo_lms.families.moodle.answers import answer, points
from lti.demo_lms.families.moodle.call import Call
from lti.demo_lms.gradebook import Grade, LineItem

BROKEN_PAGE = "<!DOCTYPE html>\n<html><head><title>Error</title></head><body></body></html>\n"


def show(call: Call) -> Response:
    item = call.item
    if "limit" in request.args:
        # A fault of Moodle's: paging of results ends on an error page.
        return Response(BROKEN_PAGE, 404, content_type="text/html; charset=utf-8")
    wanted = request.args.get("user_id")
    grades = sorted(
        (g for g in call.lms.school.grades if g.item_id == item.id and g.modified),
        key=lambda grade: grade.person_id,
    )
    bodies = [
        _body(call, item, grade)
        for grade in grades
        if wanted is None or str(grade.person_id) == wanted
    ]
    return answer(bodies, media.RESULTS)


def _body(call: Call, item: LineItem, grade: Grade) -> dict[str, Any]:
    address = line_item_url(call.lms, item, call.tool, "/results")
    body: dict[str, Any] = {
        "id": f"{address}&user_id={grade.person_id}",
        "userId": str(grade.person_id),
    }
    if grade.final is None or grade.modified is None:
        return body
    body |= {"resultScore": points(grade.final), "resultMaximum": points(item.maximum)}
    if grade.feedback:
        body["comment"] = grade.feedback
    body["scoreOf"] = line_item_url(call.lms, item, call.tool)
    body["timestamp"] = grade.modified.astimezone(UTC).isoformat(timespec="seconds")
    return body
