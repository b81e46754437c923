"""Everything that was sent for one person's grade, and every answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.outbox import DeliveryState, OutboxAttempt, OutboxMessage
from lti import grades
from lti.models import LtiContext, LtiScore, LtiUser
from lti.score_records import KIND
from lti.score_words import out_of


@dataclass(frozen=True)
class Answer:
    at: datetime
    words: str
    status: int | None
    """As HTTP has it; nothing where no answer came."""


@dataclass(frozen=True)
class Sent:
    """One message: a grade, its withdrawal, or the word that work waits."""

    at: datetime
    what: str
    stands: str
    answers: Sequence[Answer]


STANDS = {
    DeliveryState.QUEUED: "waiting to be sent",
    DeliveryState.SENDING: "being sent",
    DeliveryState.DELIVERED: "delivered",
    DeliveryState.FAILED: "not delivered",
    DeliveryState.SUPERSEDED: "replaced by a newer one",
}


def of_person(session: Session, course_id: int, person_id: int) -> list[Sent]:
    """Oldest first."""
    scores = session.scalars(
        select(LtiScore)
        .join(LtiContext, LtiScore.context_id == LtiContext.id)
        .join(LtiUser, LtiScore.lti_user_id == LtiUser.id)
        .where(LtiContext.course_id == course_id, LtiUser.person_id == person_id)
    ).all()
    messages = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.kind == KIND,
            OutboxMessage.target.in_([grades.target(score) for score in scores]),
        )
        .order_by(OutboxMessage.id)
    ).all()
    answers = _answers(session, [message.id for message in messages])
    return [_sent(message, answers.get(message.id, [])) for message in messages]


def _answers(session: Session, message_ids: Sequence[int]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = {}
    rows = session.scalars(
        select(OutboxAttempt)
        .where(OutboxAttempt.message_id.in_(message_ids))
        .order_by(OutboxAttempt.id)
    )
    for row in rows:
        answer = Answer(row.ended_at or row.started_at, row.error, row.status)
        found.setdefault(row.message_id, []).append(answer)
    return found


def _sent(message: OutboxMessage, answers: Sequence[Answer]) -> Sent:
    stands = STANDS[message.state]
    if message.done_by_id is not None:
        stands = "entered by hand"
    return Sent(message.created_at, _what(message), stands, answers)


def _what(message: OutboxMessage) -> str:
    told = message.payload
    if told.get("is_progress"):
        return "Work waits for its decision"
    if told["given_thousandths"] is None:
        return "Grade taken back"
    return out_of(told["given_thousandths"], told["maximum_thousandths"])
