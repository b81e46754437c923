"""The evaluations of a sample story: at the half and at the end, by both sides."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from careerlink import clock
from careerlink.demo import cast
from careerlink.demo.work import Work
from careerlink.people.actors import Actor
from careerlink.placements.models import PlacementState
from credit.evaluations import answers, hours_asked, requesting, rubric, transcribing
from credit.evaluations import operations as evaluations
from credit.evaluations.models import (
    Evaluation,
    EvaluationState,
    Medium,
    SubmissionSource,
)
from credit.evaluations.sending import Origin


def evaluate(work: Work, told: cast.Evaluation | None, actor: Actor) -> None:
    placement = work.placement
    if told is None or placement.state != PlacementState.WORK_COMPLETED:
        return
    first = replace(told, ratings={**told.ratings, **told.first_ratings})
    if told.by_phone:
        _write_down(work, first, actor)
    else:
        _send(work, first, actor)
    if told.corrected and told.corrected_in is None:
        correct(work, told, actor)


def correct(work: Work, told: cast.Evaluation | None, actor: Actor) -> None:
    """The same once more with its reason; after the decision it is an addendum."""
    if told is None:
        return
    session = work.loading.session
    evaluation = evaluations.to_fill_in(session, work.placement, actor=actor)
    given = dict(_filled_in(work, told, evaluation))
    evaluations.correct(session, evaluation, given, actor=actor, reason=told.corrected)


def ask_at_the_half(work: Work) -> None:
    requesting.request_midpoint(work.loading.session, work.placement, work.loading.system)


def answer_at_the_half(work: Work, told: cast.Evaluation) -> None:
    _send(work, told, work.supervisor())


def _send(work: Work, told: cast.Evaluation, actor: Actor) -> Evaluation:
    session = work.loading.session
    evaluation = evaluations.to_fill_in(session, work.placement, actor=actor)
    for step, given in _filled_in(work, told, evaluation):
        evaluations.save_step(session, evaluation, actor=actor, step=step, given=given)
    evaluations.submit(session, evaluation, actor=actor)
    if evaluation.state != EvaluationState.SUBMITTED:
        raise LookupError(f"the evaluation of {work.student.key} was not sent")
    return evaluation


def _write_down(work: Work, told: cast.Evaluation, supervisor: Actor) -> None:
    session = work.loading.session
    evaluation = evaluations.to_fill_in(session, work.placement, actor=supervisor)
    transcribing.transcribe(
        session,
        evaluation,
        dict(_filled_in(work, told, evaluation)),
        actor=work.loading.staff(),
        origin=Origin(
            SubmissionSource.TRANSCRIBED,
            medium=Medium.PHONE,
            heard_on=clock.today(work.loading.institution.time_zone),
        ),
    )


def _filled_in(
    work: Work, told: cast.Evaluation, evaluation: Evaluation
) -> Iterator[tuple[str, dict[str, Any]]]:
    session, placement = work.loading.session, work.placement
    is_supervisor = evaluation.contact_id is not None
    asked = hours_asked.questions(session, evaluation)
    if asked.asks_hours:
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
    seen: dict[str, str] = {}
    examples = list(told.examples) if asked.asks_examples else []
    for target in rubric.targets(session, placement, evaluation):
        if target.competency_id is None:
            level = levels.pop(0) if levels else 0
        else:
            level = told.ratings.get(codes[target.competency_id], 0)
        seen[target.key] = str(level) if level else answers.NOT_OBSERVED
        if examples:
            seen[answers.EXAMPLE + target.key] = examples.pop(0)
    yield answers.SEEN, seen
    words = {"strength": told.strength, "growth": told.growth}
    yield answers.WORDS, {**words, "work_again": told.again} if is_supervisor else words
