"""A column in the gradebook, or none: chosen in the set-up, and at any time later."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses import set_up
from careerlink.errors import ChangedMeanwhile
from careerlink.security import access, sets_up
from careerlink.web import request_session, transaction
from credit.gradebook import choosing
from credit.gradebook.forms import KEEP, SEND, ChoiceForm
from credit.gradebook.views import AT

bp = Blueprint("gradebook_choice", __name__)
KEPT = "Decisions stay in CareerLink. Nothing is sent to the gradebook."
SENT = "From now on decisions go to the gradebook."


@bp.route(f"{AT}/choice", methods=["GET", "POST"])
@access(sets_up)
def choose(course_id: str) -> ResponseReturnValue:
    form = ChoiceForm(data=_what_holds())
    session = request_session()
    try:
        with transaction():
            if not form.validate_on_submit():
                return _page(session, form, status=422 if form.is_submitted() else 200)
            keeps_here = form.where.data == KEEP
            choosing.choose(
                session,
                g.course,
                keeps_here=keeps_here,
                seen=form.seen.data == KEEP,
                actor=g.actor,
            )
            flash(KEPT if keeps_here else SENT, "done")
            return redirect(_next(session, keeps_here), 303)
    except ChangedMeanwhile as changed:
        session.rollback()
        with transaction():
            fresh = ChoiceForm(formdata=None, data=_what_holds())
            return _page(session, fresh, changed=str(changed), status=409)


def _next(session: Session, keeps_here: bool) -> str:
    """What was decided before is looked at before it is sent."""
    course_id = g.course.public_id
    if set_up.is_waiting(session, g.course):
        return url_for("course_set_up.show", course_id=course_id)
    if not keeps_here and choosing.to_send(session, g.actor, g.course):
        return url_for("gradebook_sending.send", course_id=course_id)
    return url_for("gradebook.show", course_id=course_id)


def _what_holds() -> dict[str, str]:
    holds = KEEP if g.course.keeps_grades_here else SEND
    return {"where": holds, "seen": holds}


def _page(
    session: Session, form: ChoiceForm, *, changed: str = "", status: int = 200
) -> ResponseReturnValue:
    html = render_template(
        "credit/gradebook/choice.html",
        form=form,
        changed=changed,
        outlook=choosing.outlook(session, g.actor, g.course),
        is_setting_up=set_up.is_waiting(session, g.course),
        may_choose=set_up.may_set_up(g.actor, g.course),
    )
    return html, status
