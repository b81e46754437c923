"""Notes on evaluations as their page shows them, with the fields for more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.web.forms import Form
from credit.evaluations import note_queries, noting
from credit.evaluations.models import Author, Evaluation
from credit.evaluations.note_queries import Noted


class NoteForm(Form):
    note = TextAreaField(
        "What you see differently",
        validators=[DataRequired("Write your note"), Length(max=noting.MOST_WRITTEN)],
    )


class AnswerForm(Form):
    line = StringField(
        "Answer in one line",
        validators=[DataRequired("Write one line"), Length(max=noting.MOST_ANSWERED)],
    )


@dataclass(frozen=True)
class Tried:
    """What somebody sent that was not taken, shown again as they typed it."""

    evaluation_id: int
    form: Form
    note_id: int | None = None


@dataclass(frozen=True)
class Notes:
    """Those on one evaluation."""

    evaluation: Evaluation
    rows: Sequence[Noted]
    form: Form | None = None
    """For the student, while they may add one."""
    answers: Mapping[int, Form] = field(default_factory=dict)
    """By note: for whoever may answer it."""


def beside(
    session: Session,
    placement: Placement,
    evaluations: Sequence[Evaluation],
    *,
    actor: Actor,
    tried: Tried | None = None,
) -> dict[int, Notes]:
    """By evaluation; ``evaluations`` are those that this reader may read."""
    theirs = [one for one in evaluations if one.author == Author.SUPERVISOR]
    if not theirs:
        return {}
    found = note_queries.of_evaluations(session, [one.id for one in theirs])
    is_students = actor.person_id == placement.person_id
    may_write = is_students and noting.may_write(session, placement, actor=actor)
    may_answer = noting.may_answer(actor, placement)
    return {
        one.id: Notes(
            one,
            found.get(one.id, []),
            _note_form(one, tried) if may_write else None,
            _answers(found.get(one.id, []), tried) if may_answer else {},
        )
        for one in theirs
    }


def note_prefix(evaluation_id: int) -> str:
    """Several evaluations stand on one page, each with its own field."""
    return f"evaluation-{evaluation_id}-"


def answer_prefix(note_id: int) -> str:
    return f"answer-{note_id}-"


def _note_form(evaluation: Evaluation, tried: Tried | None) -> Form:
    if tried is not None and (tried.evaluation_id, tried.note_id) == (evaluation.id, None):
        return tried.form
    return NoteForm(formdata=None, prefix=note_prefix(evaluation.id))


def _answers(rows: Sequence[Noted], tried: Tried | None) -> dict[int, Form]:
    return {
        row.note.id: tried.form
        if tried is not None and tried.note_id == row.note.id
        else AnswerForm(formdata=None, prefix=answer_prefix(row.note.id))
        for row in rows
        if row.answer is None
    }
