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
from careerlink.web.forms import as_number
from careerlink.web.templating import hours as in_words
from credit import addresses
from credit.hours import correcting, operations, page, queries, remarks, rules
from credit.hours.amounts import parse_minutes, written
from credit.hours.days import day_words
from credit.hours.forms import HoursForm, RulingForm, minutes_or_none, sent
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
        form = HoursForm(data=_as_last_time(session, placement, plan))
        form.offer(plan.objectives)
        if form.is_submitted():
            form.take_tap()
            rules.require_open(g.actor, placement)
            if entry := _logged(session, placement, form):
                flash(_logged_words(session, entry, plan), "saved")
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
            why_not=rules.ANSWERED if not is_open else why_not,
            why_no_correction=correcting.why_not(session, g.actor, entry),
        ), sent(form)


@bp.post("/hours/<entry_id>/take-back")
@access(studies)
def take_back(course_id: str, placement_id: str, entry_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        entry = queries.get(session, placement, entry_id, actor=g.actor)
        operations.take_back(session, entry, actor=g.actor)
        flash(
            f"{in_words(entry.minutes)} of {day_words(entry.worked_on)} taken back.",
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
            flash("Your ruling stands over both figures; both sides read your reason.", "done")
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
    version = as_number(form.version.data, 0)
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
            minutes=minutes_or_none(form.hours.data, most=MOST_RULED),
            reason=form.reason.data,
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


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


def _as_last_time(session: Session, placement: Placement, plan: Plan) -> dict[str, Any]:
    """Today, and the work that was logged last: often one tap is all there is to do."""
    last = queries.last_entry(session, placement)
    today = min(rules.today_of(placement), plan.ends_on)
    if last is None:
        return {"worked_on": today}
    known = {one.lineage for one in plan.objectives}
    objective = last.objective_lineage if last.objective_lineage in known else ""
    return {"worked_on": today, "task": last.task, "objective": objective}


def _logged_words(session: Session, entry: HoursEntry, plan: Plan) -> str:
    found = list(queries.entries(session, entry.placement))
    words = f"{in_words(entry.minutes)} logged for {day_words(entry.worked_on)}."
    return f"{words} {remarks.on_entry(entry.placement, plan, entry, found)}".strip()


def _get(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)
