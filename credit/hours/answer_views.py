"""What a student does about hours that the supervisor answered: correct them, or dispute."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from careerlink.security import access, studies
from careerlink.web import transaction
from careerlink.web.forms import as_number
from credit import addresses
from credit.hours import correcting, disputing, page, queries
from credit.hours.amounts import DAY, written
from credit.hours.forms import CorrectionForm, DisputeForm, minutes_or_none, sent
from credit.hours.models import HoursEntry
from credit.hours.plan import plan_of

bp = Blueprint(
    "hours_answers", __name__, url_prefix="/courses/<course_id>/placements/<placement_id>"
)


@bp.route("/hours/<entry_id>/correct", methods=["GET", "POST"])
@access(studies)
def correct(course_id: str, placement_id: str, entry_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        entry = queries.get(session, placement, entry_id, actor=g.actor)
        form = CorrectionForm(
            data={
                "worked_on": entry.worked_on,
                "hours": written(entry.minutes),
                "version": entry.version,
            }
        )
        if form.validate_on_submit() and _corrected(session, entry, form):
            flash("Corrected. The supervisor is asked to answer on the new total.", "saved")
            return redirect(addresses.of(placement, "hours"), 303)
        return render_template(
            "credit/hours/correct.html",
            form=form,
            placement=placement,
            entry=entry,
            plan=plan_of(session, placement),
            why_not=correcting.why_not(session, g.actor, entry),
        ), sent(form)


@bp.route("/hours/dispute", methods=["GET", "POST"])
@access(studies)
def dispute(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        form = DisputeForm()
        if form.validate_on_submit() and _disputed(session, placement, form):
            flash("Your instructor is asked to rule. Both figures stay on record.", "saved")
            return redirect(addresses.of(placement, "hours"), 303)
        values = page.values(session, placement, plan_of(session, placement), actor=g.actor)
        return render_template("credit/hours/dispute.html", form=form, **values), sent(form)


@bp.post("/hours/dispute/take-back")
@access(studies)
def take_back(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        disputing.take_back(session, placement, actor=g.actor)
        flash("Your question to the instructor is taken back.", "saved")
        return redirect(addresses.of(placement, "hours"), 303)


def _corrected(session: Session, entry: HoursEntry, form: CorrectionForm) -> bool:
    try:
        correcting.correct(
            session,
            entry,
            actor=g.actor,
            version=as_number(form.version.data, 0),
            worked_on=form.worked_on.data,
            minutes=minutes_or_none(form.hours.data, most=DAY),
            reason=form.reason.data,
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _disputed(session: Session, placement: Placement, form: DisputeForm) -> bool:
    try:
        disputing.dispute(session, placement, actor=g.actor, words=form.words.data)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _get(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)
