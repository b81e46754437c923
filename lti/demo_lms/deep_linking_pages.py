"""A teacher adds links of the tool to the course, and the tool's answer comes back."""

from typing import Any

import jwt
from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from lti.demo_lms import launching
from lti.demo_lms.authorization import page_for
from lti.demo_lms.course import Activity
from lti.demo_lms.course_pages import role_words
from lti.demo_lms.families.canvas import deep_linking as canvas
from lti.demo_lms.families.moodle import deep_linking as moodle
from lti.demo_lms.lms import Lms
from lti.demo_lms.lookup import Missing
from lti.demo_lms.serving import the_lms
from lti.demo_lms.tool_keys import KeyProblem, find_key, signature_holds, unverified
from lti.demo_lms.tools import Tool

bp = Blueprint("deep_linking", __name__)
ITEMS = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
MESSAGE = "https://purl.imsglobal.org/spec/lti-dl/claim/msg"
ERROR = "https://purl.imsglobal.org/spec/lti-dl/claim/errormsg"


@bp.get("/add-links/<person>")
def choose(person: str) -> str:
    lms = the_lms()
    try:
        teacher, course = lms.person(person), lms.course(request.args.get("course", type=int))
    except Missing:
        abort(404)
    return render_template(
        "launch.html",
        course=course,
        activity=Activity(0, course.id, "", "Add links to the course"),
        links=[a for a in lms.school.activities if a.course_id == course.id and not a.deleted],
        person=teacher,
        role=role_words(lms, teacher, course),
        frame=url_for(
            ".tool",
            person=person,
            course=course.id,
            placement=request.args.get("placement"),
        ),
    )


@bp.get("/add-links/<person>/tool")
def tool(person: str) -> Response:
    lms = the_lms()
    try:
        form = launching.begin_deep_linking(
            lms,
            person,
            course=request.args.get("course", type=int),
            placement=request.args.get("placement", "course_assignments_menu"),
        )
    except Missing:
        abort(404)
    return page_for(form)


@bp.post("/mod/lti/contentitem_return.php")
def return_to_moodle() -> Response:
    return _take(request.args.get("course", 0, int), audience=None)


@bp.post("/courses/<int:course_id>/deep_linking_response")
def return_to_canvas(course_id: int) -> Response:
    return _take(course_id, audience=the_lms().issuer)


def _take(course_id: int, *, audience: str | None) -> Response:
    lms = the_lms()
    try:
        chosen, claims = _verified(lms, request.form.get("JWT", ""), audience)
        course = lms.course(course_id)
    except (Refused, Missing) as refused:
        page = make_response(render_template("refused.html", message=str(refused)))
        page.status_code = 400 if audience else 404
        return page
    family = moodle if audience is None else canvas
    items = [item for item in claims.get(ITEMS, []) if item.get("type") in family.TYPES]
    alone = len(items) == 1
    with lms.changing():
        made = [family.add_item(lms, course.id, chosen, item, alone=alone) for item in items]
    return make_response(
        render_template(
            "links_added.html",
            course=course,
            added=[one.title for one in made if isinstance(one, Activity)],
            errors=[one for one in made if isinstance(one, str)],
            message=claims.get(MESSAGE),
            error=claims.get(ERROR),
        )
    )


class Refused(Exception):
    pass


def _verified(lms: Lms, answer: str, audience: str | None) -> tuple[Tool, dict[str, Any]]:
    """Moodle does not look at the audience; Canvas does."""
    try:
        header, claims = unverified(answer)
        chosen = lms.find_tool(str(claims.get("iss", "")))
        if chosen is None:
            raise Refused("The answer is of no tool that is known here.")
        if not signature_holds(answer, find_key(lms, chosen, header.get("kid"))):
            raise Refused("The signature of the answer does not verify.")
    except (jwt.InvalidTokenError, KeyProblem):
        raise Refused("The answer cannot be read.") from None
    if float(claims.get("exp", 0)) <= lms.now().timestamp():
        raise Refused("The answer has expired.")
    if audience is not None and audience not in (claims.get("aud"), *_listed(claims)):
        raise Refused("The answer is for another platform.")
    return chosen, claims


def _listed(claims: dict[str, Any]) -> list[Any]:
    return claims["aud"] if isinstance(claims.get("aud"), list) else []
