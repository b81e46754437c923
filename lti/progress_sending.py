"""Sending the word that work waits, without ever touching a grade.

Nothing hangs on it: what keeps it from arriving is noted with the delivery, and is a task for
nobody. It goes into empty cells only, because on platforms but Canvas it empties them, and on
Canvas it wipes what the results say of a teacher's grade.
"""

from dataclasses import replace

from careerlink import outbox
from careerlink.outbox import MAX_ATTEMPTS, OutboxMessage, Outcome
from careerlink.worker import Delivery
from lti import column_making, http, line_items, results, score_records, score_refusals
from lti.line_items import ColumnBeingMade
from lti.models import LtiLineItem, LtiScore
from lti.products import product_of
from lti.products.base import SCORE_TYPE, Product, ProgressPost, below
from lti.score_records import Job
from lti.services import Services


def deliver(delivery: Delivery) -> Outcome:
    with delivery.database.read() as session:
        score = session.get(LtiScore, delivery.payload["score_id"])
        if score is None or (why := score_records.why_not_sent(score)):
            return _quietly(why if score is not None else "the score is no longer known")
        message = session.get_one(OutboxMessage, delivery.message_id)
        if outbox.newer(session, message):
            return _quietly("a newer message tells more")
        job = score_records.job_of(score, delivery)
    outcome = _attempt(delivery, job)
    if outcome.final or (not outcome.delivered and delivery.attempt >= MAX_ATTEMPTS):
        return _quietly(outcome.error)
    return outcome


def _attempt(delivery: Delivery, job: Job) -> Outcome:
    product = product_of(job.client.family)
    try:
        with http.Platform(delivery.settings) as platform:
            services = Services(
                delivery.database, delivery.settings, job.client, job.scopes, platform
            )
            return _send(delivery, job, product, services)
    except ColumnBeingMade as fault:
        return Outcome(error=f"{product.name} {fault}", retry_after=score_records.SOON)
    except (line_items.NoColumn, http.ForbiddenAddress) as fault:
        return _quietly(f"{product.name} {fault}")
    except http.BadStatus as fault:
        return score_refusals.refused(delivery, job, product, fault.answer)
    except http.PlatformFault as fault:
        return Outcome(error=f"{product.name} {fault}")


def _send(delivery: Delivery, job: Job, product: Product, services: Services) -> Outcome:
    if product.progress_empties_the_cell and job.was_posted:
        return _quietly("it could empty a grade there")
    item = column_making.resolve(services, product, score_records.column_of(job))
    is_new_work = job.has_new_work
    if product.progress_empties_the_cell or job.was_posted:
        if not job.may_read:
            return _quietly("what stands there cannot be read")
        shown = results.read(services, item.url, job.user_id, job.maximum)
        if shown.thousandths is not None:
            return _quietly("a grade stands there")
        # An answer that never came: Canvas has a result of it, or the post did not arrive.
        is_new_work = is_new_work or (job.is_uncertain and not shown.is_there)
    services.authorize()
    if not score_records.begin_post(delivery, job, item.id):
        return Outcome(error="another worker sends this")
    return _posted(delivery, job, product, services, item, is_new_work=is_new_work)


def _posted(
    delivery: Delivery,
    job: Job,
    product: Product,
    services: Services,
    item: LtiLineItem,
    *,
    is_new_work: bool,
) -> Outcome:
    if job.submission is None:
        return _quietly("there is no work to show")
    post = ProgressPost(job.user_id, job.timestamp, job.submission, is_new_work)
    try:
        answer = _exchange(services, item, product, post)
        if product.wants_no_attempt(answer):
            answer = _exchange(services, item, product, replace(post, is_new_work=False))
    except http.NotConnected:
        score_records.end_post(delivery, job)
        raise
    if answer.ok:
        score_records.note_standing(delivery, job, None)
        return Outcome(delivered=True, detail=f"{product.name} knows that work waits")
    if answer.status < 500 or answer.status == score_records.CLOSED:
        score_records.end_post(delivery, job)
    return score_refusals.refused(delivery, job, product, answer)


def _exchange(
    services: Services, item: LtiLineItem, product: Product, post: ProgressPost
) -> http.Answer:
    return services.request(
        "POST",
        below(item.url, "scores"),
        content_type=SCORE_TYPE,
        body=product.encoded_progress(post),
    )


def _quietly(why: str) -> Outcome:
    return Outcome(delivered=True, detail=f"not told that work waits: {why}")
