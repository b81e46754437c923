"""Grades for the gradebook: queued with the decision, and what became of them."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, outbox
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from lti.first_time import alone
from lti.grade_states import GradeState, states_for
from lti.gradebooks import has_gradebook, place_of, why_no_gradebook
from lti.models import LtiMembership, LtiScore
from lti.score_records import KIND

__all__ = ["GradeState", "has_gradebook", "queue_score", "states_for", "why_no_gradebook"]


def queue_score(
    session: Session,
    *,
    person: Person,
    course: Course,
    resource_id: str,
    label: str,
    given_thousandths: int | None,
    maximum_thousandths: int,
    comment: str,
    decided_at: datetime,
    institution_id: int,
    actor: Actor,
) -> LtiScore | None:
    """Queue a score in the decision's own transaction; a newer one replaces an older.

    ``given_thousandths`` zero is a score; ``None`` takes back what was sent. ``resource_id``
    names the column (``credit``). Returns ``None`` where there is no gradebook to send to, or
    nothing to take back; ``why_no_gradebook`` has the reason in words.
    """
    membership = place_of(session, person, course, resource_id=resource_id)
    if membership is None:
        return None
    score = locked(session, membership, resource_id)
    was_sent = score is not None and score.outbox_message_id is not None
    if given_thousandths is None and not was_sent:
        return None
    if score is None:
        score = added(session, membership, resource_id)
    elif was_sent:
        _rescale(score, maximum_thousandths)
    score.timestamp = later(score.timestamp, decided_at)
    score.given_thousandths = given_thousandths
    score.maximum_thousandths = maximum_thousandths
    score.label, score.comment = label, comment
    score.answer, score.applied_at = "", None
    score.kept_at = score.replaces_thousandths = None
    put_in_queue(session, score, institution_id=institution_id)
    audit.record(
        session,
        "lti_score:queue",
        score,
        actor=actor,
        given_thousandths=given_thousandths,
        maximum_thousandths=maximum_thousandths,
    )
    return score


def locked(session: Session, membership: LtiMembership, resource_id: str) -> LtiScore | None:
    """The row of this cell, for one transaction at a time; also where there is none yet."""
    alone(session, "score", membership.context_id, membership.lti_user_id, resource_id)
    return session.scalar(
        select(LtiScore)
        .where(
            LtiScore.context_id == membership.context_id,
            LtiScore.lti_user_id == membership.lti_user_id,
            LtiScore.resource_id == resource_id,
        )
        .with_for_update()
    )


def added(session: Session, membership: LtiMembership, resource_id: str) -> LtiScore:
    score = LtiScore(
        context_id=membership.context_id,
        lti_user_id=membership.lti_user_id,
        resource_id=resource_id,
    )
    session.add(score)
    return score


def later(last: datetime | None, now: datetime) -> datetime:
    """Whole seconds, and never one twice: Moodle drops fractions and refuses an equal time."""
    told = now.replace(microsecond=0)
    return told if last is None else max(told, last + timedelta(seconds=1))


def _rescale(score: LtiScore, maximum_thousandths: int) -> None:
    for name in ("platform_thousandths", "posting_thousandths"):
        value = getattr(score, name)
        if value is not None:
            scaled = round(value * maximum_thousandths / score.maximum_thousandths)
            setattr(score, name, scaled)


def put_in_queue(session: Session, score: LtiScore, *, institution_id: int) -> None:
    """Queue what the row says now; whatever waits for this cell is replaced."""
    session.flush()
    message = outbox.enqueue(
        session,
        kind=KIND,
        target=target(score),
        payload={
            "score_id": score.id,
            "given_thousandths": score.given_thousandths,
            "maximum_thousandths": score.maximum_thousandths,
            "timestamp": score.timestamp.isoformat(),
        },
        institution_id=institution_id,
    )
    score.outbox_message_id = message.id
    session.flush()


def target(score: LtiScore) -> str:
    """Of grades and of progress alike, so that the two never cross."""
    return f"score:{score.context_id}:{score.lti_user_id}:{score.resource_id}"[:255]
