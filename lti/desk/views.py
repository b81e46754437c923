"""The list of platforms, each one's page, and the moves that ask back first."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.home import history
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from careerlink.security import access, admin_desk
from careerlink.web import services, transaction
from careerlink.web.forms import Form
from lti import registrations, succession
from lti.desk import addresses, queries
from lti.models import LtiRegistration, RegistrationState
from lti.reading import origin_of

bp = Blueprint("desk", __name__, url_prefix="/office/platforms")

HISTORY_LINES = 12
CHECK = "desk_checks.show"
WAYS_IN = (("Connect an LMS", "invitations.show"), ("Set up by hand", "set_up.show"))
MORE = (
    ("Settings", "desk_settings.show"),
    ("Roles", "desk_settings.roles"),
    ("Take over from …", "desk_succession.choose"),
)
DONE = {
    "activate": "Launches from it open CareerLink again.",
    "deactivate": "Its launches are refused from now on, and say why.",
    "approve": "Launches from it open CareerLink from now on.",
    "turn-off": "Its launches are refused from now on, and say why.",
}


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None:
        return []
    if actor.is_admin:
        return [Tab("LMS", url_for("desk.listed"), page="desk", position=85, is_seldom=True)]
    if actor.runs_lms and not actor.reads_office:
        return [
            Tab("LMS", url_for("desk_newcomer.show"), page="desk", position=85, is_seldom=True)
        ]
    return []


@bp.get("")
@access(admin_desk)
def listed() -> str:
    with transaction() as session:
        return render_template(
            "lti/desk/list.html",
            rows=queries.rows(session, g.actor),
            ways_in=_ways_in(),
            check_endpoint=CHECK,
        )


@bp.get("/<int:registration_id>")
@access(admin_desk)
def show(registration_id: int) -> str:
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        row = queries.row_of(session, registration)
        records = [registration, *row.deployments]
        return render_template(
            "lti/desk/show.html",
            row=row,
            registration=registration,
            predecessor=queries.predecessor(session, registration),
            likely=_likely(session, registration),
            moved=addresses.moved(services().settings.server),
            lines=history.lines_of(session, records, actor=g.actor, most=HISTORY_LINES),
            origins=origins_of(row),
            more_pages=MORE,
            check_endpoint=CHECK,
        )


def _likely(session: Session, registration: LtiRegistration) -> LtiRegistration | None:
    """The one that a registration which waits may have come in place of."""
    if registration.state != RegistrationState.PENDING or registration.succeeds_id is not None:
        return None
    return next(iter(succession.candidates(session, registration)), None)


def _ways_in() -> list[tuple[str, str]]:
    known = current_app.view_functions
    return [(label, url_for(endpoint)) for label, endpoint in WAYS_IN if endpoint in known]


def origins_of(row: queries.Row) -> list[str]:
    """Everybody who may show our pages in a frame, whoever said so."""
    found = [origin_of(row.registration.issuer), *row.registration.frame_origins]
    for deployment in row.deployments:
        found += deployment.frame_origins
    return [*dict.fromkeys(origin for origin in found if origin)]


@bp.route("/<int:registration_id>/<any(activate,deactivate):move>", methods=["GET", "POST"])
@access(admin_desk)
def move(registration_id: int, move: str) -> ResponseReturnValue:
    """Ask back, then switch a registration on or off."""
    form = Form()
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        if not form.validate_on_submit():
            return render_template(
                "lti/desk/move.html",
                form=form,
                move=move,
                registration=registration,
                was_pending=registration.state == RegistrationState.PENDING,
                use=queries.use_of(session, registration),
            )
        act = registrations.activate if move == "activate" else registrations.deactivate
        act(session, registration, actor=g.actor)
        flash(DONE[move], "done")
    return redirect(url_for(".show", registration_id=registration_id), 303)


@bp.route(
    "/<int:registration_id>/deployments/<int:deployment_id>/<any('approve','turn-off'):move>",
    methods=["GET", "POST"],
)
@access(admin_desk)
def move_deployment(registration_id: int, deployment_id: int, move: str) -> ResponseReturnValue:
    form = Form()
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        deployment = queries.get_deployment(session, registration, deployment_id)
        if not form.validate_on_submit():
            return render_template(
                "lti/desk/deployment.html",
                form=form,
                move=move,
                registration=registration,
                deployment=deployment,
            )
        if move == "approve":
            registrations.approve_deployment(
                session, registration, deployment.deployment_id, actor=g.actor
            )
        else:
            registrations.turn_off_deployment(session, deployment, actor=g.actor)
        flash(DONE[move], "done")
    return redirect(url_for(".show", registration_id=registration_id), 303)
