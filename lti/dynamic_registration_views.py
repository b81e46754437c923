"""The page behind a registration URL, opened by an LMS in a frame or a window of its own.

Nobody is signed in here: the address is itself the secret.
"""

import logging
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from careerlink.institutions.models import Institution
from careerlink.security import access, anyone, begins_session
from careerlink.web import services
from lti import deployments, dynamic_registration, invitations, platform_document
from lti.platform_document import Document
from lti.reading import origin_of
from lti.registration_reasons import RegistrationRefused

log = logging.getLogger("lti.registration")

bp = Blueprint("registration", __name__, url_prefix="/lti/register")


@dataclass(frozen=True)
class Opened:
    """What the LMS added to the address."""

    configuration: str
    token: str
    opened_from: str
    """The page around the frame: on hosted Canvas another host than that of the document."""


@bp.get("/<invitation>")
@access(anyone)
@begins_session
def show(invitation: str) -> str | Response:
    """The LMS's administrator asked for it there, and the new registration waits for approval
    here, so opening the address registers: a question in between would protect nothing."""
    opened = Opened(
        request.args.get("openid_configuration", ""),
        request.args.get("registration_token", ""),
        origin_of(request.headers.get("Referer", "")),
    )
    _may_frame(opened)
    institution = _invited_by(invitation)
    if "openid_configuration" not in request.args or request.method == "HEAD":
        return render_template("lti/registration/how.html", institution=institution)
    here = services()
    document = platform_document.fetch(here.settings, opened.configuration, token=opened.token)
    _may_frame(opened, document)
    found = dynamic_registration.register(
        here.database,
        here.settings,
        invitation=invitation,
        document=document,
        token=opened.token,
    )
    log.info("registration outcome=kept registration=%s", found.registration_id)
    around = opened.opened_from or None
    return redirect(url_for(".done", invitation=invitation, opened_from=around), 303)


@bp.get("/<invitation>/done")
@access(anyone)
@begins_session
def done(invitation: str) -> str | Response:
    with services().database.read() as session:
        row = invitations.registered_by(session, invitation)
        if row is None:
            return redirect(url_for(".show", invitation=invitation), 303)
        g.frame_origins = [
            *deployments.frame_origins_of_registration(session, row.id),
            *filter(None, [origin_of(request.args.get("opened_from", ""))]),
        ]
        return render_template(
            "lti/registration/done.html", registration=row, institution=row.institution.name
        )


@bp.errorhandler(RegistrationRefused)
def refused(refusal: RegistrationRefused) -> tuple[str, int]:
    """The person at the screen is the one who can help: the remedy stands on the page."""
    cause = refusal.reason.value
    detail = f" ({refusal.detail})" if refusal.detail else ""
    log.info("registration outcome=refused reason=%s", cause.code)
    title, _, rest = cause.remedy.replace("`", "").partition(". ")
    html = render_template(
        "layouts/refused.html",
        page_id="registration.refused",
        reason=cause.code,
        heading=cause.heading,
        explanation=cause.explanation,
        next_title=title[:1].lower() + title[1:],
        next_text=rest,
        support_line=f"CareerLink: {cause.code}{detail}",
    )
    return html, cause.status


def _may_frame(opened: Opened, document: Document | None = None) -> None:
    """The pages hold nothing secret."""
    known = document.frame_origins if document is not None else []
    found = [origin_of(opened.configuration), opened.opened_from, *known]
    g.frame_origins = [*dict.fromkeys(origin for origin in found if origin)]


def _invited_by(invitation: str) -> str:
    """The institution's name, if the invitation is open."""
    with services().database.read() as session:
        row = invitations.require_open(session, invitation)
        return session.get_one(Institution, row.institution_id).name
