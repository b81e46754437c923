"""The office's page of an address to which mail comes back."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from careerlink import mail
from careerlink.errors import InvalidInput
from careerlink.notifications import bounce_tasks, bounces, deliveries
from careerlink.security import access, office, office_staff
from careerlink.web import services, transaction
from careerlink.web.forms import Form, strip

bp = Blueprint("bounces", __name__, url_prefix="/office/outbox/bounces")


class CorrectForm(Form):
    email = EmailField(
        "The right address", filters=[strip], validators=[DataRequired("Enter the address")]
    )
    how = TextAreaField(
        "How do you know it?",
        validators=[DataRequired("Say how you know it"), Length(max=2000)],
    )

    def validate_email(self, field: EmailField) -> None:
        if not mail.is_address(field.data or ""):
            raise ValidationError("Enter a mail address, such as name@example.org")


@bp.route("/<int:bounce_id>", methods=["GET"])
@access(office)
def show(bounce_id: int) -> str:
    return _page(bounce_id, CorrectForm(formdata=None))


@bp.post("/<int:bounce_id>/correct")
@access(office_staff)
def correct(bounce_id: int) -> ResponseReturnValue:
    form = CorrectForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                bounce = bounces.get(session, bounce_id, actor=g.actor)
                owner = bounce_tasks.owner_of(session, bounce)
                count = bounce_tasks.correct(
                    session,
                    bounce,
                    owner,
                    actor=g.actor,
                    email=form.email.data or "",
                    how=form.how.data or "",
                    secret=services().settings.server.secret,
                )
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            flash(f"Address corrected. {_mails(count)}", "done")
            return redirect(url_for(".show", bounce_id=bounce_id), 303)
    return _page(bounce_id, form), 422


@bp.post("/<int:bounce_id>/works")
@access(office_staff)
def works(bounce_id: int) -> ResponseReturnValue:
    with transaction() as session:
        bounce = bounces.get(session, bounce_id, actor=g.actor)
        count = (
            bounce_tasks.try_again(session, bounce, actor=g.actor)
            if bounce.resolved_at is None
            else 0
        )
    flash(f"Mail may go there again. {_mails(count)}", "done")
    return redirect(url_for(".show", bounce_id=bounce_id), 303)


def _page(bounce_id: int, form: CorrectForm) -> str:
    with transaction() as session:
        bounce = bounces.get(session, bounce_id, actor=g.actor)
        return render_template(
            "careerlink/outbox/bounce.html",
            form=form,
            bounce=bounce,
            owner=bounce_tasks.owner_of(session, bounce),
            reason=bounce_tasks.reason(bounce),
            what=deliveries.what(bounce.message),
        )


def _mails(count: int) -> str:
    if count == 0:
        return "No mail waited for it."
    return "1 mail goes out again." if count == 1 else f"{count} mails go out again."
