"""The career office's pages about placements: the table, one record, and who supervises."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.errors import InvalidInput
from careerlink.placements import (
    naming,
    office_queries,
    operations,
    page,
    planning,
    queries,
)
from careerlink.placements.forms import (
    MessageForm,
    ReasonForm,
    SupervisorForm,
)
from careerlink.placements.models import Placement, PlacementState
from careerlink.placements.reading import note_reading
from careerlink.security import access, office, office_staff
from careerlink.supervisors import hand_overs
from careerlink.supervisors.hand_overs import Answer
from careerlink.web import transaction

bp = Blueprint("office_placements", __name__, url_prefix="/office/placements")
PAGE = "careerlink/placements/office_show.html"
WITH_REASON = {
    "cancel": operations.cancel,
    "end_early": operations.end_early,
    "reopen": operations.reopen,
}
PLAIN = {
    "start": operations.start,
    "complete": operations.complete,
    "close": operations.close,
}


@bp.get("")
@access(office)
def listed() -> str:
    value = request.args.get("state", "")
    state = PlacementState(value) if value in set(PlacementState) else None
    with transaction() as session:
        counts = queries.counts_by_state(session, g.actor)
        rows = office_queries.listed(
            session, g.actor, state=state, after=request.args.get("after")
        )
        return render_template(
            "careerlink/placements/office_list.html",
            page=rows,
            supervisors=office_queries.supervisors_of(session, rows.rows),
            counts=counts,
            total=sum(counts.values()),
            states=list(PlacementState),
            chosen=state,
        )


@bp.get("/<placement_id>")
@access(office)
def show(placement_id: str) -> str:
    with transaction() as session:
        placement = queries.get(session, placement_id, actor=g.actor, course=None)
        shown = render_template(PAGE, **page.values(session, placement, actor=g.actor))
    note_reading(placement, actor=g.actor)
    return shown


@bp.post("/<placement_id>/<any(start, complete, close):deed>")
@access(office_staff)
def move(placement_id: str, deed: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = queries.get(session, placement_id, actor=g.actor, course=None)
        PLAIN[deed](session, placement, actor=g.actor)
        flash("Done; it stands in the history.", "done")
    return _to(placement)


@bp.route("/<placement_id>/<any(cancel, end_early, reopen):deed>", methods=["GET", "POST"])
@access(office_staff)
def move_with_reason(placement_id: str, deed: str) -> ResponseReturnValue:
    form = ReasonForm()
    with transaction() as session:
        placement = queries.get(session, placement_id, actor=g.actor, course=None)
        if not form.validate_on_submit():
            shown = render_template(
                "careerlink/placements/move.html", form=form, placement=placement, deed=deed
            )
            return shown, (422 if form.is_submitted() else 200)
        WITH_REASON[deed](session, placement, actor=g.actor, reason=form.reason.data)
        flash("Done. The student gets a mail and can read your reason.", "done")
    return _to(placement)


@bp.post("/<placement_id>/messages")
@access(office_staff)
def send_message(placement_id: str) -> ResponseReturnValue:
    form = MessageForm()
    with transaction() as session:
        placement = queries.get(session, placement_id, actor=g.actor, course=None)
        if not form.validate():
            values = page.values(session, placement, actor=g.actor)
            return render_template(PAGE, **{**values, "form": form, "message_form": form}), 422
        operations.send_message(session, placement, actor=g.actor, text=form.text.data)
        flash("Your message is sent.", "saved")
    return _to(placement)


@bp.route("/<placement_id>/supervisor", methods=["GET", "POST"])
@access(office_staff)
def supervisor(placement_id: str) -> ResponseReturnValue:
    """Staff set and verify the address that links go to; students never type it."""
    with transaction() as session:
        placement = queries.get(session, placement_id, actor=g.actor, course=None)
        people = naming.on_file(session, placement.partner)
        form = SupervisorForm(people=[(c.public_id, f"{c.name}, {c.email}") for c in people])
        values: dict[str, Any] = {
            "form": form,
            "placement": placement,
            "people": people,
            "supervisions": queries.supervisions(session, placement),
        }
        if not form.validate_on_submit():
            shown = render_template("careerlink/placements/supervisor.html", **values)
            return shown, (422 if form.is_submitted() else 200)
        try:
            _set_supervisor(session, placement, form)
        except InvalidInput as refusal:
            session.rollback()
            form.refuse(refusal)
            placement = queries.get(session, placement_id, actor=g.actor, course=None)
            shown = render_template(
                "careerlink/placements/supervisor.html", **{**values, "placement": placement}
            )
            return shown, 422
        flash("This person supervises from now on; links go to the verified address.", "done")
    return _to(placement)


def _set_supervisor(session: Session, placement: Placement, form: SupervisorForm) -> None:
    contact = naming.verified_person(
        session,
        placement.partner,
        choice=form.contact.data,
        name=form.name.data or "",
        email=form.email.data or "",
        how=form.how.data or "",
        actor=g.actor,
    )
    if not planning.current_supervisions(session, placement):
        planning.set_supervisor(session, placement, contact, actor=g.actor)
        return
    answer = Answer(
        contact,
        form.from_on.data or clock.today(placement.institution.time_zone),
        asks_former=form.asks_former.data,
    )
    hand_overs.arrange(
        session, placement, answer, actor=g.actor, passes_draft=form.passes_draft.data
    )


def _to(placement: Placement) -> ResponseReturnValue:
    url = url_for("office_placements.show", placement_id=placement.public_id)
    return redirect(url, 303)
