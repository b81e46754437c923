"""``/s``: where a code that was read out over the telephone is entered."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink import tokens
from careerlink.security import access, anyone
from careerlink.supervisors import codes, operations, queries
from careerlink.supervisors.codes import Failure
from careerlink.supervisors.forms import CodeForm
from careerlink.web import services, transaction
from careerlink.web import session as sessions

bp = Blueprint("spoken_codes", __name__)
bp.csrf_exempt = True  # type: ignore[attr-defined]
"""Nobody is signed in here, and the code itself is the secret."""
PAGE = "careerlink/supervisors/code.html"
SAYS = {
    Failure.UNKNOWN: "This code is not known. It works once, for two days; check it, or "
    "ask the career office for a new one.",
    Failure.TOO_MANY: "Too many wrong codes were entered from here. Wait an hour, or use the "
    "link in our mail.",
}


@bp.route("/s", methods=["GET", "POST"])
@access(anyone)
def enter() -> ResponseReturnValue:
    form = CodeForm(meta={"csrf": False})
    if not form.validate_on_submit():
        return render_template(PAGE, form=form), (422 if form.is_submitted() else 200)
    secret = services().settings.server.secret
    with services().database.write() as own:
        # A unit of its own: a wrong code is counted although the page refuses it.
        result = codes.redeem(
            own, form.code.data or "", secret=secret, origin=request.remote_addr or ""
        )
    if result.link is None:
        failure = result.failure or Failure.UNKNOWN
        form.code.errors = [*form.code.errors, SAYS[failure]]
        status = 429 if failure == Failure.TOO_MANY else 422
        return render_template(PAGE, form=form), status
    link = result.link
    to = url_for("supervisor.greet", token=tokens.token_of(link.public_id, secret))
    response = make_response(redirect(to, 303))
    if link.is_open:
        with transaction() as session:
            operations.open_link(session, link, actor=queries.actor_of(link))
            cookie = sessions.begin(session, access_link_id=link.id)
        sessions.set_cookie(response, sessions.cookie_name(to), cookie)
    return response
