"""Hours of a placement: the log, one entry, and the instructor's ruling."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.security import access, in_course, studies, teaches
from careerlink.web import transaction
from careerlink.web.templating import hours as in_words
from credit import addresses
from credit.hours import operations, page, queries, rules
from credit.hours.amounts import parse_minutes, written
from credit.hours.forms import HoursForm, RulingForm, sent
from credit.hours.models import EntryState, HoursEntry
from credit.hours.plan import Plan, plan_of

bp = Blueprint("hours", __name__, url_prefix="/courses/<course_id>/placements/<placement_id>")
LOG = "credit/hours/log.html"
MOST_RULED = 2000 * 60


@bp.route("/hours", methods=["GET", "POST"])
@access(in_course)
def log(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        plan = plan_of(session, placement)
        form = HoursForm(data={"worked_on": rules.today_of(placement)})
        form.offer(plan.objectives)
        if form.is_submitted():
            rules.require_open(g.actor, placement)
            if entry := _logged(session, placement, form):
                flash(_logged_words(entry, plan), "saved")
                return redirect(addresses.of(placement, "hours"), 303)
        values = page.values(session, placement, plan, actor=g.actor)
        answer = render_template(LOG, form=form, **values), sent(form)
    reading.note_from_outside(placement, actor=g.actor)
    return answer


@bp.route("/hours/<entry_id>", methods=["GET", "POST"])
@access(studies)
def change(course_id: str, placement_id: str, entry_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        entry = queries.get(session, placement, entry_id, actor=g.actor)
        plan = plan_of(session, placement)
        form = HoursForm(data=_as_typed(entry))
        form.offer(plan.objectives, entry.objective_lineage)
        if form.is_submitted():
            rules.require_open(g.actor, placement)
            rules.require_unconfirmed(entry)
            if _changed(session, entry, form):
                flash("Your hours are changed.", "saved")
                return redirect(addresses.of(placement, "hours"), 303)
        is_open = entry.state == EntryState.REPORTED
        why_not = rules.why_not_open(g.actor, placement)
        return render_template(
            "credit/hours/entry.html",
            form=form,
            placement=placement,
            entry=entry,
            plan=plan,
            may_change=is_open and not why_not,
            why_not=why_not or rules.ANSWERED,
        ), sent(form)


@bp.post("/hours/<entry_id>/take-back")
@access(studies)
def take_back(course_id: str, placement_id: str, entry_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        entry = queries.get(session, placement, entry_id, actor=g.actor)
        operations.take_back(session, entry, actor=g.actor)
        flash(
            f"{in_words(entry.minutes)} of {rules.day_words(entry.worked_on)} taken back.",
            "saved",
        )
        return redirect(addresses.of(placement, "hours"), 303)


@bp.route("/hours/ruling", methods=["GET", "POST"])
@access(teaches)
def ruling(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        plan = plan_of(session, placement)
        form = RulingForm()
        if form.validate_on_submit() and _ruled(session, placement, form):
            flash(
                "Your ruling stands over both figures; the student reads your reason.", "done"
            )
            return redirect(addresses.of(placement, "hours"), 303)
        values = page.values(session, placement, plan, actor=g.actor)
        return render_template("credit/hours/ruling.html", form=form, **values), sent(form)


def _logged(session: Session, placement: Placement, form: HoursForm) -> HoursEntry | None:
    if not form.validate():
        return None
    try:
        return operations.log_hours(session, placement, actor=g.actor, **_content(form))
    except InvalidInput as refusal:
        form.refuse(refusal)
        return None


def _changed(session: Session, entry: HoursEntry, form: HoursForm) -> bool:
    if not form.validate():
        return False
    version = int(form.version.data) if str(form.version.data).isdigit() else 0
    try:
        operations.change_entry(
            session, entry, actor=g.actor, version=version, **_content(form)
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _ruled(session: Session, placement: Placement, form: RulingForm) -> bool:
    try:
        operations.rule(
            session,
            placement,
            actor=g.actor,
            minutes=_ruled_minutes(form.hours.data),
            reason=form.reason.data,
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _ruled_minutes(text: str) -> int:
    """None of the hours may stand, too."""
    if text.strip().rstrip("h ") in ("0", "0.0", "0,0", "0:00"):
        return 0
    return parse_minutes(text, most=MOST_RULED)


def _content(form: HoursForm) -> dict[str, Any]:
    return {
        "worked_on": form.worked_on.data,
        "minutes": parse_minutes(form.hours.data),
        "task": form.task.data,
        "objective_lineage": form.objective.data or None,
    }


def _as_typed(entry: HoursEntry) -> dict[str, Any]:
    return {
        "worked_on": entry.worked_on,
        "hours": written(entry.minutes),
        "task": entry.task,
        "objective": entry.objective_lineage or "",
        "version": entry.version,
    }


def _logged_words(entry: HoursEntry, plan: Plan) -> str:
    words = f"{in_words(entry.minutes)} logged for {rules.day_words(entry.worked_on)}."
    if plan.is_too_early(entry.worked_on) and plan.policy.not_before_agreement:
        words += (
            " That is before the agreement was in force, so it does not count toward credit."
        )
    return words


def _get(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)
