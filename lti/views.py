"""Login, launch and our key set: the addresses that an LMS administrator enters."""

import logging
import re
import secrets
from urllib.parse import urlencode

from flask import Blueprint, Response, g, jsonify, redirect, request, session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from careerlink.security import access, anyone, begins_session
from careerlink.web import services
from careerlink.web.session import ServerSession
from lti import admission, deployments, keys, logins, pages, refusal_notes, visitors
from lti.landing import LAUNCH_PATH
from lti.reasons import Reason
from lti.refusals import LaunchRefused

log = logging.getLogger("lti.launch")

bp = Blueprint("launch", __name__, url_prefix="/lti")
bp.csrf_exempt = True  # type: ignore[attr-defined]  # platforms post here; state and nonce guard

BROWSER_COOKIE = "__Host-careerlink-browser"
BROWSER_SECRET = re.compile(r"[0-9a-f]{48}")
BROWSER_LIFETIME = 400 * 86_400
CHECKED = "checked"
"""Marks the one redirect to ourselves that shows whether the cookie came back."""
KEYS_MAX_AGE = 600


@bp.route("/login", methods=["GET", "POST"])
@access(anyone)
@begins_session
def login() -> AnyResponse | tuple[str, int]:
    """A platform asks for a sign-in; answered with the way back to it."""
    asked = logins.read({**request.args.to_dict(), **request.form.to_dict()})
    here = services()
    browser = request.cookies.get(BROWSER_COOKIE, "")
    if not BROWSER_SECRET.fullmatch(browser):
        return _without_cookie(asked)
    server = here.settings.server
    # The platform knows that address of ours alone by which it sent the login.
    is_former = asked.came_by in server.former_urls
    ours = asked.came_by if is_former else server.public_url
    with here.database.write() as db:
        registration = logins.find_registration(db, asked)
        if is_former:
            deployments.note_old_address(registration)
        target = logins.begin(
            db, registration, asked, browser=browser, redirect_uri=f"{ours}{LAUNCH_PATH}"
        )
    return redirect(target, 302)


def _without_cookie(asked: logins.LoginRequest) -> AnyResponse | tuple[str, int]:
    with services().database.read() as db:
        registration_id = logins.find_registration(db, asked).id
    if CHECKED in request.args:
        trail = admission.Trail(registration_id=registration_id)
        log_decision("refused", trail, LaunchRefused(Reason.COOKIE_LOST))
        return pages.new_tab(
            Reason.COOKIE_LOST,
            asked.parameters,
            registration_id=registration_id,
            referrer=request.headers.get("Referer", ""),
        )
    query = urlencode({**asked.parameters, CHECKED: "1"})
    response = redirect(f"/lti/login?{query}", 303)
    response.set_cookie(
        BROWSER_COOKIE,
        secrets.token_hex(24),
        max_age=BROWSER_LIFETIME,
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )
    return response


@bp.route("/launch", methods=["POST"])
@access(anyone)
@begins_session
def receive() -> AnyResponse | tuple[str, int]:
    g.launch_trail = trail = admission.Trail()
    here = services()
    if "error" in request.form and not request.form.get("id_token"):
        return _platform_error(request.form["error"], trail)
    landed = admission.admit(here.database, here.settings, _posted(), trail)
    log_decision("accepted", trail)
    if landed.visit is not None:
        return visitors.page(landed.visit), 200
    if isinstance(session, ServerSession):
        session.new_token = landed.cookie
    return redirect(landed.path, 303)


def _posted() -> admission.Posted:
    form = request.form
    if not form.get("id_token"):
        raise LaunchRefused(Reason.TOKEN_MISSING)
    if not form.get("state"):
        raise LaunchRefused(Reason.STATE_UNKNOWN)
    browser = request.cookies.get(BROWSER_COOKIE, "")
    if not BROWSER_SECRET.fullmatch(browser):
        raise LaunchRefused(Reason.BROWSER_CHANGED)
    previous = session.row if isinstance(session, ServerSession) else None
    return admission.Posted(form["id_token"], form["state"], browser, previous)


def _platform_error(error: str, trail: admission.Trail) -> tuple[str, int]:
    """The platform answered the sign-in request with an error in place of a launch."""
    reason = pages.reason_of(error)
    state, browser = request.form.get("state", ""), request.cookies.get(BROWSER_COOKIE, "")
    with services().database.read() as db:
        begun = logins.begun(db, state=state, browser=browser)
    if begun is not None:
        trail.registration_id = begun.registration_id
    if begun is None or reason != Reason.LOGIN_REQUIRED:
        raise LaunchRefused(reason)
    log_decision("refused", trail, LaunchRefused(reason))
    return pages.new_tab(reason, begun.asked, registration_id=begun.registration_id)


@bp.errorhandler(LaunchRefused)
def refused(refusal: LaunchRefused) -> tuple[str, int]:
    trail: admission.Trail = g.get("launch_trail") or admission.Trail()
    trail.registration_id = trail.registration_id or refusal.registration_id
    log_decision("refused", trail, refusal)
    refusal.frame_origins += trail.frame_origins
    return pages.refused(
        refusal, registration_id=trail.registration_id, return_url=trail.return_url
    )


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    return refused(LaunchRefused(Reason.MESSAGE_TOO_LARGE))


def log_decision(
    outcome: str, trail: admission.Trail, refusal: LaunchRefused | None = None
) -> None:
    """One line for each decision: ids, codes and a hash, so that it may be kept and shown."""
    if refusal is not None and trail.registration_id is not None:
        refusal_notes.note(services().database, trail.registration_id, refusal.reason)
    log.info(
        "launch outcome=%s reason=%s detail=%s registration=%s deployment=%s nonce=%s",
        outcome,
        refusal.reason.code if refusal is not None else "-",
        (refusal.detail if refusal is not None else "") or "-",
        trail.registration_id or "-",
        trail.deployment_id or "-",
        trail.nonce_hash or "-",
    )


@bp.route("/jwks.json")
@access(anyone)
@begins_session
def key_set() -> Response:
    """Our public keys: the signing one, the next one, and those that signed lately."""
    here = services()
    with here.database.read() as db:
        found = keys.key_set(db)
    if not found["keys"]:
        with here.database.write() as db:
            keys.ensure(db, secret=here.settings.server.secret)
            found = keys.key_set(db)
    response = jsonify(found)
    response.headers["Cache-Control"] = f"public, max-age={KEYS_MAX_AGE}"
    return response
