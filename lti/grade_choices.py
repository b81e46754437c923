"""What a person chooses where a gradebook and a decision disagree, or a grade was refused."""

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute, Session

from careerlink import audit, clock
from careerlink.errors import ChangedMeanwhile, NotPossible
from careerlink.outbox import ON_ITS_WAY, DeliveryState, OutboxMessage
from careerlink.people.actors import Actor
from lti import grades
from lti.models import LtiContext, LtiScore, LtiUser


def keep(session: Session, score: LtiScore, *, actor: Actor) -> None:
    """The teacher's grade stands; nobody has to do anything about ours."""
    message = _only_overridden(session, score)
    score.kept_at = clock.now()
    message.state, message.settled_at = DeliveryState.DELIVERED, clock.now()
    session.flush()
    audit.record(
        session,
        "lti_score:keep",
        score,
        actor=actor,
        platform_thousandths=score.platform_thousandths,
    )


def replace(
    session: Session,
    score: LtiScore,
    *,
    seen_thousandths: int,
    institution_id: int,
    actor: Actor,
) -> None:
    """Ours instead of the teacher's, if it is still the one that was seen."""
    _only_overridden(session, score)
    if score.platform_thousandths != seen_thousandths:
        raise ChangedMeanwhile("The gradebook shows another grade now. Look at both again.")
    score.replaces_thousandths, score.kept_at = seen_thousandths, None
    send(session, score, institution_id=institution_id)
    audit.record(
        session, "lti_score:replace", score, actor=actor, platform_thousandths=seen_thousandths
    )


def send(session: Session, score: LtiScore, *, institution_id: int) -> None:
    score.timestamp = grades.later(score.timestamp, clock.now())
    score.answer, score.applied_at = "", None
    grades.put_in_queue(session, score, institution_id=institution_id)


def needs_somebody(
    course_id: int, person_id: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """A grade of this person's in the course that was refused, or differs from ours."""
    return exists().where(
        LtiScore.context_id == LtiContext.id,
        LtiContext.course_id == course_id,
        LtiScore.lti_user_id == LtiUser.id,
        LtiUser.person_id == person_id,
        LtiScore.outbox_message_id == OutboxMessage.id,
        (OutboxMessage.state == DeliveryState.FAILED)
        | (
            LtiScore.overridden_at.is_not(None)
            & LtiScore.kept_at.is_(None)
            & OutboxMessage.state.not_in(ON_ITS_WAY)
        ),
    )


def refused(course_id: int, person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Can be sent again without anybody's choice: no teacher changed it."""
    return exists().where(
        LtiScore.context_id == LtiContext.id,
        LtiContext.course_id == course_id,
        LtiScore.lti_user_id == LtiUser.id,
        LtiUser.person_id == person_id,
        LtiScore.outbox_message_id == OutboxMessage.id,
        OutboxMessage.state == DeliveryState.FAILED,
        LtiScore.overridden_at.is_(None),
    )


def stands(course_id: int, person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """A grade of ours was sent, and nothing took it back or let a teacher's stand since."""
    return exists().where(
        LtiScore.context_id == LtiContext.id,
        LtiContext.course_id == course_id,
        LtiScore.lti_user_id == LtiUser.id,
        LtiUser.person_id == person_id,
        LtiScore.given_thousandths.is_not(None),
        LtiScore.kept_at.is_(None),
    )


def _only_overridden(session: Session, score: LtiScore) -> OutboxMessage:
    if score.overridden_at is None:
        raise NotPossible("The gradebook shows no other grade than ours.")
    message = session.get_one(OutboxMessage, score.outbox_message_id)
    if message.state in ON_ITS_WAY:
        raise NotPossible("A grade is on its way there. Look again in a minute.")
    return message
