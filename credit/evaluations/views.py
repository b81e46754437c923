"""Evaluations inside the course: the student's own, and both side by side once they may be."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotFound, NotPossible
from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.security import access, in_course, studies
from careerlink.web import transaction
from credit.evaluations import operations, page, queries, rubric
from credit.evaluations.answers import SEEN, WORDS
from credit.evaluations.forms import WordsForm, levels_form, levels_given, words_given
from credit.evaluations.models import Author, Evaluation, EvaluationState
from credit.evaluations.workflow import writes_own

bp = Blueprint(
    "evaluations",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/evaluation",
)


@bp.get("")
@access(in_course)
def show(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _placement(session, placement_id)
        own = queries.open_or_sent(session, placement, None)
        if not _may_write(placement, own):
            answer = _read_page(session, placement)
            reading.note_from_outside(placement, actor=g.actor)
            return answer
        draft = own.draft if own is not None else {}
        form = levels_form(
            rubric.targets(session, placement),
            WordsForm,
            formdata=None,
            data={**draft.get(SEEN, {}), **draft.get(WORDS, {})},
        )
        return _write_page(session, placement, form)


@bp.post("")
@access(studies)
def write(course_id: str, placement_id: str) -> ResponseReturnValue:
    """Save what is there, or send it once everything is."""
    sends = request.form.get("action") == "send"
    with transaction() as session:
        placement = _placement(session, placement_id)
        own = operations.to_fill_in(session, placement, actor=g.actor)
        if own.state == EvaluationState.SUBMITTED:
            return _back()
        targets = rubric.targets(session, placement)
        form = levels_form(targets, WordsForm)
        is_complete = form.validate()
        _keep(session, own, form, targets)
    if not sends:
        flash("Saved. Nobody else sees it until you send it.", "saved")
        return _back()
    if is_complete:
        return _send(placement_id, form)
    with transaction() as session:
        return _write_page(session, _placement(session, placement_id), form), 422


@bp.post("/draft")
@access(studies)
def keep_draft(course_id: str, placement_id: str) -> ResponseReturnValue:
    """What the page sends by itself while somebody writes."""
    with transaction() as session:
        placement = _placement(session, placement_id)
        own = operations.to_fill_in(session, placement, actor=g.actor)
        targets = rubric.targets(session, placement)
        if own.state != EvaluationState.SUBMITTED:
            _keep(session, own, levels_form(targets, WordsForm), targets)
    return "", 204


@bp.post("/remind/<evaluation_id>")
@access(in_course)
def remind(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _placement(session, placement_id)
        evaluation = session.scalar(
            queries.visible_to(g.actor).where(
                Evaluation.public_id == evaluation_id,
                Evaluation.placement_id == placement.id,
                Evaluation.author == Author.SUPERVISOR,
            )
        )
        if evaluation is None:
            raise NotFound
        operations.remind(session, evaluation, actor=g.actor)
    flash("A reminder with a working link is on its way to the supervisor.", "done")
    return _back()


def _send(placement_id: str, form: Any) -> ResponseReturnValue:
    try:
        with transaction() as session:
            placement = _placement(session, placement_id)
            own = operations.to_fill_in(session, placement, actor=g.actor)
            operations.submit(session, own, actor=g.actor)
    except NotPossible as refusal:
        session.rollback()
        form.form_errors += refusal.unmet or [refusal.message]
        with transaction() as session:
            return _write_page(session, _placement(session, placement_id), form), 422
    flash("Sent. You can now read what the supervisor sends, too.", "done")
    return _back()


def _keep(session: Session, own: Evaluation, form: Any, targets: Any) -> None:
    levels = levels_given(form, targets)
    operations.save_step(session, own, actor=g.actor, step=SEEN, given=levels)
    operations.save_step(session, own, actor=g.actor, step=WORDS, given=words_given(form))


def _may_write(placement: Placement, own: Evaluation | None) -> bool:
    is_open = own is None or own.state in (
        EvaluationState.REQUESTED,
        EvaluationState.IN_PROGRESS,
    )
    return writes_own(g.actor, placement) and is_open and operations.may_begin(placement, own)


def _write_page(session: Session, placement: Placement, form: Any) -> str:
    targets = rubric.targets(session, placement)
    return render_template(
        "credit/evaluations/write.html",
        form=form,
        targets=targets,
        **page.values(session, placement, actor=g.actor),
    )


def _read_page(session: Session, placement: Placement) -> str:
    return render_template(
        "credit/evaluations/show.html", **page.values(session, placement, actor=g.actor)
    )


def _placement(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)


def _back() -> ResponseReturnValue:
    args = request.view_args or {}
    course_id, placement_id = args["course_id"], args["placement_id"]
    return redirect(url_for(".show", course_id=course_id, placement_id=placement_id), 303)
