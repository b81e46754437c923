"""The pages at ``/s/<token>``: a greeting that gives nothing away, and what there is to do.

A GET changes nothing: mail filters follow links. *Continue* is a POST that needs no form token,
because the address itself is the secret and there is no cookie yet that could be abused.
"""

from flask import (
    Blueprint,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from careerlink.placements.models import Consent, Placement
from careerlink.registry import Registry, SupervisorTask, registry
from careerlink.security import access
from careerlink.supervisors import operations, queries
from careerlink.supervisors.access import LinkClosed, link_named, opened, record_disclosure
from careerlink.tokens import AccessLink
from careerlink.web import errors, services, transaction
from careerlink.web import session as sessions
from careerlink.web.session import ServerSession

bp = Blueprint("supervisor", __name__, url_prefix="/s/<token>")
bp.csrf_exempt = True  # type: ignore[attr-defined]


def register(registry: Registry) -> None:
    registry.blueprints.append(bp)


@bp.get("")
@access(link_named)
def greet(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    if not link.is_open and link.revoked_at is None:
        return _expired(token, link)
    try:
        placement, consent = opened(link)
    except LinkClosed as closed:
        return errors.page(
            closed.status, closed.reason, closed.message, title="This link is closed"
        )
    g.institution_name = placement.institution.name
    row = session.row if isinstance(session, ServerSession) else None
    if row is not None and row.access_link_id == link.id:
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
    if not link.is_open:
        return redirect(url_for(".greet", token=token), 303)
    with transaction() as db:
        opened(link)
        operations.open_link(db, link, actor=queries.actor_of(link))
        cookie = sessions.begin(db, access_link_id=link.id)
    response = make_response(redirect(url_for(".greet", token=token), 303))
    sessions.set_cookie(response, sessions.cookie_name(request.path), cookie)
    return response


@bp.post("/fresh")
@access(link_named)
def fresh(token: str) -> ResponseReturnValue:
    link: AccessLink = g.link
    with transaction() as db:
        placement = queries.placement_of(db, link)
        if placement is not None and link.revoked_at is None and not link.is_open:
            opened(link)
            operations.mail_fresh_link(db, link, placement, services().settings.server.secret)
    return render_template("careerlink/supervisors/fresh.html", contact=link.contact)


def _expired(token: str, link: AccessLink) -> ResponseReturnValue:
    page = render_template(
        "careerlink/supervisors/expired.html", token=token, contact=link.contact
    )
    return page, 410


def _tasks(
    token: str, link: AccessLink, placement: Placement, consent: Consent
) -> ResponseReturnValue:
    """What this supervisor has to do and has done; straight to it when it is one thing."""
    g.actor = queries.actor_of(link)
    g.zone = link.contact.time_zone or placement.institution.time_zone
    with transaction() as db:
        tasks = [
            task
            for provider in registry.supervisor_tasks
            for task in provider(db, g.actor, placement, token)
            # Of a concluded course receipts are left.
            if task.is_done or placement.course.concluded_at is None
        ]
    waiting = [task for task in tasks if not task.is_done]
    if len(waiting) == 1:
        return redirect(waiting[0].url, 303)
    record_disclosure(link, placement, consent, page="supervisor.tasks")
    return _page(token, placement, tasks, waiting)


def _page(
    token: str,
    placement: Placement,
    tasks: list[SupervisorTask],
    waiting: list[SupervisorTask],
) -> ResponseReturnValue:
    return render_template(
        "careerlink/supervisors/tasks.html",
        token=token,
        placement=placement,
        tasks=tasks,
        waiting=waiting,
        student=placement.person,
    )
