"""Telling a gradebook that work waits for its grade, and where it can be read."""

from datetime import datetime

from sqlalchemy.orm import Session

from careerlink import audit, clock, outbox
from careerlink.courses.models import Course
from careerlink.outbox import ON_ITS_WAY, DeliveryState, OutboxMessage
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from lti import grades
from lti.gradebooks import place_of
from lti.models import LtiMembership, LtiScore
from lti.products import product_of
from lti.score_records import KIND

PENDING = (*ON_ITS_WAY, DeliveryState.FAILED)


def queue_progress(
    session: Session,
    *,
    person: Person,
    course: Course,
    resource_id: str,
    label: str,
    submission_path: str,
    submitted_at: datetime,
    is_again: bool,
    actor: Actor,
) -> LtiScore | None:
    """The student handed the work over; ``is_again`` after it had been given back.

    A grade that is still on its way, or failed, is never replaced by this: the work is then
    noted and goes along with the next grade.
    """
    membership = place_of(session, person, course, resource_id=resource_id)
    if membership is None:
        return None
    score = grades.locked(session, membership, resource_id)
    if score is None:
        score = grades.added(session, membership, resource_id)
        score.timestamp = grades.later(None, clock.now())
        score.label = label
    score.has_new_work = score.has_new_work or is_again or score.submitted_at is None
    score.submission_path, score.submitted_at = submission_path, submitted_at
    session.flush()
    audit.record(session, "lti_score:hand_over", score, actor=actor)
    if _may_tell(session, membership, score):
        _enqueue(session, score, course.institution_id)
    return score


def _may_tell(session: Session, membership: LtiMembership, score: LtiScore) -> bool:
    product = product_of(membership.context.deployment.registration.family)
    if product.progress_empties_the_cell and score.outbox_message_id is not None:
        return False
    if score.outbox_message_id is None:
        return True
    waiting = session.get_one(OutboxMessage, score.outbox_message_id)
    return waiting.state not in PENDING


def _enqueue(session: Session, score: LtiScore, institution_id: int) -> None:
    score.timestamp = grades.later(score.timestamp, clock.now())
    message = outbox.enqueue(
        session,
        kind=KIND,
        target=grades.target(score),
        payload={"score_id": score.id, "is_progress": True},
        institution_id=institution_id,
    )
    score.progress_message_id = message.id
    session.flush()
