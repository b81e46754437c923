"""Course set-up: one page when a course begins, and the same one later on."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.courses import set_up
from careerlink.security import access, sets_up
from careerlink.web import transaction

bp = Blueprint("course_set_up", __name__, url_prefix="/courses/<course_id>/set-up")


@bp.get("")
@access(sets_up)
def show(course_id: str) -> str:
    with transaction() as session:
        row = set_up.of_course(session, g.course)
        parts = set_up.parts(session, g.actor, g.course)
        is_done = row is not None and row.done_at is not None
        return render_template(
            "careerlink/courses/set_up.html",
            parts=parts,
            next_part=None if is_done else next((p for p in parts if not p.is_done), None),
            row=row,
            is_done=is_done,
            may_set_up=set_up.may_set_up(g.actor, g.course),
        )


@bp.post("/keep")
@access(sets_up)
def keep(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        set_up.keep(session, g.course, actor=g.actor, key=request.form.get("part", ""))
        row = set_up.of_course(session, g.course)
        is_done = row is not None and row.done_at is not None
    if is_done:
        flash("This course is set up. Everything can be changed later, here.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.post("/defaults")
@access(sets_up)
def defaults(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        set_up.use_defaults(session, g.course, actor=g.actor)
    flash("This course is set up as it stands. Everything can be changed later, here.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)
