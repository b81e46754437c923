"""The two evaluations at the end of a sample story."""

from collections.abc import Iterator
from typing import Any

from careerlink.demo import cast
from careerlink.demo.work import Work
from careerlink.people.actors import Actor
from careerlink.placements.models import PlacementState
from credit.evaluations import answers, hours_asked, rubric
from credit.evaluations import operations as evaluations
from credit.evaluations.models import Evaluation, EvaluationState


def evaluate(work: Work, told: cast.Evaluation | None, actor: Actor) -> None:
    session, placement = work.loading.session, work.placement
    if told is None or placement.state != PlacementState.WORK_COMPLETED:
        return
    evaluation = evaluations.to_fill_in(session, placement, actor=actor)
    for step, given in _filled_in(work, told, evaluation):
        evaluations.save_step(session, evaluation, actor=actor, step=step, given=given)
    evaluations.submit(session, evaluation, actor=actor)
    if evaluation.state != EvaluationState.SUBMITTED:
        raise LookupError(f"the evaluation of {work.student.key} was not sent")


def _filled_in(
    work: Work, told: cast.Evaluation, evaluation: Evaluation
) -> Iterator[tuple[str, dict[str, Any]]]:
    session, placement = work.loading.session, work.placement
    is_supervisor = evaluation.contact_id is not None
    if is_supervisor:
        reported = hours_asked.reported(session, evaluation)
        minutes = work.told.confirmation.minutes if work.told.confirmation else reported
        note = work.told.confirmation.note if work.told.confirmation else ""
        right = "yes" if minutes == reported else "no"
        yield (
            answers.HOURS,
            {"right": right, "reported": reported, "minutes": minutes, "note": note},
        )
    levels = list(told.objective_ratings)
    codes = {c.id: code for code, c in work.loading.competencies.items()}
    seen = {}
    for target in rubric.targets(session, placement, evaluation):
        if target.competency_id is None:
            level = levels.pop(0) if levels else 0
        else:
            level = told.ratings.get(codes[target.competency_id], 0)
        seen[target.key] = str(level) if level else answers.NOT_OBSERVED
    yield answers.SEEN, seen
    words = {"strength": told.strength, "growth": told.growth}
    yield answers.WORDS, {**words, "work_again": told.again} if is_supervisor else words
