"""What an administrator sets for a registration: its name, its frame, its role names."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import ChangedMeanwhile, InvalidInput
from careerlink.security import access, admin_desk
from careerlink.web import transaction
from lti.desk import operations, queries
from lti.desk.forms import SettingsForm
from lti.desk.role_form import RolesForm
from lti.models import LtiRegistration

bp = Blueprint("desk_settings", __name__, url_prefix="/office/platforms/<int:registration_id>")


@bp.route("/settings", methods=["GET", "POST"])
@access(admin_desk)
def show(registration_id: int) -> ResponseReturnValue:
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        form = SettingsForm(
            seen=operations.settings_of(registration),
            name=registration.name,
            frame_origins="\n".join(registration.frame_origins),
            allows_anonymous=registration.allows_anonymous,
        )
        if form.validate_on_submit():
            try:
                operations.change(
                    session,
                    registration,
                    name=form.name.data or "",
                    frame_origins=form.origins,
                    allows_anonymous=bool(form.allows_anonymous.data),
                    seen=form.seen.data or "",
                    actor=g.actor,
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                return _saved(registration)
        shown = render_template("lti/desk/settings.html", form=form, registration=registration)
    return shown, (422 if form.is_submitted() else 200)


@bp.route("/roles", methods=["GET", "POST"])
@access(admin_desk)
def roles(registration_id: int) -> ResponseReturnValue:
    form = RolesForm()
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        if form.validate_on_submit():
            operations.alone_with(session, registration)
            try:
                _check(form, registration)
                operations.map_roles(session, registration, form.wanted, actor=g.actor)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                return _saved(registration)
        if not form.is_submitted():
            form.fill(registration.role_map)
        shown = render_template("lti/desk/roles.html", form=form, registration=registration)
    return shown, (422 if form.is_submitted() else 200)


def _check(form: RolesForm, registration: LtiRegistration) -> None:
    """:raises InvalidInput: rights that nobody has said yes to."""
    if not form.is_of(registration.role_map):
        raise ChangedMeanwhile("Somebody else changed the role map just now.")
    if form.raises_somebody(registration.role_map) and not form.is_sure.data:
        raise InvalidInput(
            "Tick this when everybody with the roles marked Instructor or Assistant may have "
            "these rights in every course of this LMS.",
            field="is_sure",
        )


def _saved(registration: LtiRegistration) -> ResponseReturnValue:
    flash("Saved. It counts from the next launch on.", "done")
    return redirect(url_for("desk.show", registration_id=registration.id), 303)
