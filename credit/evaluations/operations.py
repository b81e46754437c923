"""Filling in, sending, correcting and closing evaluations. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses import conclusion
from careerlink.errors import InvalidInput, NotFound, NotPermitted, NotPossible
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.evaluations import answers, hours_asked, queries, release, requesting, rubric
from credit.evaluations.answers import Missing
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationState,
    EvaluationSubmission,
    SubmissionSource,
)
from credit.evaluations.requesting import OVER
from credit.evaluations.sending import Origin, write
from credit.evaluations.workflow import WORKFLOW, writes, writes_own

SENT_ALREADY = "This evaluation was sent already."


def may_begin(placement: Placement, evaluation: Evaluation | None) -> bool:
    return evaluation is not None or placement.state in OVER


def now_of(session: Session, placement: Placement, *, actor: Actor) -> Evaluation | None:
    """What this actor writes or sent last; ``None`` before the first request."""
    found = queries.open_or_sent(session, placement, actor.contact_id)
    return None if found is not None and _is_earlier(found, placement) else found


def to_fill_in(session: Session, placement: Placement, *, actor: Actor) -> Evaluation:
    """The evaluation that this actor writes, locked; begun here for a new supervisor.

    Somebody who took over after the end was not asked when the work was completed.
    """
    # Two presses on a first step would both find no row to lock.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    found = queries.open_or_sent(session, placement, actor.contact_id, to_change=True)
    if found is not None and not _is_earlier(found, placement):
        return found
    if placement.state not in OVER:
        if found is not None:
            return found
        raise NotFound
    if not (actor.supervises(placement.id) or writes_own(actor, placement)):
        raise NotPermitted("Only the supervisor and the student evaluate.")
    contact = session.get(PartnerContact, actor.contact_id) if actor.contact_id else None
    begun = requesting.begin(session, placement, EvaluationKind.FINAL, contact, actor=actor)
    # Staff may have closed the one that they were writing; its answers are still theirs.
    begun.draft = queries.left_behind(session, placement, actor.contact_id)
    session.flush()
    return begun


def draft_of(
    session: Session, placement: Placement, evaluation: Evaluation | None, *, actor: Actor
) -> dict[str, Any]:
    """The answers so far, also where the first press begins a new evaluation."""
    if evaluation is not None:
        return evaluation.draft
    return queries.left_behind(session, placement, actor.contact_id)


def _is_earlier(evaluation: Evaluation, placement: Placement) -> bool:
    """All they sent is the midpoint, and the work is over."""
    is_sent = evaluation.state == EvaluationState.SUBMITTED
    return is_sent and evaluation.kind == EvaluationKind.MIDPOINT and placement.state in OVER


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
        raise NotPossible(SENT_ALREADY)
    if not writes(actor, evaluation):
        raise NotPermitted("Only whoever was asked fills this in.")
    _begin(session, evaluation, actor=actor)
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
    # A draft that was taken over may be whole before they save anything themselves.
    _begin(session, evaluation, actor=actor)
    by_link = evaluation.author == Author.SUPERVISOR
    source = SubmissionSource.LINK if by_link else SubmissionSource.LMS
    submission = write(
        session, evaluation, dict(evaluation.draft), actor=actor, origin=Origin(source)
    )
    finish(session, evaluation, submission, actor=actor)
    return submission


def _begin(session: Session, evaluation: Evaluation, *, actor: Actor) -> None:
    if evaluation.state == EvaluationState.REQUESTED:
        states.move(session, evaluation, EvaluationState.IN_PROGRESS, WORKFLOW, actor=actor)


def finish(
    session: Session,
    evaluation: Evaluation,
    submission: EvaluationSubmission,
    *,
    actor: Actor,
) -> None:
    states.move(
        session,
        evaluation,
        EvaluationState.SUBMITTED,
        WORKFLOW,
        actor=actor,
        detail={"submission": submission.id, "addendum": submission.is_addendum},
        draft={},
    )


def still_missing(session: Session, evaluation: Evaluation) -> list[Missing]:
    return missing_of(session, evaluation, evaluation.draft)


def missing_of(
    session: Session, evaluation: Evaluation, given: Mapping[str, Any]
) -> list[Missing]:
    return answers.missing(
        given,
        hours_asked.questions(session, evaluation),
        rubric.targets(session, evaluation.placement, evaluation),
        reported=hours_asked.reported(session, evaluation),
    )


def correct(
    session: Session,
    evaluation: Evaluation,
    given: Mapping[str, Any],
    *,
    actor: Actor,
    reason: str,
) -> EvaluationSubmission:
    """Send another version beside the one that stands; whoever decides is told.

    :raises NotPossible: the student reads the answers already, or an answer is missing.
    """
    conclusion.require_open(actor, evaluation)
    if evaluation.author != Author.SUPERVISOR or not writes(actor, evaluation):
        raise NotPermitted("Only whoever sent this corrects it.")
    sent = queries.latest_submission(session, evaluation)
    if evaluation.state != EvaluationState.SUBMITTED or sent is None:
        raise NotPossible("Nothing was sent yet that could be corrected.")
    everything = queries.of_placement(session, evaluation.placement)
    if release.correctable_until(evaluation, sent, everything) is None:
        raise NotPossible("The student can read these answers, so they stay as they are.")
    if not reason.strip():
        raise InvalidInput("Say what was wrong; the instructor reads it.", field="reason")
    if missing := missing_of(session, evaluation, given):
        raise NotPossible("Some answers are missing.", [one.text for one in missing])
    origin = Origin(SubmissionSource.CORRECTION, reason=reason.strip())
    submission = write(session, evaluation, given, actor=actor, origin=origin)
    audit.record(
        session,
        "evaluation:correct",
        evaluation,
        actor=actor,
        submission=submission.id,
        number=submission.number,
    )
    return submission


def lapse(session: Session, evaluation: Evaluation, *, actor: Actor, reason: str) -> None:
    """Staff close a request that nobody will answer; a new one may follow."""
    states.move(
        session,
        evaluation,
        EvaluationState.LAPSED,
        WORKFLOW,
        actor=actor,
        reason=reason,
        lapsed_reason=reason.strip(),
    )
