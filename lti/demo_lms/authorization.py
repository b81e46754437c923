"""The addresses of the login round trip, and the platform's public keys."""

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from lti.demo_lms import launching
from lti.demo_lms.forms import Answer, ErrorPage
from lti.demo_lms.keys import key_set
from lti.demo_lms.serving import the_lms

bp = Blueprint("authorization", __name__)


@bp.route("/mod/lti/auth.php", methods=["GET", "POST"])
@bp.route("/api/lti/authorize_redirect", methods=["GET", "POST"])
def authorize() -> Response:
    return page_for(launching.authorize(the_lms(), request.values))


@bp.get("/mod/lti/certs.php")
@bp.get("/api/lti/security/jwks")
def public_keys() -> Response:
    reply = jsonify(key_set(the_lms().school.keys))
    reply.content_type = "application/json; charset=utf-8"
    return reply


def page_for(answer: Answer) -> Response:
    """The page that makes the browser post the form, or the platform's error page."""
    if isinstance(answer, ErrorPage):
        page = make_response(render_template("refused.html", message=answer.message))
        page.status_code = answer.status
    else:
        page = make_response(render_template("form_post.html", form=answer))
    page.headers["Cache-Control"] = "no-store"
    return page
