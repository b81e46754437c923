"""Moving a partner on: each move has a page of its own that says what will happen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink import states
from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.institutions.day import campus_day
from careerlink.listings import queries as listings
from careerlink.partners import operations, queries
from careerlink.partners.forms import ReasonForm, UntilForm
from careerlink.partners.models import Partner
from careerlink.partners.views import bp
from careerlink.partners.workflow import WORKFLOW
from careerlink.security import access, office_staff
from careerlink.web import transaction
from careerlink.web.forms import Form

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Move:
    form: type[Form]
    act: Callable[..., None]
    done: str


MOVES = {
    "review": Move(Form, operations.start_review, "Review started. Record the checks next."),
    "reopen": Move(ReasonForm, operations.reopen, "Review opened again."),
    "approve": Move(UntilForm, operations.approve, "Partner approved."),
    "extend": Move(UntilForm, operations.approve, "Approval extended."),
    "resume": Move(UntilForm, operations.approve, "Partner resumed. New work may start again."),
    "pause": Move(ReasonForm, operations.pause, "Partner paused. Nothing new can start there."),
    "decline": Move(ReasonForm, operations.decline, "Partner declined."),
}


@bp.route(
    "/<partner_id>/<any(review,reopen,approve,extend,resume,pause,decline):verb>",
    methods=["GET", "POST"],
)
@access(office_staff)
def move(partner_id: str, verb: str) -> ResponseReturnValue:
    with transaction() as session:
        partner = queries.get_visible(session, g.actor, partner_id)
        today = campus_day(session, g.actor)
        edge = _edge(partner, verb)
        form = MOVES[verb].form(obj=None, data={"until": _suggested(partner, today)})
        if form.validate_on_submit():
            try:
                _act(session, partner, verb, form, today)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash(MOVES[verb].done, "done")
                return redirect(url_for(".show", partner_id=partner_id), 303)
        return render_template(
            "careerlink/partners/move.html",
            form=form,
            partner=partner,
            verb=verb,
            edge=edge,
            missing=states.missing(session, partner, edge),
            published=listings.count_published(session, partner),
        ), 422 if form.is_submitted() else 200


def _edge(partner: Partner, verb: str) -> states.Transition:
    for _to, edge in states.available(partner, WORKFLOW, g.actor):
        if edge.verb == verb:
            return edge
    if verb not in MOVES:
        raise NotFound
    raise NotPossible(f"This partner is {states.words(partner.state)} now; look again.")


def _act(session: Session, partner: Partner, verb: str, form: Any, today: date) -> None:
    details: dict[str, Any] = {}
    if "reason" in form:
        details["reason"] = form.reason.data
    if "until" in form:
        details |= {"until": form.until.data, "today": today}
    MOVES[verb].act(session, partner, actor=g.actor, **details)


def _suggested(partner: Partner, today: date) -> date:
    """A year from now, or what was agreed before a pause."""
    agreed = partner.approved_until
    return agreed if agreed is not None and agreed > today + A_YEAR / 2 else today + A_YEAR
