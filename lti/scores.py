"""Sending a score so that the gradebook changes once, whatever dies on the way.

A mark is written before each post and taken away with its answer. While it stands, the result
is read back before anything is posted again. A grade that a teacher typed in is never
overwritten: whatever stands there and is not ours waits for a person.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from careerlink import clock
from careerlink.outbox import Outcome
from careerlink.worker import Delivery
from lti import (
    column_making,
    holding_back,
    http,
    line_items,
    progress_sending,
    results,
    score_records,
    score_refusals,
    score_words,
)
from lti.line_items import ColumnBeingMade
from lti.models import LtiLineItem
from lti.products import product_of
from lti.products.base import SCORE_TYPE, Product, ScorePost, below
from lti.results import Result, same
from lti.score_records import CLOSED, SOON, Job
from lti.services import Services

FEW_CALLS_LEFT = 100
PAUSE = timedelta(seconds=10)
SEARCHES = 3


def deliver(delivery: Delivery) -> Outcome:
    """Handler of the outbox for scores, and for the word that work waits for one."""
    if delivery.payload.get("is_progress"):
        return progress_sending.deliver(delivery)
    with delivery.database.read() as session:
        job = score_records.load(session, delivery)
    if isinstance(job, Outcome):
        return job
    product = product_of(job.client.family)
    try:
        with http.Platform(delivery.settings) as platform:
            services = Services(
                delivery.database, delivery.settings, job.client, job.scopes, platform
            )
            sending = _Sending(delivery, job, product, services)
            outcome = sending.run()
            return replace(outcome, status=outcome.status or sending.status)
    except ColumnBeingMade as fault:
        return Outcome(error=f"{product.name} {fault}", retry_after=SOON)
    except line_items.NoColumn as fault:
        return Outcome(final=True, error=f"{product.name} {fault}")
    except http.BadStatus as fault:
        return score_refusals.refused(delivery, job, product, fault.answer)
    except http.ForbiddenAddress as fault:
        return Outcome(final=True, error=f"The address of {product.name} {fault}")
    except http.PlatformFault as fault:
        return Outcome(error=f"{product.name} {fault}")


class _Sending:
    def __init__(
        self, delivery: Delivery, job: Job, product: Product, services: Services
    ) -> None:
        self.delivery = delivery
        self.job = job
        self.product = product
        self.services = services
        self.is_first = job.standing is None and job.may_replace is None
        self.status: int | None = None
        """What the platform answered to the last post."""

    def run(self) -> Outcome:
        item = column_making.resolve(
            self.services, self.product, score_records.column_of(self.job)
        )
        try:
            before = self._read(item) if self._must_look() else None
        except http.BadStatus as fault:
            return self._lost(item, fault.answer)
        if self.job.is_replaced:
            return self._leave_to_newer(before)
        if before is not None:
            if self._is_done(before):
                return self._applied(before, "read back: already stored")
            if not self._is_ours(before):
                return self._overridden(before)
            # An unanswered post of ours counts, too, once it is seen to have arrived.
            self.is_first = self.is_first and before.thousandths is None
        return self._post(item)

    def _must_look(self) -> bool:
        if not self.job.may_read:
            return False
        first = self.job.standing is None and not self.job.was_posted
        return self.job.is_uncertain or not first or self.product.reads_before_first

    def _read(self, item: LtiLineItem) -> Result:
        return results.read(self.services, item.url, self.job.user_id, self.job.maximum)

    def _is_done(self, before: Result) -> bool:
        job = self.job
        if job.given is None and before.thousandths is None:
            return True  # nothing to take back
        if not job.is_uncertain or not same(before.thousandths, job.shown_when_applied):
            return False
        # Moodle says when: the same figure may be that of an earlier decision.
        return before.timestamp is None or before.timestamp >= job.timestamp

    def _is_ours(self, before: Result) -> bool:
        job = self.job
        ours = [None, job.shown_when_applied, job.standing, job.may_replace]
        if job.is_uncertain:
            ours.append(job.posting)
        return any(same(before.thousandths, one) for one in ours)

    def _leave_to_newer(self, before: Result | None) -> Outcome:
        """A newer decision waits: it must know what stands there, and nothing is posted."""
        if before is not None and self._is_ours(before):
            score_records.note_standing(self.delivery, self.job, before.thousandths)
        return Outcome(delivered=True, detail="replaced by a newer decision")

    def _post(self, item: LtiLineItem) -> Outcome:
        job, product = self.job, self.product
        post = ScorePost(
            user_id=job.user_id,
            given_thousandths=job.given,
            maximum_thousandths=job.maximum,
            comment=job.comment,
            timestamp=job.timestamp,
            is_first=self.is_first,
            # Another post than this one may be the unanswered one.
            is_uncertain=job.is_uncertain and same(job.posting, job.shown_when_applied),
            is_new_work=job.has_new_work or not job.was_posted,
            submission=job.submission,
        )
        self.services.authorize()
        if not score_records.begin_post(self.delivery, job, item.id):
            return Outcome(error="another worker sends this score")
        answer = self._send(item, post)
        if product.wants_no_attempt(answer):
            answer = self._send(item, replace(post, is_new_work=False))
        if product.knows_a_later_one(answer):
            return self._after_conflict(item, post, self.product.held_time(answer))
        if answer.ok:
            self._slow_down(answer)
            return self._read_back(item)
        return self._not_taken(item, answer)

    def _send(self, item: LtiLineItem, post: ScorePost) -> http.Answer:
        try:
            answer = self.services.request(
                "POST",
                below(item.url, "scores"),
                content_type=SCORE_TYPE,
                body=self.product.encoded(post),
            )
            self.status = answer.status
            return answer
        except http.NotConnected:
            score_records.end_post(self.delivery, self.job)
            raise

    def _after_conflict(
        self, item: LtiLineItem, post: ScorePost, held: datetime | None
    ) -> Outcome:
        """The platform holds something as new as this: ours, or somebody else's."""
        if not self.job.may_read:
            if self.job.is_uncertain:
                return self._applied(None, "the platform has it already")
            return Outcome(final=True, error=f"{self.product.name} holds a later grade")
        now = self._read(item)
        if same(now.thousandths, self.job.shown_when_applied):
            return self._applied(now, "read back: already stored")
        if not self._is_ours(now):
            return self._overridden(now)
        # Our own older grade with a later time: a clock ahead, or a column that was rescaled
        # (Moodle then stamps all its grades anew). A later time gets through.
        times = [clock.now(), now.timestamp, held]
        latest = max(time for time in times if time is not None)
        return self._again_with(item, post, latest + timedelta(seconds=1))

    def _again_with(self, item: LtiLineItem, post: ScorePost, timestamp: datetime) -> Outcome:
        timestamp = score_records.move_timestamp(self.delivery, self.job, timestamp)
        post = replace(post, timestamp=timestamp, decided_at=post.timestamp)
        answer = self._send(item, post)
        if answer.ok:
            return self._read_back(item)
        if self.product.knows_a_later_one(answer):
            score_records.end_post(self.delivery, self.job)
            return Outcome(error=f"{self.product.name} holds a grade of a later time")
        return self._not_taken(item, answer)

    def _read_back(self, item: LtiLineItem) -> Outcome:
        """Moodle answers 200 for a cell that a teacher overrode, and changes nothing."""
        try:
            after = self._read(item) if self.job.may_read else None
        except http.PlatformFault:
            after = None
        if after is None or same(after.thousandths, self.job.shown_when_applied):
            return self._applied(after)
        return self._overridden(after)

    def _applied(self, shown: Result | None, detail: str = "") -> Outcome:
        answer = score_words.applied(self.product, self.job, shown, is_first=self.is_first)
        score_records.note_applied(self.delivery, self.job, shown, answer=answer)
        return Outcome(delivered=True, detail=detail or answer)

    def _overridden(self, shown: Result) -> Outcome:
        words = score_words.shown_words(shown.thousandths, self.job.maximum)
        score_records.note_overridden(
            self.delivery, self.job, shown, answer=f"{self.product.name} {words}."
        )
        told = score_words.overridden(self.product, self.job, shown)
        return Outcome(final=True, error=told)

    def _not_taken(self, item: LtiLineItem, answer: http.Answer) -> Outcome:
        if answer.status < 500 or answer.status == CLOSED:
            score_records.end_post(self.delivery, self.job)
        return self._lost(item, answer)

    def _lost(self, item: LtiLineItem, answer: http.Answer) -> Outcome:
        """A column that is gone is looked for once more; then the course itself may be."""
        if answer.status == 404:
            with self.delivery.database.write() as session:
                line_items.forget(session, item.id)
            if self.delivery.attempt < SEARCHES:
                return Outcome(error=f"{self.product.name} lost the column", retry_after=SOON)
        return score_refusals.refused(self.delivery, self.job, self.product, answer)

    def _slow_down(self, answer: http.Answer) -> None:
        left = answer.headers.get("X-Rate-Limit-Remaining", "")
        try:
            few = float(left) < FEW_CALLS_LEFT
        except ValueError:
            return
        if few:
            holding_back.hold_back(self.delivery, self.job.client, clock.now() + PAUSE)
