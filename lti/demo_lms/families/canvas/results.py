"""Canvas's Results: only for people for whom the tool has posted."""

from typing import Any

from flask import Blueprint, Response, request

from lti.demo_lms.families.canvas.addresses import line_item_url, result_url
from lti.demo_lms.families.canvas.answers import RESULTS, answer, not_found, page_of
from lti.demo_lms.families.canvas.call import Call, service
from lti.demo_lms.families.canvas.grading import EXTENSION
from lti.demo_lms.gradebook import LineItem, Result
from lti.demo_lms.tools import RESULT_READ

bp = Blueprint("canvas_results", __name__)
RESULT_LIST = "/api/lti/courses/<int:course_id>/line_items/<int:item_id>/results"


@bp.get(RESULT_LIST)
@service(RESULTS, RESULT_READ)
def show_all(call: Call, item_id: int) -> Response:
    item = call.item(item_id)
    results = [r for r in call.lms.school.results if r.item_id == item.id]
    if "user_id" in request.args:
        person = call.lms.find_person(request.args["user_id"])
        results = [r for r in results if person and r.person_id == person.id]
    bodies = [result_body(call, item, result) for result in results]
    shown, links = page_of(bodies, most=100, default=10, keeps_limit=True)
    reply = answer(shown, RESULTS)
    reply.headers.extend(links)
    return reply


@bp.get(RESULT_LIST + "/<int:result_id>")
@service(RESULTS, RESULT_READ)
def show(call: Call, item_id: int, result_id: int) -> Response:
    item = call.item(item_id)
    for result in call.lms.school.results:
        if (result.id, result.item_id) == (result_id, item.id):
            return answer(result_body(call, item, result), RESULTS)
    raise not_found()


def result_body(call: Call, item: LineItem, result: Result) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": result_url(call.lms, item, result),
        "scoreOf": line_item_url(call.lms, item),
        "userId": call.lms.person(result.person_id).uuid,
    }
    if result.score is not None:
        body["resultScore"] = result.score
        body["resultMaximum"] = result.maximum
    if result.comment:
        body["comment"] = result.comment
    if result.extension:
        body[EXTENSION] = result.extension
    return body
