"""A placement whose work is completed, with hours logged and the evaluations requested."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink.placements import operations as placements
from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.evaluations import hours_asked, operations, rubric
from credit.evaluations.models import Evaluation
from credit.hours.models import HoursEntry
from tests.factories.agreements import Scene, scene

FIRST_DAY = date(2026, 10, 13)


def log_hours(session: Session, placement: Placement, *minutes: int) -> None:
    session.add_all(
        HoursEntry(
            placement_id=placement.id,
            worked_on=FIRST_DAY + timedelta(days=day),
            minutes=one,
            task="Cleaned tickets",
        )
        for day, one in enumerate(minutes)
    )
    session.flush()


def completed(session: Session, **options: Any) -> Scene:
    """23.5 hours logged, both evaluations requested, nothing answered."""
    cast = scene(session, **options)
    cast.in_force()
    log_hours(session, cast.placement, 480, 480, 450)
    placements.complete(session, cast.placement, actor=cast.student)
    return cast


def answers(session: Session, evaluation: Evaluation, level: str = "3") -> dict[str, Any]:
    """A whole draft, by step, with the same level everywhere."""
    targets = rubric.targets(session, evaluation.placement, evaluation)
    return {
        "hours": {
            "right": "yes",
            "reported": hours_asked.reported(session, evaluation),
            "minutes": 0,
            "note": "",
        },
        "seen": {target.key: level for target in targets},
        "words": {
            "strength": "Rang two customers before trusting the tickets.",
            "growth": "Ask for help a day earlier.",
            "work_again": "yes",
        },
    }


def fill_in(session: Session, cast: Scene, author: str, level: str = "3") -> Evaluation:
    """Every step saved by ``supervisor`` or ``student``, and nothing sent."""
    actor = getattr(cast, author)
    evaluation = operations.to_fill_in(session, cast.placement, actor=actor)
    steps = hours_asked.questions(session, evaluation).steps
    for step, given in answers(session, evaluation, level).items():
        if step in steps:
            operations.save_step(session, evaluation, actor=actor, step=step, given=given)
    return evaluation


def objectives_of(session: Session, cast: Scene) -> list[str]:
    agreement = agreements.in_force(session, [cast.placement.id])[cast.placement.id]
    return [objective.text for objective in agreement.objectives]
