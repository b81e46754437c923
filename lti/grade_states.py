"""What became of grades that were queued, in words for the page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.outbox import ON_ITS_WAY, DeliveryState, OutboxMessage
from lti.models import LtiContext, LtiDeployment, LtiScore, LtiUser
from lti.products import product_of
from lti.products.base import Product
from lti.score_words import shown_words


@dataclass(frozen=True)
class GradeState:
    """What the page says about one person's grade in the LMS."""

    label: str
    kind: str
    """Of the status mark: done, active, wait or stop."""
    message_id: int | None
    """To retry it or to note that it was done by hand."""
    can_retry: bool = False
    shown_thousandths: int | None = None
    maximum_thousandths: int = 100_000
    score_id: int = 0
    given_thousandths: int | None = None
    is_overridden: bool = False
    """Another grade than ours stands there, and nobody has let it stand yet."""
    is_kept: bool = False
    """Somebody let the teacher's grade stand."""
    when_replacing: str = ""
    seen_thousandths: int | None = None
    """What the platform showed when it was last read."""
    read_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Sent, and nothing took it back or let a teacher's stand since."""
        return self.given_thousandths is not None and not self.is_kept


def states_for(
    session: Session, course_id: int, person_ids: Collection[int]
) -> dict[int, GradeState]:
    """By person, for those who have a score in this course; the latest where there are two."""
    rows = session.execute(
        select(LtiScore, LtiUser.person_id, OutboxMessage)
        .join(LtiContext, LtiScore.context_id == LtiContext.id)
        .join(LtiUser, LtiScore.lti_user_id == LtiUser.id)
        # Without a message the cell knows of work, and of no decision.
        .join(OutboxMessage, LtiScore.outbox_message_id == OutboxMessage.id)
        .where(LtiContext.course_id == course_id, LtiUser.person_id.in_(person_ids))
        .options(
            selectinload(LtiScore.context)
            .joinedload(LtiContext.deployment)
            .joinedload(LtiDeployment.registration),
            selectinload(LtiScore.context)
            .joinedload(LtiContext.course)
            .joinedload(Course.institution),
        )
        .order_by(LtiScore.timestamp, LtiScore.id)
    )
    return {person_id: _state(score, message) for score, person_id, message in rows}


def _state(score: LtiScore, message: OutboxMessage | None) -> GradeState:
    label, kind = _words(score, message)
    return GradeState(
        label=label,
        kind=kind,
        message_id=message.id if message is not None else None,
        can_retry=message is not None and message.state == DeliveryState.FAILED,
        shown_thousandths=score.platform_thousandths if score.applied_at else None,
        maximum_thousandths=score.maximum_thousandths,
        score_id=score.id,
        given_thousandths=score.given_thousandths,
        is_overridden=score.overridden_at is not None
        and score.kept_at is None
        and not (message is not None and message.state in ON_ITS_WAY),
        is_kept=score.kept_at is not None,
        when_replacing=_product(score).when_replacing,
        seen_thousandths=score.platform_thousandths,
        read_at=score.read_at,
    )


def _words(score: LtiScore, message: OutboxMessage | None) -> tuple[str, str]:
    if message is not None and message.done_by_id is not None:
        return "Entered by hand", "done"
    if score.kept_at is not None:
        return f"Teacher’s grade kept: {_shown(score)}", "done"
    if message is not None and message.state == DeliveryState.SENDING:
        return "Being sent", "active"
    if message is not None and message.state == DeliveryState.QUEUED:
        return _waiting(score, message), "wait"
    if score.applied_at is not None:
        done = "Taken back" if score.given_thousandths is None else "Sent"
        return f"{done}: {score.answer}".rstrip("."), "done"
    if score.overridden_at is not None:
        told = message.last_error if message is not None else ""
        keeps = "keeps the grade typed in" in told
        return (told if keeps else f"Overridden in {_shown(score, ':')}"), "stop"
    error = message.last_error if message is not None else ""
    return f"Not sent: {error}".removesuffix(": "), "stop"


def _shown(score: LtiScore, mark: str = "") -> str:
    shown = shown_words(score.platform_thousandths, score.maximum_thousandths)
    return f"{_product(score).name}{mark} {shown}"


def _product(score: LtiScore) -> Product:
    return product_of(score.context.deployment.registration.family)


def _waiting(score: LtiScore, message: OutboxMessage) -> str:
    if not message.last_error:
        return "Waiting to be sent"
    zone = ZoneInfo(score.context.course.institution.time_zone)
    due = max(message.due_at, clock.now()).astimezone(zone)
    return f"Waiting: {message.last_error}, next try {due:%H:%M}"
