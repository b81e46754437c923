"""The hours behind a supervisor's link: every entry, one tap to confirm, or another figure."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import SupervisorTask
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from careerlink.web.templating import hours as in_words
from credit import addresses, decided
from credit.hours import correcting, disputing, operations, page, queries
from credit.hours.forms import ConfirmForm, minutes_or_none, sent
from credit.hours.operations import MOST_MINUTES
from credit.hours.plan import plan_of

bp = Blueprint("hours_by_link", __name__, url_prefix="/s/<token>/hours")
WORKED = (PlacementState.ACTIVE, PlacementState.WORK_COMPLETED)
CLOSED = "The university is done with these hours, so they stay as they are. Thank you."
LOGGED_MEANWHILE = "Hours were logged or corrected meanwhile. Look at the total once more."


@bp.route("", methods=["GET", "POST"])
@access(supervisor_link)
def show(token: str) -> ResponseReturnValue:
    with transaction() as session:
        form = ConfirmForm()
        if form.validate_on_submit() and _confirmed(session, form):
            flash("Your answer is kept, beside what the student logged.", "saved")
            return redirect(url_for(".show", token=token), 303)
        values = page.values(session, g.placement, plan_of(session, g.placement), actor=g.actor)
        form.reported.data = str(values["totals"].reported)
        return render_template(
            "credit/hours/link.html",
            form=form,
            token=token,
            first_name=addresses.first_name(g.placement),
            why_no_answer=why_no_answer(session, g.placement),
            **values,
        ), sent(form)


@bp.post("/take-back")
@access(supervisor_link)
def take_back(token: str) -> ResponseReturnValue:
    with transaction() as session:
        disputing.take_back(session, g.placement, actor=g.actor)
        flash("Your question to the instructor is taken back.", "saved")
        return redirect(url_for(".show", token=token), 303)


def tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    """Asked for by itself only after a correction; otherwise the evaluation asks for it."""
    if placement.state not in WORKED:
        return []
    reported = queries.totals(session, [placement.id])[placement.id].reported
    if not reported:
        return []
    name = addresses.first_name(placement)
    is_asked = correcting.awaits_answer(session, placement) and not why_no_answer(
        session, placement
    )
    return [
        SupervisorTask(
            title=f"look at the hours that {name} corrected" if is_asked else "the hours",
            text=f"{in_words(reported)} are logged.",
            url=url_for("hours_by_link.show", token=token),
            action="Answer on the hours" if is_asked else "Look at the hours",
            is_done=not is_asked,
        )
    ]


def why_no_answer(session: Session, placement: Placement) -> str:
    """Why the total is not confirmed here now; empty when it can be.

    What was decided on credit, or appealed, is nothing that a partner reads.
    """
    if placement.state not in WORKED:
        return "The work is over."
    if placement.course.concluded_at is not None:
        return "The student’s course is concluded, so nothing changes any more."
    if queries.is_ruled(session, placement):
        return "The instructor has ruled on the total, and the ruling stands."
    return CLOSED if decided.why_closed(session, placement) else ""


def _confirmed(session: Session, form: ConfirmForm) -> bool:
    queries.one_at_a_time(session, g.placement)
    if why := why_no_answer(session, g.placement):
        raise NotPossible(why)
    try:
        _answer(session, form)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _answer(session: Session, form: ConfirmForm) -> None:
    """Their word is about the total that the page showed them."""
    reported = queries.totals(session, [g.placement.id])[g.placement.id].reported
    is_right = request.form.get("right") == "yes"
    if is_right and str(reported) != form.reported.data:
        raise InvalidInput(LOGGED_MEANWHILE, field="hours")
    minutes = reported
    if not is_right:
        if not (form.hours.data or "").strip():
            raise InvalidInput("Enter your figure, such as 18.5.", field="hours")
        minutes = minutes_or_none(form.hours.data or "", most=MOST_MINUTES)
    note = "" if is_right else (form.note.data or "").strip()
    asks = form.ask_instructor.data and not is_right
    if asks and not note:
        raise InvalidInput(
            "Say in your words what differs; the instructor reads it.", field="note"
        )
    operations.confirm(
        session, g.placement, actor=g.actor, confirmed_minutes=minutes, note=note
    )
    if asks:
        disputing.dispute(session, g.placement, actor=g.actor, words=note)
