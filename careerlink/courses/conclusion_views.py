"""Concluding a course and opening it again: each says what it means, and asks for a reason."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.courses import conclusion, work
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.forms import Form

bp = Blueprint("conclusion", __name__)


class ReasonForm(Form):
    reason = TextAreaField(
        "Reason", validators=[DataRequired("Give a reason."), Length(max=1000)]
    )


@bp.get("/courses/<course_id>/conclusion")
@access(sets_up)
def show(course_id: str) -> str:
    with transaction() as session:
        return _page(session, ReasonForm())


@bp.post("/courses/<course_id>/conclude")
@access(sets_up)
def conclude(course_id: str) -> ResponseReturnValue:
    form = ReasonForm()
    with transaction() as session:
        if not form.validate():
            return _page(session, form), 422
        conclusion.conclude(session, g.course, actor=g.actor, reason=form.reason.data or "")
    flash("The course is concluded. Everything stays to be read.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.post("/courses/<course_id>/reopen")
@access(sets_up)
def reopen(course_id: str) -> ResponseReturnValue:
    form = ReasonForm()
    with transaction() as session:
        if not form.validate():
            return _page(session, form), 422
        conclusion.reopen(session, g.course, actor=g.actor, reason=form.reason.data or "")
    flash("The course is open again.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


def _page(session: Session, form: ReasonForm) -> str:
    return render_template(
        "careerlink/courses/conclusion.html",
        form=form,
        unfinished=work.unfinished(session, g.course),
        may_end=conclusion.may_end(g.actor, g.course),
    )
