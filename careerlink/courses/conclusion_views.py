"""Concluding a course and opening it again: each says what it means, and asks for a reason."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.courses import conclusion, work
from careerlink.offered_parts import OpenEnd
from careerlink.registry import registry
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.forms import Form

bp = Blueprint("conclusion", __name__)


class LeaveForm(Form):
    """What is not finished is left so on purpose, kind by kind, and not by oversight."""

    leave = BooleanField("Leave these as they are")

    @classmethod
    def of(cls, end: OpenEnd) -> "LeaveForm":
        # One token for the whole page; the form around it carries and checks it.
        return cls(prefix=f"left-{end.kind}-", meta={"csrf": False})


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
        ends = work.unfinished(session, g.course)
        undecided = [end for end in ends if not _left(end)]
        if not form.validate() or undecided:
            return _page(session, form, undecided), 422
        conclusion.conclude(
            session,
            g.course,
            actor=g.actor,
            reason=form.reason.data or "",
            left={end.kind: end.text.partition(" ")[0] for end in ends},
        )
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


def _left(end: OpenEnd) -> bool:
    return bool(LeaveForm.of(end).leave.data)


def _page(session: Session, form: ReasonForm, missing: Sequence[OpenEnd] = ()) -> str:
    ends = work.unfinished(session, g.course)
    forms = {end.kind: LeaveForm.of(end) for end in ends}
    for end in missing:
        forms[end.kind].leave.errors = [f"Leave them, or finish them first: {end.text}"]
    return render_template(
        "careerlink/courses/conclusion.html",
        form=form,
        ends=[(end, forms[end.kind]) for end in ends],
        pages=registry.open_end_pages,
        may_end=conclusion.may_end(g.actor, g.course),
        files=[file for ask in registry.course_files for file in ask(g.actor, g.course)],
    )
