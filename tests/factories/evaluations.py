"""A placement whose work is completed, with hours logged and the evaluations requested."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.models import Person
from careerlink.placements import operations as placements
from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.cases import deciding, keeping, opening
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, DecisionOutcome
from credit.evaluations import hours_asked, operations, queries, rubric
from credit.evaluations.models import Evaluation
from credit.hours import operations as hours
from credit.hours.models import HoursEntry
from tests.factories import cases
from tests.factories.agreements import Scene, scene

FIRST_DAY = date(2026, 10, 13)


def log_hours(
    session: Session, placement: Placement, *minutes: int, since: date = FIRST_DAY
) -> None:
    session.add_all(
        HoursEntry(
            placement_id=placement.id,
            worked_on=since + timedelta(days=day),
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


def running(session: Session, *, minutes: int = 20 * 60, **options: Any) -> Scene:
    """The work has begun: from 12 October to 20 November; nobody was asked yet."""
    cast = scene(session, **options)
    cast.placement.planned_minutes = minutes
    cast.in_force()
    placements.start_if_due(session, cast.placement, actor=cast.student)
    return cast


def asked(session: Session, cast: Scene) -> list[Evaluation]:
    """All requests about the project, oldest first."""
    return list(queries.with_lapsed(session, cast.placement))


def sent_by(session: Session, cast: Scene, author: str, level: str = "3") -> Evaluation:
    evaluation = fill_in(session, cast, author, level)
    operations.submit(session, evaluation, actor=getattr(cast, author))
    return evaluation


def decided(session: Session, cast: Scene) -> CreditCase:
    """Credit is awarded by the instructor's own figure; no evaluation was needed."""
    instructor = session.get_one(Person, cast.instructor.person_id)
    of = cases.Class(cast.course, instructor, cast.contact)
    cases.add_policy(
        session, of, supervisor_evaluation_required=False, minimum_thousandths=0,
        minutes_per_credit=10 * 60,
    )  # fmt: skip
    case = opening.open_for(session, cast.placement, actor=cast.instructor)
    assert case is not None
    hours.rule(session, cast.placement, actor=cast.instructor, minutes=1410, reason="Seen")
    keeping.settle_case(session, case)
    choice = Choice(DecisionOutcome.APPROVED, comment="Well done")
    deciding.decide(session, case, choice, actor=cast.instructor)
    return case
