"""The admin's page for registration URLs: make one, read it out, take it back."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink.institutions.models import Institution
from careerlink.security import access, admin_desk
from careerlink.web import services, transaction
from careerlink.web.forms import Form
from lti import invitations
from lti.models import LtiRegistrationInvitation
from lti.products import asked

bp = Blueprint("invitations", __name__, url_prefix="/office/platforms/invitations")


@bp.route("", methods=["GET", "POST"])
@access(admin_desk)
def show() -> ResponseReturnValue:
    form = Form()
    with transaction() as session:
        if form.validate_on_submit():
            institution = session.get_one(Institution, g.actor.institution_id)
            secret = services().settings.server.secret
            row = invitations.issue(session, institution, secret=secret, actor=g.actor)
            return redirect(url_for(".open_one", invitation_id=row.public_id), 303)
        return render_template(
            "lti/invitations/list.html",
            form=form,
            rows=invitations.listed(session, g.actor),
            state_of=invitations.state_of,
            days=invitations.LIFETIME.days,
        ), 422 if form.is_submitted() else 200


@bp.get("/<invitation_id>")
@access(admin_desk)
def open_one(invitation_id: str) -> str:
    with transaction() as session:
        row = invitations.get_visible(session, g.actor, invitation_id)
        return render_template(
            "lti/invitations/show.html",
            invitation=row,
            state=invitations.state_of(row),
            address=_address(row),
            permissions=asked.PERMISSIONS,
        )


@bp.post("/<invitation_id>/revoke")
@access(admin_desk)
def revoke(invitation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        row = invitations.get_visible(session, g.actor, invitation_id)
        invitations.revoke(session, row, actor=g.actor)
        flash("The registration URL was taken back. It opens nothing any more.", "done")
    return redirect(url_for(".show"), 303)


def _address(row: LtiRegistrationInvitation) -> str:
    server = services().settings.server
    return invitations.address(row, public_url=server.public_url, secret=server.secret)
