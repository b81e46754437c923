"""A student's note on an evaluation reaches whoever decides: as a next step, and by mail."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import NextStep, Registry
from careerlink.reminders.ladders import Ladder, Rung, Whom, waiting
from credit import addresses
from credit.evaluations import note_queries, noting
from credit.evaluations.models import Evaluation
from credit.evaluations.note_models import EvaluationNote


def register(registry: Registry) -> None:
    registry.next_steps.append(next_steps)
    registry.ladders[LADDER.key] = LADDER


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.teaches(course_id):
        return []
    return [
        NextStep(
            title=f"read what {placement.person.label} says about their evaluation",
            url=addresses.of(placement, "evaluation"),
            action="Read the note",
            why=f"{placement.title}: the note stands beside the supervisor’s words. One line "
            "in answer tells the student that you have read it.",
            urgency=34,
        )
        for placement in note_queries.waiting_in(session, actor, course_id)
        if noting.may_answer(actor, placement)
    ]


def _unanswered() -> Select[Any]:
    return (
        select(
            *waiting(
                subject_id=EvaluationNote.id,
                placement_id=Placement.id,
                anchor=EvaluationNote.written_at,
            )
        )
        .select_from(EvaluationNote)
        .join(Evaluation, Evaluation.id == EvaluationNote.evaluation_id)
        .join(Placement, Placement.id == Evaluation.placement_id)
        .where(note_queries.is_unanswered())
    )


LADDER = Ladder(
    key="evaluation_note",
    title="Student’s note on an evaluation",
    anchored_at="the day of the note",
    open_subjects=_unanswered,
    path=addresses.of_everybody("evaluation"),
    rungs=(
        Rung(
            "written",
            0,
            Whom.INSTRUCTOR,
            title="{first_name} wrote a note on the evaluation of “{project}”",
            text="It stands beside the supervisor’s words, for you to read before you decide. "
            "One line in answer is enough.",
            action="Read the note",
            subject="A note on an evaluation",
        ),
        Rung(
            "again",
            7,
            Whom.INSTRUCTOR,
            title="{first_name}’s note on the evaluation of “{project}” has no answer yet",
            text="One line tells {first_name} that you have read it.",
            action="Read the note",
            subject="A note on an evaluation waits for one line",
        ),
    ),
)
