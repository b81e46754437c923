"""The evaluation behind a supervisor's link: four short steps, then the receipt."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import NotPossible
from careerlink.security import access
from careerlink.supervisors.access import supervisor_link
from careerlink.web import transaction
from credit import addresses
from credit.competencies import levels
from credit.evaluations import operations, queries, rubric
from credit.evaluations.answers import AGAIN, CHECK, HOURS, SEEN, STEPS, WORDS
from credit.evaluations.forms import (
    HoursForm,
    StepForm,
    SupervisorWordsForm,
    hours_values,
    levels_form,
    levels_given,
    words_given,
)
from credit.evaluations.models import Evaluation, EvaluationState

bp = Blueprint("evaluations_by_link", __name__, url_prefix="/s/<token>/evaluation")
PAGES = {
    HOURS: "credit/evaluations/step_hours.html",
    SEEN: "credit/evaluations/step_seen.html",
    WORDS: "credit/evaluations/step_words.html",
    CHECK: "credit/evaluations/step_check.html",
}
STEP = "/<any(hours, seen, words, check):step>"
TWO_TABS = (
    "You had saved this step in another tab or on another device. What you sent last is kept."
)


@bp.get("")
@access(supervisor_link)
def show(token: str) -> ResponseReturnValue:
    """The receipt once it is sent; before that, the first step that is still open."""
    with transaction() as session:
        evaluation = _evaluation(session)
        if _is_sent(evaluation):
            return render_template(
                "credit/evaluations/receipt.html",
                token=token,
                evaluation=evaluation,
                submitted=queries.readable(session, g.actor, g.placement)[-1],
                **_names(),
            )
        if _is_over():
            return redirect(url_for("supervisor.greet", token=token), 303)
        if not operations.may_begin(g.placement, evaluation):
            return render_template("credit/evaluations/too_early.html", **_names())
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
        form = _sent_form(session, step)
        given = _given(session, step, form)
        if given is None:
            return _step_page(session, token, step, evaluation, form), 422
        if _other_tab(evaluation, form, step, given):
            flash(TWO_TABS, "wait")
        operations.save_step(session, evaluation, actor=g.actor, step=step, given=given)
    return redirect(url_for(".step", token=token, step=STEPS[STEPS.index(step) + 1]), 303)


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
    return queries.open_or_sent(session, g.placement, g.actor.contact_id)


def _is_over() -> bool:
    """The student's course is concluded: what was not sent by now stays open."""
    return bool(g.placement.course.concluded_at)


def _is_sent(evaluation: Evaluation | None) -> bool:
    return evaluation is not None and evaluation.state == EvaluationState.SUBMITTED


def _draft(evaluation: Evaluation | None) -> dict[str, Any]:
    return evaluation.draft if evaluation is not None else {}


def _first_open(session: Session, evaluation: Evaluation | None) -> str:
    if evaluation is None:
        return HOURS
    missing = operations.still_missing(session, evaluation)
    return missing[0].step if missing else CHECK


def _blank_form(session: Session, step: str, evaluation: Evaluation | None) -> Any:
    """With what was saved before, so that Back shows it."""
    answer = _draft(evaluation).get(step, {})
    if step == HOURS:
        return HoursForm(formdata=None, data=hours_values(answer))
    if step == SEEN:
        targets = rubric.targets(session, g.placement)
        return levels_form(targets, formdata=None, data=answer)
    if step == WORDS:
        return SupervisorWordsForm(formdata=None, data=answer)
    return StepForm(formdata=None)


def _sent_form(session: Session, step: str) -> Any:
    if step == SEEN:
        return levels_form(rubric.targets(session, g.placement))
    return {HOURS: HoursForm, WORDS: SupervisorWordsForm}.get(step, StepForm)()


def _given(session: Session, step: str, form: Any) -> dict[str, Any] | None:
    """The answers of a step that is complete; ``None`` where something is missing."""
    if step == HOURS:
        return _hours_given(session, form)
    if not form.validate():
        return None
    if step == SEEN:
        return levels_given(form, rubric.targets(session, g.placement))
    return words_given(form)


def _hours_given(session: Session, form: HoursForm) -> dict[str, Any] | None:
    # They answered what the page showed; hours logged since then are asked about again.
    shown = request.form.get("reported", "")
    now = operations.reported(session, g.placement)
    reported = int(shown) if shown.isdecimal() else now
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
    draft = _draft(evaluation)
    targets = rubric.targets(session, g.placement)
    form.seen_version.data = str(evaluation.version) if evaluation is not None else ""
    saved_at = draft.get("saved_at")
    return render_template(
        PAGES[step],
        token=token,
        form=form,
        step=step,
        number=STEPS.index(step) + 1,
        draft=draft,
        targets=targets,
        reported=operations.reported(session, g.placement),
        missing=operations.still_missing(session, evaluation) if evaluation else [],
        saved_at=datetime.fromisoformat(saved_at) if saved_at else None,
        due_at=evaluation.due_at if evaluation is not None else None,
        **_names(),
    )


def _names() -> dict[str, Any]:
    return {
        "placement": g.placement,
        "first_name": addresses.first_name(g.placement),
        "again_words": AGAIN,
        "level_words": levels.words,
    }
