"""Evaluations inside the course: the student's own, and both sides once they are released."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotFound, NotPossible
from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.reminders import operations as reminders
from careerlink.security import access, in_course, studies
from careerlink.web import transaction
from credit.evaluations import hours_asked, ladder, operations, page, plan, queries, rubric
from credit.evaluations.answers import SEEN, WORDS
from credit.evaluations.forms import levels_form, levels_given, words_form, words_given
from credit.evaluations.models import Author, Evaluation, EvaluationKind, EvaluationState
from credit.evaluations.plan import Questions
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
        if not writes_own(g.actor, placement) or not _is_open(session, placement):
            answer = _read_page(session, placement)
            reading.note_from_outside(placement, actor=g.actor)
            return answer
        own = operations.now_of(session, placement, actor=g.actor)
        draft = operations.draft_of(session, placement, own, actor=g.actor)
        form = _form(
            session,
            placement,
            own,
            formdata=None,
            data={**draft.get(SEEN, {}), **draft.get(WORDS, {})},
        )
        return _write_page(session, placement, own, form)


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
        form = _form(session, placement, own)
        is_complete = form.validate()
        _keep(session, own, form)
    if not sends:
        flash("Saved. Nobody else sees it until you send it.", "saved")
        return _back()
    if is_complete:
        return _send(placement_id, form)
    with transaction() as session:
        placement = _placement(session, placement_id)
        now = operations.now_of(session, placement, actor=g.actor)
        return _write_page(session, placement, now, form), 422


@bp.post("/draft")
@access(studies)
def keep_draft(course_id: str, placement_id: str) -> ResponseReturnValue:
    """What the page sends by itself while somebody writes."""
    with transaction() as session:
        placement = _placement(session, placement_id)
        own = operations.to_fill_in(session, placement, actor=g.actor)
        if own.state != EvaluationState.SUBMITTED:
            _keep(session, own, _form(session, placement, own))
    return "", 204


@bp.post("/remind/<evaluation_id>")
@access(in_course)
def remind(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _placement(session, placement_id)
        evaluation = queries.get(session, g.actor, placement, evaluation_id)
        if evaluation.author != Author.SUPERVISOR:
            raise NotFound
        key, subject_id = ladder.of(evaluation)
        reminders.nudge(session, key, subject_id, actor=g.actor)
    flash("A reminder with a working link goes out in the supervisor’s working hours.", "done")
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
            placement = _placement(session, placement_id)
            now = operations.now_of(session, placement, actor=g.actor)
            return _write_page(session, placement, now, form), 422
    flash("Sent. You can now read what the supervisor sends, too.", "done")
    return _back()


def _form(session: Session, placement: Placement, own: Evaluation | None, **kwargs: Any) -> Any:
    asked = _asked(session, own)
    return levels_form(
        rubric.targets(session, placement, own),
        words_form(asked),
        asks_examples=asked.asks_examples,
        **kwargs,
    )


def _asked(session: Session, own: Evaluation | None) -> Questions:
    if own is None:
        return plan.questions(EvaluationKind.FINAL, Author.STUDENT, is_short=False)
    return hours_asked.questions(session, own)


def _keep(session: Session, own: Evaluation, form: Any) -> None:
    levels = levels_given(form, rubric.targets(session, own.placement, own))
    operations.save_step(session, own, actor=g.actor, step=SEEN, given=levels)
    operations.save_step(session, own, actor=g.actor, step=WORDS, given=words_given(form))


def _is_open(session: Session, placement: Placement) -> bool:
    """Something waits for the student's answer."""
    own = operations.now_of(session, placement, actor=g.actor)
    is_sent = own is not None and own.state == EvaluationState.SUBMITTED
    return not is_sent and operations.may_begin(placement, own)


def _write_page(
    session: Session, placement: Placement, own: Evaluation | None, form: Any
) -> str:
    return render_template(
        "credit/evaluations/write.html",
        form=form,
        own=own,
        asked=_asked(session, own),
        targets=rubric.targets(session, placement, own),
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
