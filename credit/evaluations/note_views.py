"""A student notes what they see differently in an evaluation; one line in answer."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.placements import queries as placements
from careerlink.security import access, sets_up, studies
from careerlink.web import request_session, transaction
from careerlink.web.forms import Form, as_number
from credit.evaluations import noting, page, queries
from credit.evaluations.models import Author, Evaluation
from credit.evaluations.note_page import (
    AnswerForm,
    NoteForm,
    Tried,
    answer_prefix,
    note_prefix,
)

bp = Blueprint(
    "evaluation_notes",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/evaluation/<evaluation_id>",
)


@bp.post("/note")
@access(studies)
def write(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    with transaction() as session:
        evaluation = _supervisors(session, placement_id, evaluation_id)
        form = NoteForm(prefix=note_prefix(evaluation.id))
    return _kept(
        placement_id,
        evaluation_id,
        Tried(evaluation.id, form),
        lambda session, one: noting.write(
            session, one, actor=g.actor, text=form.note.data or ""
        ),
        "Kept beside the evaluation. Whoever decides on your credit reads it.",
    )


@bp.post("/note/answer")
@access(sets_up)
def answer(course_id: str, placement_id: str, evaluation_id: str) -> ResponseReturnValue:
    note_id = as_number(request.form.get("note"), 0)
    with transaction() as session:
        evaluation = _supervisors(session, placement_id, evaluation_id)
        form = AnswerForm(prefix=answer_prefix(note_id))
    return _kept(
        placement_id,
        evaluation_id,
        Tried(evaluation.id, form, note_id),
        lambda session, one: noting.answer(
            session, one, note_id, actor=g.actor, text=form.line.data or ""
        ),
        "Your answer stands beside the note.",
    )


def _kept(
    placement_id: str,
    evaluation_id: str,
    tried: Tried,
    keep: Callable[[Session, Evaluation], None],
    said: str,
) -> ResponseReturnValue:
    session, form = request_session(), tried.form
    try:
        with transaction():
            if not form.validate():
                raise InvalidInput("")
            keep(session, _supervisors(session, placement_id, evaluation_id))
    except (InvalidInput, NotPossible) as refusal:
        session.rollback()
        _refuse(form, refusal)
        with transaction():
            evaluation = _supervisors(session, placement_id, evaluation_id)
            values = page.values(session, evaluation.placement, actor=g.actor, tried=tried)
            return render_template("credit/evaluations/show.html", wrong=form, **values), 422
    flash(said, "done")
    args = request.view_args or {}
    course_id = args["course_id"]
    return redirect(
        url_for("evaluations.show", course_id=course_id, placement_id=placement_id), 303
    )


def _refuse(form: Form, refusal: InvalidInput | NotPossible) -> None:
    if isinstance(refusal, NotPossible):
        form.form_errors = [*form.form_errors, refusal.message]
    elif refusal.message:
        form.refuse(refusal)


def _supervisors(session: Session, placement_id: str, evaluation_id: str) -> Evaluation:
    placement = placements.get(session, placement_id, actor=g.actor, course=g.course)
    evaluation = queries.get(session, g.actor, placement, evaluation_id)
    if evaluation.author != Author.SUPERVISOR:
        raise NotFound
    return evaluation
