"""Requesting, filling in and sending evaluations. Nothing here commits or knows of HTTP."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses import conclusion
from careerlink.errors import NotFound, NotPermitted, NotPossible, TooMany
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.agreements import queries as agreements
from credit.evaluations import answers, asking, queries, rubric
from credit.evaluations.answers import SEEN, WORDS, Missing
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationState,
    EvaluationSubmission,
    Rating,
    SubmissionSource,
)
from credit.evaluations.workflow import WORKFLOW, writes, writes_own
from credit.hours import operations as hours_operations
from credit.hours import queries as hours_queries
from credit.hours.models import HoursConfirmation

TIME_TO_ANSWER = timedelta(days=7)
OVER = (PlacementState.WORK_COMPLETED, PlacementState.CLOSED)


def request_all(session: Session, placement: Placement, actor: Actor) -> None:
    """Reaction to a completed placement: ask whoever supervises now, and the student."""
    for contact in agreements.supervisors(session, placement.id):
        if queries.open_or_sent(session, placement, contact.id) is None:
            evaluation = _new(session, placement, contact.id, actor=actor)
            if not asking.why_not(session, evaluation):
                asking.ask(session, evaluation)
    if queries.open_or_sent(session, placement, None) is None:
        _new(session, placement, None, actor=actor)


def may_begin(placement: Placement, evaluation: Evaluation | None) -> bool:
    return evaluation is not None or placement.state in OVER


def to_fill_in(session: Session, placement: Placement, *, actor: Actor) -> Evaluation:
    """The evaluation that this actor writes, locked; begun here for a new supervisor.

    Somebody who took over after the end was not asked when the work was completed.
    """
    # Two presses on a first step would both find no row to lock.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    found = queries.open_or_sent(session, placement, actor.contact_id, to_change=True)
    if found is None:
        if placement.state not in OVER:
            raise NotFound
        if not (actor.supervises(placement.id) or writes_own(actor, placement)):
            raise NotPermitted("Only the supervisor and the student evaluate.")
        found = _new(session, placement, actor.contact_id, actor=actor)
    return found


def save_step(
    session: Session,
    evaluation: Evaluation,
    *,
    actor: Actor,
    step: str,
    given: Mapping[str, Any],
) -> None:
    """Keep the answers of one step; they count when everything is sent."""
    conclusion.require_open(actor, evaluation)
    if evaluation.state == EvaluationState.SUBMITTED:
        raise NotPossible("This evaluation was sent already.")
    if not writes(actor, evaluation):
        raise NotPermitted("Only whoever was asked fills this in.")
    if evaluation.state == EvaluationState.REQUESTED:
        states.move(session, evaluation, EvaluationState.IN_PROGRESS, WORKFLOW, actor=actor)
    if evaluation.draft.get(step) == given:
        return
    saved = {step: dict(given), "saved_at": clock.now().isoformat()}
    evaluation.draft = {**evaluation.draft, **saved}
    session.flush()
    audit.record(session, "evaluation:save", evaluation, actor=actor, step=step)


def submit(
    session: Session, evaluation: Evaluation, *, actor: Actor
) -> EvaluationSubmission | None:
    """Send what was filled in, once: a second press changes nothing and returns ``None``.

    :raises NotPossible: an answer is missing, named in words.
    """
    if evaluation.state == EvaluationState.SUBMITTED:
        return None
    if not writes(actor, evaluation):
        raise NotPermitted("Only whoever was asked sends this.")
    if missing := still_missing(session, evaluation):
        raise NotPossible("Some answers are missing.", [one.text for one in missing])
    draft = dict(evaluation.draft)
    submission = _submission(session, evaluation, draft, actor=actor)
    _rate(session, submission, evaluation.placement, draft)
    states.move(
        session,
        evaluation,
        EvaluationState.SUBMITTED,
        WORKFLOW,
        actor=actor,
        detail={"submission": submission.id},
        draft={},
    )
    return submission


def still_missing(session: Session, evaluation: Evaluation) -> list[Missing]:
    targets = rubric.targets(session, evaluation.placement)
    if evaluation.author == Author.STUDENT:
        return answers.missing_of_student(evaluation.draft, targets)
    return answers.missing_of_supervisor(
        evaluation.draft, targets, reported=reported(session, evaluation.placement)
    )


def reported(session: Session, placement: Placement) -> int:
    """Minutes that the student has logged and not taken back."""
    return hours_queries.totals(session, [placement.id])[placement.id].reported


def remind(session: Session, evaluation: Evaluation, *, actor: Actor) -> None:
    """Write to the supervisor again, with a link that works.

    :raises TooMany: they were written to within the last five days.
    """
    conclusion.require_open(actor, evaluation)
    if not (writes_own(actor, evaluation.placement) or actor.is_staff):
        raise NotPermitted("The student or career staff send reminders.")
    if evaluation.author != Author.SUPERVISOR or evaluation.state not in asking.OPEN:
        raise NotPossible("This evaluation does not wait for the supervisor.")
    if lines := asking.why_not(session, evaluation):
        raise NotPossible("The supervisor cannot be written to.", lines)
    asked = asking.asked_at(session, evaluation)
    if asking.may_remind_from(asked):
        raise TooMany("The supervisor was written to less than five days ago.")
    asking.ask(session, evaluation, is_reminder=asked is not None)
    audit.record(session, "evaluation:remind", evaluation, actor=actor)


def lapse(session: Session, evaluation: Evaluation, *, actor: Actor, reason: str) -> None:
    """Staff close a request that nobody will answer; a new one may follow."""
    states.move(
        session, evaluation, EvaluationState.LAPSED, WORKFLOW, actor=actor, reason=reason
    )


def _new(
    session: Session, placement: Placement, contact_id: int | None, *, actor: Actor
) -> Evaluation:
    now = clock.now()
    evaluation = Evaluation(
        placement=placement,
        kind=EvaluationKind.FINAL,
        author=Author.STUDENT if contact_id is None else Author.SUPERVISOR,
        contact_id=contact_id,
        state=EvaluationState.REQUESTED,
        state_since=now,
        requested_at=now,
        due_at=now + TIME_TO_ANSWER,
        draft={},
    )
    session.add(evaluation)
    session.flush()
    audit.record(session, "evaluation:request", evaluation, actor=actor, contact=contact_id)
    return evaluation


def _submission(
    session: Session, evaluation: Evaluation, draft: Mapping[str, Any], *, actor: Actor
) -> EvaluationSubmission:
    words = draft[WORDS]
    by_link = evaluation.author == Author.SUPERVISOR
    confirmation = _confirm(session, evaluation, draft, actor=actor) if by_link else None
    submission = EvaluationSubmission(
        evaluation_id=evaluation.id,
        source=SubmissionSource.LINK if by_link else SubmissionSource.LMS,
        person_id=actor.person_id,
        contact_id=actor.contact_id,
        hours_confirmation_id=confirmation.id if confirmation else None,
        strength_id=audit.erasable(session, words["strength"]).id,
        growth_id=audit.erasable(session, words["growth"]).id,
        work_again=words["work_again"] if by_link else None,
        submitted_at=clock.now(),
    )
    session.add(submission)
    session.flush()
    return submission


def _confirm(
    session: Session, evaluation: Evaluation, draft: Mapping[str, Any], *, actor: Actor
) -> HoursConfirmation:
    return hours_operations.confirm(
        session,
        evaluation.placement,
        actor=actor,
        confirmed_minutes=answers.confirmed_minutes(draft),
        note=draft[answers.HOURS]["note"],
    )


def _rate(
    session: Session,
    submission: EvaluationSubmission,
    placement: Placement,
    draft: Mapping[str, Any],
) -> None:
    session.add_all(
        Rating(
            submission_id=submission.id,
            objective_lineage=target.lineage,
            competency_id=target.competency_id,
            level=answers.level(draft[SEEN][target.key]),
        )
        for target in rubric.targets(session, placement)
    )
    session.flush()
