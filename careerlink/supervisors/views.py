"""The pages at ``/s/<token>``: a greeting that gives nothing away, and what there is to do.

A GET changes nothing: mail filters follow links. *Continue* is a POST that needs no form token,
because the address itself is the secret and there is no cookie yet that could be abused.
"""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from careerlink.placements.models import Consent, Placement
from careerlink.registry import SupervisorTask
from careerlink.security import access
from careerlink.supervisors import operations, queries
from careerlink.supervisors.access import (
    LinkClosed,
    continued,
    know,
    link_named,
    opened,
    record_disclosure,
)
from careerlink.tokens import AccessLink, LinkPurpose
from careerlink.web import errors, services, transaction
from careerlink.web import session as sessions

bp = Blueprint("supervisor", __name__, url_prefix="/s/<token>")
bp.csrf_exempt = True  # type: ignore[attr-defined]
ELSEWHERE = {
    LinkPurpose.STUDENTS: "students_by_link.show",
    LinkPurpose.STAND_IN: "stand_in.answer",
}


@bp.get("")
@access(link_named)
def greet(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    if link.purpose in ELSEWHERE:
        return redirect(url_for(ELSEWHERE[link.purpose], token=token), 303)
    try:
        placement, consent = opened(link)
    except LinkClosed as closed:
        return errors.page(
            closed.status, closed.reason, closed.message, title="This link is closed"
        )
    with transaction() as db:
        if not link.is_open and not queries.is_receipt(db, link, placement, token):
            return _expired(token, link)
    g.institution_name = placement.institution.name
    if continued(link):
        return _tasks(token, link, placement, consent)
    return render_template(
        "careerlink/supervisors/greet.html",
        token=token,
        placement=placement,
        first_name=queries.first_name(placement),
        contact=link.contact,
    )


@bp.post("/continue")
@access(link_named)
def proceed(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    to = redirect(url_for(".greet", token=token), 303)
    with transaction() as db:
        if link.purpose == LinkPurpose.PLACEMENT:
            placement, _consent = opened(link)
            if not link.is_open and not queries.is_receipt(db, link, placement, token):
                return to
        elif not link.is_open:
            return to
        operations.open_link(db, link, actor=queries.actor_of(link))
        cookie = sessions.begin(db, access_link_id=link.id)
    response = make_response(to)
    sessions.set_cookie(response, sessions.cookie_name(request.path), cookie)
    return response


@bp.post("/fresh")
@access(link_named)
def fresh(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    with transaction() as db:
        secret = services().settings.server.secret
        if link.purpose == LinkPurpose.STUDENTS and not link.is_open:
            operations.mail_students_link(db, link.contact, actor=queries.actor_of(link))
        placement = queries.placement_of(db, link)
        is_over = link.revoked_at is None and not link.is_open
        if placement is not None and is_over and link.purpose == LinkPurpose.PLACEMENT:
            opened(link)
            if not queries.is_receipt(db, link, placement, token):
                operations.mail_fresh_link(db, link, placement, secret)
    return render_template("careerlink/supervisors/fresh.html", contact=link.contact)


def _expired(token: str, link: AccessLink) -> ResponseReturnValue:
    page = render_template(
        "careerlink/supervisors/expired.html",
        token=token,
        masked=queries.masked(link.contact.email),
    )
    return page, 410


def _tasks(
    token: str, link: AccessLink, placement: Placement, consent: Consent
) -> ResponseReturnValue:
    """What this supervisor has to do and has done; straight to it when it is one thing."""
    know(link, placement)
    g.placement = placement
    with transaction() as db:
        tasks = queries.tasks(db, g.actor, placement, token)
        if not queries.is_supervised_by(db, placement.id, link.contact_id):
            parts = queries.guest_parts(db, link, placement)
            tasks = [task for task in tasks if _part_of(task) in parts]
        others = queries.guides_others(db, link)
    waiting = [task for task in tasks if not task.is_done]
    if len(waiting) == 1 and not request.args.get("all"):
        return redirect(waiting[0].url, 303)
    record_disclosure(link, placement, consent, page="supervisor.tasks")
    return _page(token, placement, tasks, waiting, others)


def _part_of(task: SupervisorTask) -> str:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return ""
    endpoint, _values = adapter.match(urlsplit(task.url).path, method="GET")
    return str(endpoint).partition(".")[0]


def _page(
    token: str,
    placement: Placement,
    tasks: list[SupervisorTask],
    waiting: list[SupervisorTask],
    guides_others: bool,
) -> ResponseReturnValue:
    return render_template(
        "careerlink/supervisors/tasks.html",
        token=token,
        placement=placement,
        tasks=tasks,
        waiting=waiting,
        student=placement.person,
        guides_others=guides_others,
    )
