"""Reading what students said about evaluations, with the line in answer."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from credit.evaluations.models import Evaluation
from credit.evaluations.note_models import EvaluationNote, Voice


@dataclass(frozen=True)
class Noted:
    """One note of the student, and what was answered."""

    note: EvaluationNote
    answer: EvaluationNote | None

    @property
    def text(self) -> str | None:
        return self.note.text.text


def of_evaluations(session: Session, evaluation_ids: Collection[int]) -> dict[int, list[Noted]]:
    """By evaluation, in the order of writing."""
    rows = session.scalars(
        select(EvaluationNote)
        .where(EvaluationNote.evaluation_id.in_(evaluation_ids))
        .options(joinedload(EvaluationNote.person), joinedload(EvaluationNote.text))
        .order_by(EvaluationNote.id)
    ).all()
    answers = {row.answers_id: row for row in rows if row.answers_id is not None}
    found: dict[int, list[Noted]] = {}
    for row in rows:
        if row.voice == Voice.STUDENT:
            found.setdefault(row.evaluation_id, []).append(Noted(row, answers.get(row.id)))
    return found


def of_one(session: Session, evaluation: Evaluation) -> list[Noted]:
    return of_evaluations(session, [evaluation.id]).get(evaluation.id, [])
