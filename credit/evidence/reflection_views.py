"""Writing the reflection: a draft that keeps itself, and a version that is handed in."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from careerlink.security import access, studies
from careerlink.web import transaction
from credit import addresses
from credit.evidence import page, progress, reflecting, rules
from credit.evidence.forms import ReflectionForm, reflection_form

bp = Blueprint(
    "reflections",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/evidence/reflection",
)


@bp.route("", methods=["GET", "POST"])
@access(studies)
def write(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        rules.require_open(session, g.actor, placement)
        values = page.reflection_values(session, placement, actor=g.actor)
        form = reflection_form(values["objectives"], is_short=values["is_short"])(
            data=values.pop("typed")
        )
        if form.validate_on_submit():
            reflecting.hand_in(session, placement, actor=g.actor, written=form.written())
            flash("Your reflection is handed in. You can write a newer version.", "done")
            return redirect(addresses.of(placement, "evidence"), 303)
        lines = progress.board(session, placement, actor=g.actor)
        return render_template(
            "credit/evidence/reflection.html",
            form=form,
            gaps={line.objective.lineage: line.gap for line in lines},
            **values,
        ), (422 if form.is_submitted() else 200)


@bp.post("/draft")
@access(studies)
def keep_draft(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        _keep(session, _get(session, placement_id))
    return "", 204


@bp.post("/save")
@access(studies)
def save_draft(course_id: str, placement_id: str) -> ResponseReturnValue:
    """The same by a button, where no script runs."""
    with transaction() as session:
        placement = _get(session, placement_id)
        _keep(session, placement)
        flash("Your draft is kept; only you see it.", "saved")
        return redirect(addresses.of(placement, "evidence"), 303)


def _keep(session: Session, placement: Placement) -> None:
    form = _draft_form(session, placement)
    reflecting.keep_draft(session, placement, actor=g.actor, written=form.written())


def _draft_form(session: Session, placement: Placement) -> ReflectionForm:
    return reflection_form(
        page.objectives_of(session, placement),
        is_short=reflecting.asks_short(session, placement),
        is_draft=True,
    )()


def _get(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)
