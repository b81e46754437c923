"""What mail somebody gets, and where to; and the page behind a mail's "stop" link."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import EmailField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careerlink.errors import InvalidInput, TooMany
from careerlink.notifications import bounces, own_address, stopping
from careerlink.notifications.kinds import EVERYONE_GETS, GROUPS
from careerlink.people.models import Person
from careerlink.security import access, anyone, signed_in
from careerlink.web import services, transaction
from careerlink.web.forms import Form, strip

bp = Blueprint("mail_choices", __name__, url_prefix="/home/mail")
stop_bp = Blueprint("stop_mail", __name__, url_prefix="/home/mail/stop")
stop_bp.csrf_exempt = True  # type: ignore[attr-defined]  # mail programs post here (RFC 8058)


class GroupsForm(Form):
    groups = SelectMultipleField(
        "Mail that you want",
        choices=[SelectChoice(group.key, group.title) for group in GROUPS],
    )


class AddressForm(Form):
    address = EmailField(
        "Your mail address",
        filters=[strip],
        validators=[DataRequired("Enter your mail address"), Length(max=254)],
    )


class CodeForm(Form):
    code = StringField(
        "Code from the mail", validators=[DataRequired("Enter the six digits"), Length(max=20)]
    )


@bp.get("")
@access(signed_in)
def show() -> str:
    return _page()


@bp.post("")
@access(signed_in)
def choose() -> ResponseReturnValue:
    form = GroupsForm()
    if not form.validate():
        return _page(groups=form), 422
    wanted = set(form.groups.data or [])
    with transaction() as session:
        person = _person(session)
        choice = {group.key: group.key in wanted for group in GROUPS}
        stopping.choose(session, person, choice, actor=g.actor)
    flash("Saved.", "saved")
    return redirect(url_for(".show"), 303)


@bp.post("/address")
@access(signed_in)
def name_address() -> ResponseReturnValue:
    form = AddressForm()
    if form.validate():
        try:
            with transaction() as session:
                own_address.ask(
                    session,
                    _person(session),
                    form.address.data or "",
                    actor=g.actor,
                )
        except InvalidInput as refusal:
            form.refuse(refusal)
        except TooMany as refusal:
            form.refuse(InvalidInput(refusal.message, field="address"))
        else:
            flash("A code is on its way. Type it below within an hour.", "wait")
            return redirect(url_for(".show"), 303)
    return _page(address=form), 422


@bp.post("/code")
@access(signed_in)
def confirm() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate():
        try:
            with transaction() as session:
                is_right = own_address.confirm(
                    session,
                    _person(session),
                    form.code.data or "",
                    actor=g.actor,
                    secret=services().settings.server.secret,
                )
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            if is_right:
                flash("Confirmed. Mail goes there from now on.", "done")
                return redirect(url_for(".show"), 303)
            form.code.errors = ["This is not the code that we mailed. Look again."]
    return _page(code=form), 422


@bp.post("/address/give-up")
@access(signed_in)
def give_up() -> ResponseReturnValue:
    with transaction() as session:
        own_address.give_up(session, _person(session), actor=g.actor)
    flash("Your own address is not used any more.", "done")
    return redirect(url_for(".show"), 303)


@stop_bp.get("/<stop_token>")
@access(anyone)
def look(stop_token: str) -> str:
    """Mail scanners come here as well, so nothing changes before the button."""
    return _stop_page(stop_token, is_done=False)


@stop_bp.post("/<stop_token>")
@access(anyone)
def stop(stop_token: str) -> ResponseReturnValue:
    with transaction() as session:
        found = stopping.find(session, stop_token, services().settings.server.secret)
        stopping.stop(session, found)
    if request.form.get("List-Unsubscribe") == "One-Click":
        return "", 200
    return _stop_page(stop_token, is_done=True)


@stop_bp.post("/<stop_token>/again")
@access(anyone)
def again(stop_token: str) -> str:
    with transaction() as session:
        found = stopping.find(session, stop_token, services().settings.server.secret)
        stopping.resume(session, found)
        return render_template("careerlink/mail/stopped_no_more.html", found=found)


def _stop_page(token: str, *, is_done: bool) -> str:
    with transaction() as session:
        found = stopping.find(session, token, services().settings.server.secret)
        return render_template(
            "careerlink/mail/stop.html", found=found, is_done=is_done, token=token
        )


def _page(
    groups: GroupsForm | None = None,
    address: AddressForm | None = None,
    code: CodeForm | None = None,
) -> str:
    with transaction() as session:
        person = _person(session)
        chosen = stopping.chosen(session, person)
        waits = own_address.open_one(session, person)
        start = [key for key, by_mail in chosen.items() if by_mail]
        mail_to = person.mail_address
        return render_template(
            "careerlink/mail/choices.html",
            person=person,
            groups=groups or GroupsForm(formdata=None, data={"groups": start}),
            address=address or AddressForm(formdata=None),
            code=code or (CodeForm(formdata=None) if waits else None),
            shown=groups or address or code,
            waits_for=waits.address if waits else "",
            comes_back=bool(mail_to)
            and bounces.is_stopped(session, person.institution_id, mail_to or ""),
            texts={group.key: group.text for group in GROUPS},
            always=EVERYONE_GETS,
        )


def _person(session: Session) -> Person:
    return session.get_one(Person, g.actor.person_id)
