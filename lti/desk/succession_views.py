"""Choosing the registration that another one takes over from."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField

from careerlink.errors import InvalidInput, NotFound
from careerlink.security import access, admin_desk
from careerlink.web import transaction
from careerlink.web.forms import Form
from lti import takeover
from lti.desk import queries
from lti.models import LtiRegistration

bp = Blueprint(
    "desk_succession", __name__, url_prefix="/office/platforms/<int:registration_id>"
)


class TakeOverForm(Form):
    older = HiddenField()
    is_same = BooleanField("It is the same LMS under a new address")


@bp.get("/takes-over")
@access(admin_desk)
def choose(registration_id: int) -> ResponseReturnValue:
    """The list of those that it could be; with ``older`` what would come along."""
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        older_id = request.args.get("older", type=int) or registration.succeeds_id
        if older_id is None:
            return render_template(
                "lti/desk/take_over_choose.html",
                registration=registration,
                choices=_choices(session, registration),
            )
        older = queries.get_visible(session, g.actor, older_id)
        form = TakeOverForm(older=str(older.id))
        return render_template(
            "lti/desk/take_over.html", **_values(session, registration, older, form)
        )


@bp.post("/takes-over")
@access(admin_desk)
def take_over(registration_id: int) -> ResponseReturnValue:
    form = TakeOverForm()
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        older = queries.get_visible(session, g.actor, _number(form.older.data))
        try:
            _require_same(form, registration, older)
            done = takeover.take_over(session, registration, older, actor=g.actor)
        except InvalidInput as refusal:
            form.refuse(refusal)
            values = _values(session, registration, older, form)
            return render_template("lti/desk/take_over.html", **values), 422
        people, courses = done.people, done.courses
        flash(f"It takes over now. People: {people}, courses: {courses}.", "done")
    return redirect(url_for("desk.show", registration_id=registration_id), 303)


def _require_same(
    form: TakeOverForm, registration: LtiRegistration, older: LtiRegistration
) -> None:
    """:raises InvalidInput: number 5 of one LMS is somebody else than number 5 of another."""
    if registration.issuer != older.issuer and not form.is_same.data:
        raise InvalidInput(
            "Tick this only when it is the same LMS: else people of the one would become "
            "people of the other.",
            field="is_same",
        )


def _values(
    session: Session,
    registration: LtiRegistration,
    older: LtiRegistration,
    form: TakeOverForm,
) -> dict[str, Any]:
    return {
        "registration": registration,
        "older": older,
        "form": form,
        "outlook": takeover.outlook(session, registration, older),
        "problem": takeover.why_not(session, registration, older),
        "is_done": registration.succeeds_id == older.id,
    }


def _choices(session: Session, registration: LtiRegistration) -> list[dict[str, Any]]:
    others = session.scalars(
        queries.visible_to(g.actor)
        .where(LtiRegistration.id != registration.id)
        .order_by(LtiRegistration.id.desc())
    )
    return [
        {"registration": other, "problem": takeover.why_not(session, registration, other)}
        for other in others
    ]


def _number(given: str | None) -> int:
    if not (given or "").isdecimal() or len(given or "") > 9:
        raise NotFound
    return int(given or "")
