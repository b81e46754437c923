"""The office's pages about deliveries."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.notifications import bounce_tasks, bounces, deliveries, reading_reports
from careerlink.outbox import DeliveryState
from careerlink.people.models import Person
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.forms import Form

bp = Blueprint("outbox", __name__, url_prefix="/office/outbox")


class DoneForm(Form):
    reason = TextAreaField(
        "How it was done",
        [
            DataRequired("Say how it was done, such as “told by phone”."),
            Length(max=500, message="Keep it to 500 characters."),
        ],
    )


@bp.get("")
@access(office)
def listed() -> str:
    value = request.args.get("state", "")
    state = DeliveryState(value) if value in set(DeliveryState) else None
    with transaction() as session:
        counts = deliveries.counts(session, g.actor)
        rows = deliveries.listed(session, g.actor, state=state, after=request.args.get("after"))
        return render_template(
            "careerlink/outbox/list.html",
            page=rows,
            counts=counts,
            total=sum(counts.values()),
            states=list(DeliveryState),
            chosen=state,
            what=deliveries.what,
            address=deliveries.address,
            mailbox=reading_reports.failing(session),
            stopped=bounces.stopped_among(
                session, g.actor.institution_id, [deliveries.address(m) for m in rows.rows]
            ),
        )


@bp.get("/<int:message_id>")
@access(office)
def show(message_id: int) -> str:
    with transaction() as session:
        message = deliveries.get(session, message_id, actor=g.actor)
        return render_template(
            "careerlink/outbox/show.html",
            message=message,
            attempts=deliveries.attempts(session, message),
            bounces=bounces.of_message(session, message),
            reason=bounce_tasks.reason,
            what=deliveries.what(message),
            address=deliveries.address(message),
            done_by=session.get(Person, message.done_by_id) if message.done_by_id else None,
        )


@bp.post("/<int:message_id>/retry")
@access(office_staff)
def retry(message_id: int) -> ResponseReturnValue:
    with transaction() as session:
        deliveries.retry(
            session, deliveries.get(session, message_id, actor=g.actor), actor=g.actor
        )
        flash("It is tried again within seconds.", "done")
    return redirect(url_for(".show", message_id=message_id), 303)


@bp.route("/<int:message_id>/done", methods=["GET", "POST"])
@access(office_staff)
def done(message_id: int) -> ResponseReturnValue:
    form = DoneForm()
    with transaction() as session:
        message = deliveries.get(session, message_id, actor=g.actor)
        if not form.validate_on_submit():
            shown = render_template(
                "careerlink/outbox/done.html",
                form=form,
                message=message,
                what=deliveries.what(message),
            )
            return shown, (422 if form.is_submitted() else 200)
        deliveries.mark_done(session, message, actor=g.actor, reason=form.reason.data)
        flash("Marked as done by hand.", "done")
    return redirect(url_for(".show", message_id=message_id), 303)
