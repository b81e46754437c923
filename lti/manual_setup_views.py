"""The page with every value for an LMS that is set up by hand, and the form for its own."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.institutions.models import Institution
from careerlink.security import access, admin_desk
from careerlink.web import services, transaction
from lti import keys, registrations
from lti.manual_setup_forms import FORMS, SetUpForm
from lti.models import Family, LtiRegistration
from lti.products import asked, tool_metadata

bp = Blueprint("set_up", __name__, url_prefix="/office/platforms/set-up")

NAMES = {
    Family.CANVAS: "Canvas",
    Family.MOODLE: "Moodle",
    Family.OTHER: "another LMS",
}
TEMPLATES = {
    Family.CANVAS: "lti/set_up/canvas.html",
    Family.MOODLE: "lti/set_up/moodle.html",
    Family.OTHER: "lti/set_up/other.html",
}


@bp.get("")
@access(admin_desk)
def show() -> str:
    return render_template("lti/set_up/choose.html", names=NAMES)


@bp.route("/<any(canvas, moodle, other):family>", methods=["GET", "POST"])
@access(admin_desk)
def enter(family: str) -> ResponseReturnValue:
    chosen = Family(family)
    form = FORMS[chosen]()
    with transaction() as session:
        if form.validate_on_submit():
            try:
                row = _add(session, form)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash(f"{row.name} is set up. Open CareerLink there to try it.", "done")
                return redirect(url_for("desk.show", registration_id=row.id), 303)
        return render_template(
            TEMPLATES[chosen],
            form=form,
            family=chosen,
            names=NAMES,
            **_values(chosen),
        ), 422 if form.is_submitted() else 200


def _add(session: Session, form: SetUpForm) -> LtiRegistration:
    """:raises InvalidInput:"""
    settings = services().settings
    found = form.addresses(private=settings.lti.allow_private_hosts)
    institution = session.get_one(Institution, g.actor.institution_id)
    keys.ensure(session, secret=settings.server.secret)
    return registrations.add(
        session,
        institution,
        name=form.name.data or "",
        issuer=found.issuer,
        client_id=form.client_id.data or "",
        auth_url=found.auth_url,
        token_url=found.token_url,
        jwks_url=found.jwks_url,
        family=found.family,
        deployment_ids=[form.deployment_id.data] if form.deployment_id.data else [],
        frame_origins=found.frame_origins,
        actor=g.actor,
    )


def _values(family: Family) -> dict[str, Any]:
    custom = asked.custom_parameters(family)
    return {
        "tool": tool_metadata.Tool(services().settings.server.public_url),
        "custom": "\n".join(f"{name}={value}" for name, value in custom.items()),
        "scopes": asked.scopes_for(notices=family == Family.CANVAS),
        "permissions": asked.PERMISSIONS,
        "placements": asked.PLACEMENTS,
    }
