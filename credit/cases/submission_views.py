"""Where a gradebook opens a student's work: SpeedGrader, or a request to review.

The address names course and case; who stands there as what in this course says where it leads.
"""

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import NotFound
from careerlink.security import access, in_course
from careerlink.web import request_session
from credit.cases import queries

bp = Blueprint("submissions", __name__)
NO_CASE = "CareerLink has no credit case of that student in this course."


@bp.get("/courses/<course_id>/submissions/<case_id>")
@access(in_course)
def show(course_id: str, case_id: str) -> ResponseReturnValue:
    session = request_session()
    if g.actor.is_student(g.course.id):
        case = queries.own(session, g.actor, g.course)
        if case is None or case.public_id != case_id:
            raise NotFound
        return redirect(url_for("credit.show", course_id=course_id), 303)
    queries.get(session, case_id, actor=g.actor, course=g.course)
    return redirect(url_for("cases.show", course_id=course_id, case_id=case_id), 303)


@bp.get("/courses/<course_id>/submissions")
@access(in_course)
def nothing_there(course_id: str) -> ResponseReturnValue:
    """A review of somebody of whom there is no case: the queue says so."""
    if g.actor.is_student(g.course.id):
        return redirect(url_for("credit.show", course_id=course_id), 303)
    if not (g.actor.may_look(g.course.id) or g.actor.reads_office):
        raise NotFound
    flash(NO_CASE, "wait")
    return redirect(url_for("cases.show_queue", course_id=course_id), 303)
