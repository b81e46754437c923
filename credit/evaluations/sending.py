"""Writing a filled-in version down: append-only, with the hours it confirms and its ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from credit.evaluations import answers, hours_asked, queries, rubric
from credit.evaluations.answers import EXAMPLE, HOURS, SEEN, WORDS
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationSubmission,
    Medium,
    Rating,
    SubmissionSource,
)
from credit.hours import operations as hours
from credit.hours.models import HoursConfirmation


@dataclass(frozen=True)
class Origin:
    """How a version came to be, where its author did not simply send it."""

    source: SubmissionSource
    reason: str = ""
    medium: Medium | None = None
    heard_on: date | None = None
    attachment: Attachment | None = None


def write(
    session: Session,
    evaluation: Evaluation,
    given: Mapping[str, Any],
    *,
    actor: Actor,
    origin: Origin,
) -> EvaluationSubmission:
    """``given`` is complete: the answers by step, as a draft keeps them."""
    words = given[WORDS]
    by_supervisor = evaluation.author == Author.SUPERVISOR
    confirmation = _confirm(session, evaluation, given, actor=actor) if by_supervisor else None
    submission = EvaluationSubmission(
        evaluation_id=evaluation.id,
        number=_next_number(session, evaluation),
        source=origin.source,
        person_id=actor.person_id,
        contact_id=evaluation.contact_id,
        hours_confirmation_id=confirmation.id if confirmation else None,
        strength_id=_text(session, words.get("strength", "")),
        growth_id=_text(session, words.get("growth", "")),
        work_again=words.get("work_again") or None if by_supervisor else None,
        reason_id=_text(session, origin.reason),
        is_addendum=hours_asked.is_settled(session, evaluation.placement),
        medium=origin.medium,
        heard_on=origin.heard_on,
        attachment_id=origin.attachment.id if origin.attachment is not None else None,
        submitted_at=clock.now(),
    )
    session.add(submission)
    session.flush()
    _rate(session, submission, evaluation, given[SEEN])
    return submission


def _confirm(
    session: Session, evaluation: Evaluation, given: Mapping[str, Any], *, actor: Actor
) -> HoursConfirmation | None:
    """Another word on the hours, or the earlier one where it says the same."""
    before = queries.latest_submission(session, evaluation)
    kept = before.hours_confirmation if before is not None else None
    if HOURS not in given or hours_asked.is_settled(session, evaluation.placement):
        return kept
    minutes, note = answers.confirmed_minutes(given), str(given[HOURS]["note"])
    reported = hours_asked.reported(session, evaluation)
    if kept is not None and (kept.confirmed_minutes, kept.reported_minutes) == (
        minutes,
        reported,
    ):
        return kept
    return hours.confirm(
        session,
        evaluation.placement,
        actor=actor,
        confirmed_minutes=minutes,
        note=note,
        contact=evaluation.contact,
        covers=(evaluation.covers_from, evaluation.covers_until),
    )


def _next_number(session: Session, evaluation: Evaluation) -> int:
    newest = session.scalar(
        select(func.max(EvaluationSubmission.number)).where(
            EvaluationSubmission.evaluation_id == evaluation.id
        )
    )
    return (newest or 0) + 1


def _text(session: Session, text: str) -> int | None:
    return audit.erasable(session, text).id if text.strip() else None


def _rate(
    session: Session,
    submission: EvaluationSubmission,
    evaluation: Evaluation,
    seen: Mapping[str, str],
) -> None:
    targets = rubric.targets(session, evaluation.placement, evaluation)
    session.add_all(
        Rating(
            submission_id=submission.id,
            objective_lineage=target.lineage,
            competency_id=target.competency_id,
            wording_id=target.wording_id,
            level=answers.level(seen[target.key]),
            example_id=_text(session, seen.get(EXAMPLE + target.key, "")),
        )
        for target in rubric.as_rated(session, targets)
    )
    session.flush()
