"""Writing down what a supervisor said on the phone, on paper or by mail, marked as such.

Who wrote it down may not decide on the case; its author reads it and may correct it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses import conclusion
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.supervisors import mailing
from credit.evaluations import operations, plan
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationState,
    EvaluationSubmission,
)
from credit.evaluations.sending import Origin, write
from credit.evaluations.workflow import transcribes

OLDEST = timedelta(days=366)


def transcribe(
    session: Session,
    evaluation: Evaluation,
    given: Mapping[str, Any],
    *,
    actor: Actor,
    origin: Origin,
) -> EvaluationSubmission:
    """``given`` by step, as a draft keeps it; the supervisor gets a receipt link.

    :raises NotPossible: it came meanwhile by link, or an answer is missing.
    """
    conclusion.require_open(actor, evaluation)
    if evaluation.author != Author.SUPERVISOR or not transcribes(actor, evaluation):
        raise NotPermitted("Career staff or the instructor write an evaluation down.")
    if evaluation.state not in (EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS):
        raise NotPossible("The supervisor’s own answer is here already.")
    _require_day(evaluation, origin.heard_on)
    if missing := operations.missing_of(session, evaluation, given):
        raise NotPossible("Some answers are missing.", [one.text for one in missing])
    submission = write(session, evaluation, given, actor=actor, origin=origin)
    operations.finish(session, evaluation, submission, actor=actor)
    audit.record(
        session,
        "evaluation:transcribe",
        evaluation,
        actor=actor,
        submission=submission.id,
        medium=origin.medium.value if origin.medium else "",
        attachment=submission.attachment_id,
    )
    _tell_author(session, evaluation, actor=actor)
    return submission


def _require_day(evaluation: Evaluation, heard_on: date | None) -> None:
    today = clock.today(evaluation.placement.institution.time_zone)
    if heard_on is None or not today - OLDEST <= heard_on <= today:
        raise InvalidInput("Enter the day of the call or the letter.", field="heard_on")


def _tell_author(session: Session, evaluation: Evaluation, *, actor: Actor) -> None:
    if evaluation.contact is None:
        return
    mailing.write(
        session,
        evaluation.contact,
        placement=evaluation.placement,
        template="evaluation_transcribed",
        action="Read what we wrote down",
        target=f"evaluation/{evaluation.id}/transcribed",
        actor=actor,
        values={"days": plan.CORRECT_DAYS},
    )
