"""What we keep of a score while it is sent: read before, written after, in short units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.outbox import DeliveryState, OutboxMessage, Outcome
from careerlink.worker import LEASE, Delivery
from lti.line_items import Column
from lti.models import (
    DeploymentState,
    LtiScore,
    RegistrationState,
)
from lti.products.base import Submission
from lti.results import Result
from lti.scopes import GRADES, RESULT_READ, SCORE
from lti.tokens import Client

KIND = "score"
SOON = timedelta(seconds=10)
MOST_ATTEMPTS = 84
"""Once an hour in the end: three days, so that an LMS may be down over a weekend."""
CLOSED = 503
"""Said at the door, of a platform that is down; other faults of a server leave it open
whether the score was stored."""


@dataclass(frozen=True)
class Job:
    """One message's score, free of the session. Figures are thousandths."""

    score_id: int
    context_id: int
    client: Client
    scopes: Sequence[str]
    lineitems_url: str
    user_id: str
    resource_id: str
    label: str
    given: int | None
    maximum: int
    comment: str
    timestamp: datetime
    is_replaced: bool
    """A newer decision has its own message."""
    is_uncertain: bool
    """A post was begun and its answer never came."""
    posting: int | None
    """What that post carried."""
    standing: int | None
    """What we last made the platform show, if nobody changed it since."""
    was_posted: bool
    may_replace: int | None
    """A teacher's figure that somebody chose to replace."""
    has_new_work: bool
    submission: Submission | None

    @property
    def may_read(self) -> bool:
        return RESULT_READ in self.scopes

    @property
    def shown_when_applied(self) -> int | None:
        """Platforms cap at the maximum."""
        return None if self.given is None else min(self.given, self.maximum)


def load(session: Session, delivery: Delivery) -> Job | Outcome:
    """The job, or what became of the message without one."""
    score = session.get(LtiScore, delivery.payload["score_id"])
    if score is None:
        return Outcome(final=True, error="the score is no longer known")
    if score.outbox_message_id == delivery.message_id and score.applied_at is not None:
        # The worker died between the platform's answer and its own note in the outbox.
        return Outcome(delivered=True, detail="already stored")
    if why := why_not_sent(score):
        return Outcome(final=True, error=why)
    if score.outbox_message_id != delivery.message_id and score.posting_since is None:
        return Outcome(delivered=True, detail="replaced by a newer decision")
    return job_of(score, delivery)


def why_not_sent(score: LtiScore) -> str:
    """Empty where the platform takes scores from us in this course."""
    deployment = score.context.deployment
    if (
        deployment.registration.state != RegistrationState.ACTIVE
        or deployment.state != DeploymentState.ACTIVE
    ):
        return "the registration of the LMS is switched off"
    if SCORE not in score.context.scopes:
        return "the LMS no longer lets us send scores in this course"
    if score.context.course.concluded_at is not None:
        return "the course is concluded; open it again to send its grades"
    if score.context.course.keeps_grades_here:
        return "this course keeps its decisions in CareerLink"
    return ""


def job_of(score: LtiScore, delivery: Delivery) -> Job:
    payload = delivery.payload
    is_grade = not payload.get("is_progress")
    is_replaced = is_grade and score.outbox_message_id != delivery.message_id
    return Job(
        score_id=score.id,
        context_id=score.context_id,
        client=Client.of(score.context.deployment),
        scopes=tuple(scope for scope in GRADES if scope in score.context.scopes),
        lineitems_url=score.context.lineitems_url,
        user_id=score.lti_user.sub,
        resource_id=score.resource_id,
        label=score.label,
        given=payload["given_thousandths"] if is_grade else None,
        maximum=payload["maximum_thousandths"] if is_grade else score.maximum_thousandths,
        comment=score.comment,
        timestamp=score.timestamp
        if not is_replaced
        else datetime.fromisoformat(payload["timestamp"]),
        is_replaced=is_replaced,
        is_uncertain=score.posting_since is not None,
        posting=score.posting_thousandths,
        standing=score.platform_thousandths if score.overridden_at is None else None,
        was_posted=score.line_item_id is not None,
        may_replace=score.replaces_thousandths,
        has_new_work=score.has_new_work,
        submission=_submission(score, delivery),
    )


def _submission(score: LtiScore, delivery: Delivery) -> Submission | None:
    if not score.submission_path or score.submitted_at is None:
        return None
    url = f"{delivery.settings.server.public_url}{score.submission_path}"
    return Submission(url, score.submitted_at)


def column_of(job: Job) -> Column:
    return Column(job.context_id, job.lineitems_url, job.resource_id, job.label, job.maximum)


def begin_post(delivery: Delivery, job: Job, line_item_id: int) -> bool:
    """Mark that a post begins, unless this worker's turn is over (its lease ran out)."""
    with delivery.database.write() as session:
        message = session.get_one(OutboxMessage, delivery.message_id)
        if message.attempts != delivery.attempt or message.state != DeliveryState.SENDING:
            return False
        # What came before may have taken most of the lease; nobody may come between now.
        message.lease_until = clock.now() + LEASE
        score = session.get_one(LtiScore, job.score_id)
        score.posting_since = score.posting_since or clock.now()
        score.posting_thousandths = job.shown_when_applied
        score.line_item_id = line_item_id
        score.has_new_work = False
    return True


def end_post(delivery: Delivery, job: Job) -> None:
    """The platform took nothing, and said so."""
    with delivery.database.write() as session:
        score = session.get_one(LtiScore, job.score_id)
        _unmark(score)
        # Handed over once more in the meantime, it stays so.
        score.has_new_work = score.has_new_work or job.has_new_work
        if not job.was_posted:
            score.line_item_id = None


def move_timestamp(delivery: Delivery, job: Job, timestamp: datetime) -> datetime:
    with delivery.database.write() as session:
        score = session.get_one(LtiScore, job.score_id)
        score.timestamp = max(score.timestamp, timestamp.replace(microsecond=0))
        return score.timestamp


def note_standing(delivery: Delivery, job: Job, thousandths: int | None) -> None:
    with delivery.database.write() as session:
        score = session.get_one(LtiScore, job.score_id)
        score.platform_thousandths = thousandths
        _unmark(score)


def note_applied(delivery: Delivery, job: Job, shown: Result | None, *, answer: str) -> None:
    with delivery.database.write() as session:
        score = session.get_one(LtiScore, job.score_id)
        score.platform_thousandths = (
            job.shown_when_applied if shown is None else shown.thousandths
        )
        score.read_at = clock.now() if shown is not None else score.read_at
        _unmark(score)
        score.overridden_at = score.replaces_thousandths = None
        if score.outbox_message_id == delivery.message_id:
            score.answer = answer
            score.applied_at = clock.now()


def note_overridden(delivery: Delivery, job: Job, shown: Result, *, answer: str) -> None:
    with delivery.database.write() as session:
        score = session.get_one(LtiScore, job.score_id)
        score.platform_thousandths, score.read_at = shown.thousandths, clock.now()
        _unmark(score)
        # Whoever chose to replace a grade saw another one, or the platform keeps it.
        score.overridden_at, score.replaces_thousandths = clock.now(), None
        if score.outbox_message_id == delivery.message_id:
            score.answer = answer


def _unmark(score: LtiScore) -> None:
    score.posting_since = score.posting_thousandths = None
