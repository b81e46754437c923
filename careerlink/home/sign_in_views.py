"""Signing in with the campus account, and signing out."""

from flask import (
    Blueprint,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from careerlink.home import campus_sign_in
from careerlink.people import grants
from careerlink.placements.forms import EmptyForm
from careerlink.security import access, anyone, begins_session
from careerlink.web import services, transaction, way_back
from careerlink.web import session as sessions
from careerlink.web.session import ServerSession

bp = Blueprint("sign_in", __name__, url_prefix="/auth")


@bp.get("/login")
@access(anyone)
def login() -> ResponseReturnValue:
    """To the campus's provider where one is set, else how to come in."""
    settings = services().settings
    if not settings.sign_in.issuer:
        return render_template("careerlink/home/sign_in.html")
    campus = campus_sign_in.provider(current_app, settings.sign_in)
    back = f"{settings.server.public_url}{url_for('.callback')}"
    answer: ResponseReturnValue = campus_sign_in.begin(campus, back)
    return answer


@bp.get("/callback")
@access(anyone)
@begins_session
def callback() -> ResponseReturnValue:
    settings = services().settings
    if not settings.sign_in.issuer:
        return redirect(url_for(".login"), 303)
    campus = campus_sign_in.provider(current_app, settings.sign_in)
    claims = campus_sign_in.finish(campus, settings.sign_in)
    previous = session.row if isinstance(session, ServerSession) else None
    # The provider sends people back by GET, so the page's own session would only read.
    with services().database.write() as db:
        person = campus_sign_in.person_of(db, claims)
        lands_at = "home.attention" if grants.held(db, person).office else "home.start"
        token = sessions.begin(db, person_id=person.id, previous=previous)
    response = make_response(redirect(url_for(lands_at), 303))
    sessions.set_cookie(response, sessions.COOKIE, token)
    return response


@bp.route("/logout", methods=["GET", "POST"])
@access(anyone)
def logout() -> ResponseReturnValue:
    form = EmptyForm()
    if not form.validate_on_submit():
        return render_template("careerlink/home/sign_out.html", form=form)
    row = session.row if isinstance(session, ServerSession) else None
    back = way_back.address(message="You have signed out of CareerLink.")
    if row is not None:
        with transaction() as db:
            sessions.end(db, row.id)
    g.actor = g.person = None
    session.clear()
    session.modified = False
    response = make_response(render_template("careerlink/home/signed_out.html", lms_url=back))
    response.delete_cookie(
        sessions.COOKIE, path="/", secure=True, httponly=True, samesite="None", partitioned=True
    )
    return response
