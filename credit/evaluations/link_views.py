"""The evaluation behind a supervisor's link: a few short steps, then the receipt."""

from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotFound, NotPossible
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from careerlink.web.forms import Form, as_number
from credit.evaluations import hours_asked, operations, plan, receipt_views, rubric
from credit.evaluations.answers import CHECK, HOURS, SEEN, STEP_NAMES, WORDS
from credit.evaluations.forms import (
    HoursForm,
    StepForm,
    hours_values,
    levels_form,
    levels_given,
    words_form,
    words_given,
)
from credit.evaluations.models import Evaluation, EvaluationState
from credit.evaluations.plan import Questions
from credit.hours import queries as hours

bp = receipt_views.bp
PAGES = {
    HOURS: "credit/evaluations/step_hours.html",
    SEEN: "credit/evaluations/step_seen.html",
    WORDS: "credit/evaluations/step_words.html",
    CHECK: "credit/evaluations/step_check.html",
}
STEP = "/<any(hours, seen, words, check):step>"
FIRST = plan.FULL
"""What somebody is asked who was not asked yet, and opens the page after the end."""
TWO_TABS = (
    "You had saved this step in another tab or on another device. What you sent last is kept."
)


@bp.get("")
@access(supervisor_link)
def show(token: str) -> ResponseReturnValue:
    """The receipt once it is sent; before that, the first step that is still open."""
    with transaction() as session:
        evaluation = _evaluation(session)
        if evaluation is not None and _is_sent(evaluation):
            return receipt_views.page(session, token, evaluation)
        if _is_over():
            return redirect(url_for("supervisor.greet", token=token), 303)
        if not operations.may_begin(g.placement, evaluation):
            return render_template("credit/evaluations/too_early.html", **receipt_views.names())
        return redirect(url_for(".step", token=token, step=_first_open(session, evaluation)))


@bp.get(STEP)
@access(supervisor_link)
def step(token: str, step: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _evaluation(session)
        if _is_sent(evaluation) or _is_over():
            return redirect(url_for(".show", token=token), 303)
        if not operations.may_begin(g.placement, evaluation):
            return redirect(url_for(".show", token=token), 303)
        form = _blank_form(session, step, evaluation)
        return _step_page(session, token, step, evaluation, form)


@bp.post(STEP)
@access(supervisor_link)
def save(token: str, step: str) -> ResponseReturnValue:
    """One step at a time; the last one sends. A form that was sent twice finds the receipt."""
    with transaction() as session:
        evaluation = operations.to_fill_in(session, g.placement, actor=g.actor)
        if _is_sent(evaluation):
            return redirect(url_for(".show", token=token), 303)
        if step not in hours_asked.questions(session, evaluation).steps:
            raise NotFound
        if step == CHECK:
            # Nothing is answered there; sending has an address of its own.
            return redirect(url_for(".step", token=token, step=CHECK), 303)
        form = _sent_form(session, step, evaluation)
        given = _given(session, step, form, evaluation)
        if given is None:
            return _step_page(session, token, step, evaluation, form), 422
        if _other_tab(evaluation, form, step, given):
            flash(TWO_TABS, "wait")
        operations.save_step(session, evaluation, actor=g.actor, step=step, given=given)
        steps = hours_asked.questions(session, evaluation).steps
    return redirect(url_for(".step", token=token, step=steps[steps.index(step) + 1]), 303)


@bp.post("/<any(seen, words):step>/draft")
@access(supervisor_link)
def keep_draft(token: str, step: str) -> ResponseReturnValue:
    """What the page sends by itself while somebody writes; half an answer is welcome."""
    with transaction() as session:
        evaluation = operations.to_fill_in(session, g.placement, actor=g.actor)
        if not _is_sent(evaluation):
            form = _sent_form(session, step, evaluation)
            given = (
                levels_given(form, rubric.targets(session, g.placement, evaluation))
                if step == SEEN
                else words_given(form)
            )
            operations.save_step(session, evaluation, actor=g.actor, step=step, given=given)
    return "", 204


@bp.post("/send")
@access(supervisor_link)
def send(token: str) -> ResponseReturnValue:
    form = StepForm()
    try:
        with transaction() as session:
            evaluation = operations.to_fill_in(session, g.placement, actor=g.actor)
            operations.submit(session, evaluation, actor=g.actor)
    except NotPossible:
        session.rollback()
        with transaction() as session:
            now = _evaluation(session)
            return _step_page(session, token, CHECK, now, form), 422
    return redirect(url_for(".show", token=token), 303)


def _evaluation(session: Session) -> Evaluation | None:
    return operations.now_of(session, g.placement, actor=g.actor)


def _is_over() -> bool:
    """The student's course is concluded: what was not sent by now stays open."""
    return bool(g.placement.course.concluded_at)


def _is_sent(evaluation: Evaluation | None) -> bool:
    return evaluation is not None and evaluation.state == EvaluationState.SUBMITTED


def _draft(session: Session, evaluation: Evaluation | None) -> dict[str, Any]:
    return operations.draft_of(session, g.placement, evaluation, actor=g.actor)


def _asked(session: Session, evaluation: Evaluation | None) -> Questions:
    return hours_asked.questions(session, evaluation) if evaluation is not None else FIRST


def _first_open(session: Session, evaluation: Evaluation | None) -> str:
    if evaluation is None:
        return FIRST.steps[0]
    missing = operations.still_missing(session, evaluation)
    return missing[0].step if missing else CHECK


def _blank_form(session: Session, step: str, evaluation: Evaluation | None) -> Any:
    """With what was saved before, so that Back shows it."""
    answer = _draft(session, evaluation).get(step, {})
    asked = _asked(session, evaluation)
    if step == HOURS:
        return HoursForm(formdata=None, data=hours_values(answer))
    if step == SEEN:
        return levels_form(
            rubric.targets(session, g.placement, evaluation),
            asks_examples=asked.asks_examples,
            formdata=None,
            data=answer,
        )
    if step == WORDS:
        return words_form(asked)(formdata=None, data=answer)
    return StepForm(formdata=None)


def _sent_form(session: Session, step: str, evaluation: Evaluation) -> Any:
    asked = _asked(session, evaluation)
    if step == SEEN:
        targets = rubric.targets(session, g.placement, evaluation)
        return levels_form(targets, asks_examples=asked.asks_examples)
    kinds: dict[str, type[Form]] = {HOURS: HoursForm, WORDS: words_form(asked)}
    return kinds.get(step, StepForm)()


def _given(
    session: Session, step: str, form: Any, evaluation: Evaluation
) -> dict[str, Any] | None:
    """The answers of a step that is complete; ``None`` where something is missing."""
    if step == HOURS:
        return _hours_given(session, form, evaluation)
    if not form.validate():
        return None
    if step == SEEN:
        return levels_given(form, rubric.targets(session, g.placement, evaluation))
    return words_given(form)


def _hours_given(
    session: Session, form: HoursForm, evaluation: Evaluation
) -> dict[str, Any] | None:
    # They answered what the page showed; hours logged since then are asked about again.
    now = hours_asked.reported(session, evaluation)
    reported = as_number(request.form.get("reported"), now)
    if request.form.get("right") == "yes":
        return form.given(right=True, reported=reported)
    return form.given(right=False, reported=reported) if form.check_own_figure() else None


def _other_tab(evaluation: Evaluation, form: Any, step: str, given: dict[str, Any]) -> bool:
    before = evaluation.draft.get(step)
    shown = form.seen_version.data or ""
    return before not in (None, given) and shown != str(evaluation.version)


def _step_page(
    session: Session, token: str, step: str, evaluation: Evaluation | None, form: Any
) -> str:
    draft, asked = _draft(session, evaluation), _asked(session, evaluation)
    if step not in asked.steps:
        raise NotFound
    form.seen_version.data = str(evaluation.version) if evaluation is not None else ""
    saved_at = draft.get("saved_at")
    is_settled = hours_asked.is_settled(session, g.placement)
    return render_template(
        PAGES[step],
        token=token,
        form=form,
        step=step,
        steps=[STEP_NAMES[one] for one in asked.steps],
        number=asked.steps.index(step) + 1,
        asked=asked,
        draft=draft,
        targets=rubric.targets(session, g.placement, evaluation),
        reported=_reported(session, evaluation),
        missing=operations.still_missing(session, evaluation) if evaluation else [],
        saved_at=datetime.fromisoformat(saved_at) if saved_at else None,
        evaluation=evaluation,
        is_settled=is_settled,
        **receipt_views.names(),
    )


def _reported(session: Session, evaluation: Evaluation | None) -> int:
    if evaluation is not None:
        return hours_asked.reported(session, evaluation)
    return hours.totals(session, [g.placement.id])[g.placement.id].reported
