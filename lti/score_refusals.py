"""What a status means for a score that was not taken. Bodies name people and stay out of it."""

from datetime import timedelta

from careerlink import clock
from careerlink.outbox import Outcome
from careerlink.worker import Delivery
from lti import course_life, holding_back, http
from lti.models import LtiContext
from lti.products.base import Product
from lti.score_records import Job

BEHIND = timedelta(seconds=10)


def refused(delivery: Delivery, job: Job, product: Product, answer: http.Answer) -> Outcome:
    wait = product.throttled_for(answer)
    if wait is not None:
        holding_back.hold_back(delivery, job.client, clock.now() + wait)
        # Behind those that were held back with it, so that no single score uses up its tries.
        return Outcome(
            error=f"{product.name} asks us to wait",
            retry_after=wait + BEHIND,
            status=answer.status,
        )
    if answer.status >= 500 or answer.status in (408, 425):
        told = f"{product.name} answered {answer.status}{_why(product, answer)}"
        return Outcome(error=told, status=answer.status)
    if product.says_concluded(answer):
        with delivery.database.write() as session:
            course_life.note_refusal(session, session.get_one(LtiContext, job.context_id))
    why = _why(product, answer)
    told = f"{product.name} refused it ({answer.status}){why}"
    return Outcome(final=True, error=told, status=answer.status)


def _why(product: Product, answer: http.Answer) -> str:
    why = product.likely_cause(answer)
    return f": {why}" if why else ""
