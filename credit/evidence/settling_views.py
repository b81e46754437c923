"""Where the rounds are used up or the supervisor stays silent: the career office answers."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink import states
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotFound, NotPossible
from careerlink.placements import queries as placements
from careerlink.security import access, in_course
from careerlink.web import request_session, transaction
from credit import addresses
from credit.evidence import page, queries, reviewing
from credit.evidence.answer_forms import LookForm
from credit.evidence.queries import HandedIn
from credit.evidence.review_models import ReviewOutcome
from credit.evidence.workflow import DELIVERABLE

bp = Blueprint(
    "settling",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/evidence/<piece>/settle",
)
OUTCOMES = {"allow": ReviewOutcome.ONE_MORE_ROUND, "accept": ReviewOutcome.ON_EVIDENCE}


@bp.get("")
@access(in_course)
def show(course_id: str, placement_id: str, piece: str) -> ResponseReturnValue:
    with transaction() as session:
        found = _piece(session, placement_id, piece)
        return _page(session, found, _form(found))


@bp.post("")
@access(in_course)
def settle(course_id: str, placement_id: str, piece: str) -> ResponseReturnValue:
    outcome = OUTCOMES.get(request.form.get("answer", ""))
    session = request_session()
    try:
        with transaction():
            found = _piece(session, placement_id, piece)
            if outcome is None:
                raise NotFound
            given = _form(found).answer(outcome)
            reviewing.answer(session, found.deliverable, given, actor=g.actor)
            to = addresses.of(found.deliverable.placement, "evidence")
        flash("Kept. Both sides read it, and the student gets a mail.", "done")
        return redirect(to, 303)
    except (InvalidInput, ChangedMeanwhile, NotPossible) as refusal:
        session.rollback()
        with transaction():
            found = _piece(session, placement_id, piece)
            form = _form(found)
            if isinstance(refusal, InvalidInput):
                form.refuse(refusal)
                return _page(session, found, form), 422
            form.number.data = str(found.latest.number)
            lines = refusal.unmet if isinstance(refusal, NotPossible) else []
            return _page(session, found, form, notice=" ".join([refusal.message, *lines])), 409


def _piece(session: Session, placement_id: str, name: str) -> HandedIn:
    """:raises NotFound: also for everybody but career staff, who alone settle it."""
    placement = placements.get(session, placement_id, actor=g.actor, course=g.course)
    if not g.actor.is_staff:
        raise NotFound
    return queries.handed_in(session, placement, name, actor=g.actor)


def _form(piece: HandedIn) -> LookForm:
    return LookForm(data={"number": piece.latest.number})


def _page(session: Session, piece: HandedIn, form: LookForm, *, notice: str = "") -> str:
    deliverable = piece.deliverable
    values = page.work_values(session, deliverable.placement, actor=g.actor)
    return render_template(
        "credit/evidence/settle.html",
        piece=piece.piece,
        form=form,
        notice=notice,
        moves={
            edge.verb: states.missing(session, deliverable, edge)
            for _, edge in states.available(deliverable, DELIVERABLE, g.actor)
        },
        why_closed=reviewing.why_closed(session, deliverable.placement),
        list_url=addresses.of(deliverable.placement, "evidence"),
        **values,
    )
