"""One page for all students of a supervisor, behind a link of its own."""

from flask import (
    Blueprint,
    abort,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from careerlink import tokens
from careerlink.errors import NotFound
from careerlink.institutions.models import Institution
from careerlink.security import access
from careerlink.supervisors import operations, queries, students
from careerlink.supervisors.access import (
    CLOSED,
    UNKNOWN,
    LinkClosed,
    add_disclosure,
    continued,
    link_named,
    supervisor_link,
)
from careerlink.tokens import AccessLink, LinkPurpose
from careerlink.web import request_session, services, transaction
from careerlink.web import session as sessions

bp = Blueprint("students_by_link", __name__, url_prefix="/s/<token>")


def students_link() -> None:
    """A contact by the link of all their students; each one shown is a disclosure."""
    link_named()
    link: AccessLink = g.link
    if link.purpose != LinkPurpose.STUDENTS:
        raise NotFound(UNKNOWN)
    if link.revoked_at is not None or link.contact.left_at is not None:
        raise LinkClosed(CLOSED)
    institution = request_session().get_one(Institution, link.institution_id)
    g.institution_name = institution.name
    g.zone = link.contact.time_zone or institution.time_zone
    if continued(link) and link.is_open:
        g.actor = queries.actor_of(link)
    elif request.method != "GET":
        token = (request.view_args or {})["token"]
        abort(redirect(url_for(".show", token=token), 303))


@bp.get("/students")
@access(students_link)
def show(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    if not link.is_open:
        masked = queries.masked(link.contact.email)
        page = render_template(
            "careerlink/supervisors/expired.html", token=token, masked=masked
        )
        return page, 410
    if g.get("actor") is None:
        return render_template(
            "careerlink/supervisors/greet_students.html", token=token, contact=link.contact
        )
    with transaction() as session:
        shown = students.guided(session, link)
        past = students.past(session, link, shown)
    with services().database.write() as log:
        for one in shown:
            page_name = "students_by_link.show"
            add_disclosure(log, link, one.placement, one.consent, page=page_name)
    return render_template(
        "careerlink/supervisors/students.html",
        token=token,
        shown=shown,
        past=past,
        contact=link.contact,
    )


@bp.post("/students/<placement_id>")
@access(students_link)
def open_one(token: str, placement_id: str) -> ResponseReturnValue:
    """Into one project, by the project's own link, without asking to continue again."""
    link: AccessLink = g.link
    secret = services().settings.server.secret
    with transaction() as session:
        found = students.open_one(session, link, placement_id, secret=secret, actor=g.actor)
        if found is None:
            raise NotFound
        operations.open_link(session, found, actor=queries.actor_of(found))
        cookie = sessions.begin(session, access_link_id=found.id)
    to = url_for("supervisor.greet", token=tokens.token_of(found.public_id, secret))
    response = make_response(redirect(to, 303))
    sessions.set_cookie(response, sessions.cookie_name(to), cookie)
    return response


@bp.post("/all-students")
@access(supervisor_link)
def mail_me(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    with transaction() as session:
        operations.mail_students_link(session, link.contact, actor=g.actor)
    return render_template(
        "careerlink/supervisors/students_mailed.html",
        token=token,
        masked=queries.masked(link.contact.email),
    )
