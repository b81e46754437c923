"""Reading what students said about evaluations, with the line in answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
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


def is_unanswered() -> ColumnElement[bool]:
    """Of a student's note; the line in answer is what tells them that it was read."""
    answer = aliased(EvaluationNote)
    answered = exists().where(answer.answers_id == EvaluationNote.id)
    return and_(EvaluationNote.voice == Voice.STUDENT, ~answered.correlate(EvaluationNote))


def unanswered(session: Session, placement_ids: Collection[int]) -> dict[int, int]:
    """How many by placement, for lists: one query for any number."""
    rows = session.execute(
        select(Evaluation.placement_id, func.count())
        .join(EvaluationNote, EvaluationNote.evaluation_id == Evaluation.id)
        .where(Evaluation.placement_id.in_(placement_ids), is_unanswered())
        .group_by(Evaluation.placement_id)
    )
    return {row[0]: row[1] for row in rows}


def waiting_in(session: Session, actor: Actor, course_id: int) -> Sequence[Placement]:
    """Placements of a course with a note that nobody has answered, longest wait first."""
    waits = (
        select(Evaluation.placement_id, func.min(EvaluationNote.id))
        .join(EvaluationNote, EvaluationNote.evaluation_id == Evaluation.id)
        .where(is_unanswered())
        .group_by(Evaluation.placement_id)
    )
    return placements.longest_waiting(session, actor, course_id, waits)
