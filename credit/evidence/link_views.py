"""A project's deliverables behind a supervisor's link: read, accept, ask for rework."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import ChangedMeanwhile, InvalidInput, NotFound, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import SupervisorTask
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import request_session, transaction
from credit.evidence import criteria, page, queries, reviewing, workflow
from credit.evidence.answer_forms import LookForm, look_form
from credit.evidence.models import DeliverableState, EvidenceKind
from credit.evidence.queries import HandedIn
from credit.evidence.review_models import ReviewOutcome

bp = Blueprint("evidence_by_link", __name__, url_prefix="/s/<token>/work")
OUTCOMES = {
    "accept": ReviewOutcome.ACCEPTED,
    "rework": ReviewOutcome.REWORK,
    "refer": ReviewOutcome.REFERRED,
}
DONE = {
    "accept": "Thank you: it is accepted, and the student gets a mail.",
    "rework": "The student gets a mail and reads what you wrote.",
    "refer": "The career office has it now and writes to both of you.",
}


@bp.get("")
@access(supervisor_link)
def show(token: str) -> str:
    with transaction() as session:
        values = page.work_values(session, g.placement, actor=g.actor)
        return render_template("credit/evidence/link.html", token=token, **values)


@bp.get("/<piece>")
@access(supervisor_link)
def look(token: str, piece: str) -> ResponseReturnValue:
    with transaction() as session:
        found = _piece(session, piece)
        return _page(session, token, found, _form(session, found))


@bp.post("/<piece>")
@access(supervisor_link)
def answer(token: str, piece: str) -> ResponseReturnValue:
    outcome = OUTCOMES.get(request.form.get("answer", ""))
    if outcome is None:
        raise NotFound
    session = request_session()
    try:
        with transaction():
            found = _piece(session, piece)
            given = _form(session, found).answer(outcome)
            reviewing.answer(session, found.deliverable, given, actor=g.actor)
        flash(DONE[request.form["answer"]], "done")
        return redirect(url_for(".show", token=token), 303)
    except (InvalidInput, ChangedMeanwhile, NotPossible) as refusal:
        session.rollback()
        with transaction():
            found = _piece(session, piece)
            return _refused(session, token, found, _form(session, found), refusal)


def tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    """One for each thing that waits for an answer; what is read only stands in no way."""
    found = [one for one in queries.pieces(session, placement, actor=actor) if one.latest]
    is_closed = bool(reviewing.why_closed(session, placement))
    waiting = [
        SupervisorTask(
            title=f"look at “{piece.deliverable.title}” and say if it will do",
            text="Accept it, or say in a few words what should change.",
            url=url_for(
                "evidence_by_link.look", token=token, piece=piece.deliverable.public_id
            ),
            action="Look at it",
        )
        for piece in found
        if piece.deliverable is not None
        and piece.deliverable.state == DeliverableState.HANDED_IN
        and not is_closed
    ]
    if not found:
        return []
    return [
        *waiting,
        SupervisorTask(
            title="what was handed in",
            text=", ".join(one.deliverable.title for one in found if one.deliverable),
            url=url_for("evidence_by_link.show", token=token),
            action="Look at all of it",
            is_done=True,
        ),
    ]


def _piece(session: Session, name: str) -> HandedIn:
    return queries.handed_in(session, g.placement, name, actor=g.actor)


def _form(session: Session, piece: HandedIn) -> LookForm:
    latest = piece.latest
    asked = (
        criteria.of(latest, page.objectives_of(session, g.placement))
        if latest.kind == EvidenceKind.ATTESTED
        else []
    )
    return look_form(asked)(data={"number": latest.number})


def _refused(
    session: Session,
    token: str,
    piece: HandedIn,
    form: LookForm,
    refusal: InvalidInput | ChangedMeanwhile | NotPossible,
) -> ResponseReturnValue:
    """The page as it is now, with the words as typed."""
    if isinstance(refusal, InvalidInput):
        form.refuse(refusal)
        return _page(session, token, piece, form), 422
    form.number.data = str(piece.latest.number)
    lines = refusal.unmet if isinstance(refusal, NotPossible) else []
    notice = " ".join([refusal.message, *lines])
    return _page(session, token, piece, form, notice=notice), 409


def _page(
    session: Session, token: str, piece: HandedIn, form: LookForm, *, notice: str = ""
) -> str:
    values = page.work_values(session, g.placement, actor=g.actor)
    asked = criteria.of(piece.latest, values["objectives"])
    return render_template(
        "credit/evidence/look.html",
        token=token,
        piece=piece.piece,
        form=form,
        notice=notice,
        hints={f"criterion-{one.key}": one.hint for one in asked},
        left=workflow.rounds_left(piece.deliverable),
        why_closed=reviewing.why_closed(session, g.placement),
        **values,
    )
