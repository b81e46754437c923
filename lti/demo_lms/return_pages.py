"""Where tools send people back to, with what they have to say: both families' addresses."""

from flask import Blueprint, abort, render_template, request

from lti.demo_lms.lookup import Missing
from lti.demo_lms.serving import the_lms

bp = Blueprint("returning", __name__)


@bp.get("/mod/lti/return.php")
def to_moodle() -> str:
    return _page(request.args.get("course", type=int))


@bp.get("/courses/<int:course_id>/external_content/success/<page>")
def to_canvas(course_id: int, page: str) -> str:
    return _page(course_id)


def _page(course_id: int | None) -> str:
    try:
        course = the_lms().course(course_id)
    except Missing:
        abort(404)
    return render_template(
        "returned.html",
        course=course,
        message=request.args.get("lti_msg", ""),
        error=request.args.get("lti_errormsg", ""),
    )
