"""The student's check-in: one question, one tap, a few words if they like."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from careerlink.security import access, studies
from careerlink.web import transaction
from credit import addresses
from credit.check_ins import page, queries
from credit.check_ins.models import Party

bp = Blueprint(
    "check_ins", __name__, url_prefix="/courses/<course_id>/placements/<placement_id>/check-in"
)


@bp.get("")
@access(studies)
def show(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _own(session, placement_id)
        values = page.values(session, placement, Party.STUDENT, actor=g.actor)
        return render_template("credit/check_ins/student.html", **values)


@bp.post("/<check_in_id>")
@access(studies)
def answer(course_id: str, placement_id: str, check_in_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _own(session, placement_id)
        found = queries.get(session, placement, check_in_id, actor=g.actor)
        form = page.sent(session, found, actor=g.actor)
        if form is not None:
            values = page.values(session, placement, Party.STUDENT, actor=g.actor, form=form)
            return render_template("credit/check_ins/student.html", **values), 422
        flash(page.thanks(found), "done")
    return redirect(addresses.of(placement, "check-in"), 303)


def _own(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)
