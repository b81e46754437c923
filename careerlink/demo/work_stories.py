"""The part of a sample story from the consent to the end of the work."""

from collections.abc import Callable, Iterator

from careerlink.demo import (
    agreement_stories,
    amendment_stories,
    cast,
    judging_stories,
    watch_stories,
)
from careerlink.demo.cast_answers import Rework
from careerlink.demo.evaluation_stories import (
    answer_at_the_half,
    ask_at_the_half,
    correct,
    evaluate,
)
from careerlink.demo.evidence_stories import accept_all, ask_for_rework, hand_in, reflect
from careerlink.demo.work import Deed, Work
from careerlink.placements import consents
from careerlink.placements import operations as placements
from careerlink.placements.models import PlacementState
from credit.hours import operations as hours


def steps(work: Work) -> Iterator[Deed]:
    at, told = work.loading.moment, work.told
    if told.consent_in is not None:
        yield at(told.consent_in, 9), lambda: _consent(work)
    if told.agreement is not None:
        yield from agreement_stories.steps(work, told.agreement)
    for change in told.changes:
        yield from amendment_stories.steps(work, change)
    for entry in told.hours:
        yield at(entry.day, 18), _logging(work, entry)
    yield from watch_stories.steps(work)
    for deliverable in told.deliverables:
        yield at(deliverable.handed_in, 19), _handing_in(work, deliverable)
        if deliverable.rework is not None:
            yield at(deliverable.rework.asked_in, 16), _sending_back(work, deliverable.rework)
    yield from _ending(work)
    yield from judging_stories.steps(work)


def _consent(work: Work) -> None:
    consents.give_for_supervision(
        work.loading.session, work.placement, actor=work.actor, signed_name=work.student.name
    )


def _logging(work: Work, told: cast.HoursEntry) -> Callable[[], object]:
    def log() -> None:
        objectives = work.agreement.objectives
        placements.start_if_due(work.loading.session, work.placement, actor=work.loading.system)
        hours.log_hours(
            work.loading.session,
            work.placement,
            actor=work.actor,
            worked_on=work.loading.day(told.day),
            minutes=told.minutes,
            task=told.task,
            objective_lineage=objectives[told.objective - 1].lineage,
        )

    return log


def _handing_in(work: Work, told: cast.Deliverable) -> Callable[[], object]:
    return lambda: hand_in(
        work.loading, work.placement, told, actor=work.actor, agreement=work.agreement
    )


def _sending_back(work: Work, told: Rework) -> Callable[[], object]:
    return lambda: ask_for_rework(
        work.loading, work.placement, told.words, actor=work.supervisor()
    )


def _half(work: Work, told: cast.Evaluation) -> Iterator[Deed]:
    at = work.loading.moment
    yield at(told.requested_in, 8), lambda: ask_at_the_half(work)
    if told.submitted_in is not None:
        yield at(told.submitted_in, 13), lambda: answer_at_the_half(work, told)


def _ending(work: Work) -> Iterator[Deed]:
    at, told = work.loading.moment, work.told
    if told.midpoint is not None:
        yield from _half(work, told.midpoint)
    asked = told.evaluation or told.self_evaluation
    if asked is not None:
        case = work.student.case
        if case is not None and case.reflection:
            yield at(asked.requested_in, 20), lambda: _reflect(work, case.reflection)
        yield at(asked.requested_in, 21), lambda: _complete(work)
    if told.self_evaluation is not None and told.self_evaluation.submitted_in is not None:
        yield (
            at(told.self_evaluation.submitted_in, 12),
            lambda: evaluate(work, told.self_evaluation, work.actor),
        )
    if told.evaluation is not None and told.evaluation.submitted_in is not None:
        yield (
            at(told.evaluation.submitted_in, 13),
            lambda: evaluate(work, told.evaluation, work.supervisor()),
        )
    if told.evaluation is not None and told.evaluation.corrected_in is not None:
        yield (
            at(told.evaluation.corrected_in, 16),
            lambda: correct(work, told.evaluation, work.supervisor()),
        )
    if told.state in ("ended_early", "cancelled"):
        yield at(-4, 12), lambda: _stop(work)


def _reflect(work: Work, text: str) -> None:
    """The whole text with the last project, its beginning with an earlier one."""
    is_last = work.told == work.student.placements[-1]
    reflect(
        work.loading,
        work.placement,
        text if is_last else text.split("\n\n")[0],
        actor=work.actor,
        agreement=work.agreement,
    )


def _complete(work: Work) -> None:
    """By the supervisor, who takes all that was agreed upon; else by the student's word."""
    accept_all(work.loading, work.placement, actor=work.supervisor(), agreement=work.agreement)
    if work.placement.state == PlacementState.ACTIVE:
        placements.complete(work.loading.session, work.placement, actor=work.actor)


def _stop(work: Work) -> None:
    stop = placements.cancel if work.told.state == "cancelled" else placements.end_early
    reason = work.told.reason or "The partner's plans changed."
    stop(work.loading.session, work.placement, actor=work.loading.staff(), reason=reason)
