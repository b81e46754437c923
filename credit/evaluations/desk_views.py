"""What staff and instructors do with one evaluation: write it down, or close it unanswered."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.files import operations as files
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from careerlink.security import access, sets_up
from careerlink.web import services, transaction
from careerlink.web.forms import Form
from credit import addresses
from credit.evaluations import (
    addenda,
    hours_asked,
    operations,
    plan,
    queries,
    transcribing,
    whole_form,
)
from credit.evaluations.forms import LONG
from credit.evaluations.models import Author, Evaluation, Medium, SubmissionSource
from credit.evaluations.sending import Origin
from credit.evaluations.whole_form import TranscriptionForm

bp = Blueprint(
    "evaluation_desk",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/evaluation/<evaluation_id>",
)


class CloseForm(Form):
    reason = TextAreaField(
        "Why will no evaluation come?",
        validators=[InputRequired("Say why; the instructor reads it"), Length(max=LONG)],
    )


@bp.get("/transcribe")
@access(sets_up)
def ask_transcript(
    course_id: str, placement_id: str, evaluation_id: str
) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _open_one(session, placement_id, evaluation_id)
        if evaluation is None:
            return _back()
        # What the supervisor began and has not sent is nobody's to read.
        form, targets = whole_form.build(session, evaluation, TranscriptionForm, formdata=None)
        return _transcript_page(session, evaluation, form, targets)


@bp.post("/transcribe")
@access(sets_up)
def transcribe(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _open_one(session, placement_id, evaluation_id, to_change=True)
        if evaluation is None:
            flash("The evaluation is here already; nothing was written down twice.", "wait")
            return _back()
        form, targets = whole_form.build(session, evaluation, TranscriptionForm)
        if not whole_form.is_valid(form):
            return _transcript_page(session, evaluation, form, targets), 422
        given = whole_form.given(session, evaluation, form, targets)
        try:
            origin = _origin(session, evaluation, form)
            transcribing.transcribe(session, evaluation, given, actor=g.actor, origin=origin)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _transcript_page(session, evaluation, form, targets), 422
        except NotPossible as refusal:
            form.form_errors += refusal.unmet or [refusal.message]
            return _transcript_page(session, evaluation, form, targets), 422
    flash("Written down. The supervisor gets a mail with what you wrote.", "done")
    return _back()


@bp.get("/close")
@access(sets_up)
def ask_close(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _for_staff(session, placement_id, evaluation_id)
        return _back() if evaluation is None else _close_page(evaluation, CloseForm())


@bp.post("/close")
@access(sets_up)
def close(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _for_staff(session, placement_id, evaluation_id)
        if evaluation is None:
            return _back()
        form = CloseForm()
        if not form.validate():
            return _close_page(evaluation, form), 422
        operations.lapse(session, evaluation, actor=g.actor, reason=form.reason.data or "")
    flash("Closed. The instructor reads why and decides on the other evidence.", "done")
    return _back()


@bp.post("/noted")
@access(sets_up)
def note(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    """Whoever decides has read what came after the decision."""
    with transaction() as session:
        placement = _placement(session, placement_id)
        evaluation = queries.get(session, g.actor, placement, evaluation_id)
        addenda.note(session, evaluation, actor=g.actor)
    flash("Noted. The decision stays as it is.", "done")
    return _back()


def _origin(session: Session, evaluation: Evaluation, form: Any) -> Origin:
    upload = request.files.get("original")
    kept = None
    if upload is not None and upload.filename:
        kept = files.receive(
            session,
            services().settings,
            upload,
            institution_id=evaluation.placement.institution_id,
            actor=g.actor,
            field="original",
        )
    elif form.medium.data != Medium.PHONE:
        raise InvalidInput("Attach the paper or the mail.", field="original")
    return Origin(
        SubmissionSource.TRANSCRIBED,
        medium=Medium(form.medium.data),
        heard_on=form.heard_on.data,
        attachment=kept,
    )


def _open_one(
    session: Session, placement_id: str, evaluation_id: str, *, to_change: bool = False
) -> Evaluation | None:
    """``None`` once it was sent; anything that is not theirs is not there."""
    placement = _placement(session, placement_id)
    query = queries.visible_to(g.actor).where(
        Evaluation.public_id == evaluation_id,
        Evaluation.placement_id == placement.id,
        Evaluation.author == Author.SUPERVISOR,
    )
    evaluation = session.scalar(queries.locked(query) if to_change else query)
    if evaluation is None:
        raise NotFound
    return evaluation if evaluation.state in queries.OPEN else None


def _for_staff(session: Session, placement_id: str, evaluation_id: str) -> Evaluation | None:
    if not g.actor.is_staff:
        raise NotFound
    return _open_one(session, placement_id, evaluation_id, to_change=True)


def _transcript_page(session: Session, evaluation: Evaluation, form: Any, targets: Any) -> str:
    return render_template(
        "credit/evaluations/transcribe.html",
        form=form,
        targets=targets,
        reported=hours_asked.reported(session, evaluation),
        correct_days=plan.CORRECT_DAYS,
        **_about(evaluation),
    )


def _close_page(evaluation: Evaluation, form: CloseForm) -> str:
    return render_template("credit/evaluations/close.html", form=form, **_about(evaluation))


def _about(evaluation: Evaluation) -> dict[str, Any]:
    placement = evaluation.placement
    return {
        "evaluation": evaluation,
        "placement": placement,
        "contact": evaluation.contact,
        "first_name": addresses.first_name(placement),
        "evaluation_url": addresses.of(placement, "evaluation"),
    }


def _placement(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)


def _back() -> ResponseReturnValue:
    args = request.view_args or {}
    return redirect(
        url_for(
            "evaluations.show",
            course_id=args["course_id"],
            placement_id=args["placement_id"],
        ),
        303,
    )
