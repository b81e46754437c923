"""The supervisor's check-in, behind their link."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import SupervisorTask
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from credit import addresses
from credit.check_ins import page, queries
from credit.check_ins.models import CheckInKind, Party

bp = Blueprint("check_ins_by_link", __name__, url_prefix="/s/<token>/check-in")


@bp.get("")
@access(supervisor_link)
def show(token: str) -> ResponseReturnValue:
    with transaction() as session:
        values = page.values(session, g.placement, Party.SUPERVISOR, actor=g.actor)
        return render_template("credit/check_ins/supervisor.html", token=token, **values)


@bp.post("/<check_in_id>")
@access(supervisor_link)
def answer(token: str, check_in_id: str) -> ResponseReturnValue:
    with transaction() as session:
        found = queries.get(session, g.placement, check_in_id, actor=g.actor)
        form = page.sent(session, found, actor=g.actor)
        if form is not None:
            values = page.values(
                session, g.placement, Party.SUPERVISOR, actor=g.actor, form=form
            )
            return render_template(
                "credit/check_ins/supervisor.html", token=token, **values
            ), 422
        flash(page.thanks(found), "done")
    return redirect(url_for(".show", token=token), 303)


def tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    if placement.state != PlacementState.ACTIVE:
        return []
    found = queries.due(session, placement, Party.SUPERVISOR)
    if found is None:
        return []
    name = addresses.first_name(placement)
    is_first = found.kind == CheckInKind.FIRST_CONTACT
    return [
        SupervisorTask(
            title=f"say whether you and {name} have been in touch"
            if is_first
            else f"say how it goes with {name}",
            text="One tap; a few words if you like.",
            url=url_for("check_ins_by_link.show", token=token),
            action="Answer",
        )
    ]
