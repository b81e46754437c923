"""The plans that wait in a course, and approving several that say the same."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.security import access, looks_after
from careerlink.web import transaction
from credit import addresses
from credit.agreements import alike, sheet

bp = Blueprint("agreement_lists", __name__, url_prefix="/courses/<course_id>/agreements")


@bp.get("")
@access(looks_after)
def listed(course_id: str) -> str:
    with transaction() as session:
        groups = alike.waiting(session, g.course, actor=g.actor)
        return render_template(
            "credit/agreements/list.html",
            groups=groups,
            address=addresses.of,
            why_not_decide=g.actor.why_not_decide(g.course.id),
        )


@bp.get("/alike/<key>")
@access(looks_after)
def preview(course_id: str, key: str) -> ResponseReturnValue:
    with transaction() as session:
        groups = alike.waiting(session, g.course, actor=g.actor)
        group = next((one for one in groups if one.key == key and one.is_alike), None)
        if group is None:
            flash(alike.CHANGED, "active")
            return redirect(url_for(".listed", course_id=course_id), 303)
        first = group.agreements[0]
        return render_template(
            "credit/agreements/alike.html",
            group=group,
            first=first,
            parts=sheet.parts(first.document.text or "") if first.document else [],
            address=addresses.of,
            why_not_decide=g.actor.why_not_decide(g.course.id),
        )


@bp.post("/alike/<key>")
@access(looks_after)
def approve(course_id: str, key: str) -> ResponseReturnValue:
    with transaction() as session:
        count = alike.approve(
            session, g.course, key, expected=request.form.getlist("agreement"), actor=g.actor
        )
    flash(f"{count} agreements are in force. Each student has a mail.", "done")
    return redirect(url_for(".listed", course_id=course_id), 303)
