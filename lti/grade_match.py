"""Whether a gradebook shows what it should, in words for whoever compares."""

from careerlink.outbox import ON_ITS_WAY, OutboxMessage
from lti.models import LtiScore
from lti.results import same
from lti.score_words import shown_words


def difference(
    score: LtiScore,
    message: OutboxMessage,
    *,
    given_thousandths: int | None,
    maximum_thousandths: int,
    due: str,
) -> str:
    """Empty where they agree; what a person chose or entered by hand counts as agreed."""
    told = score.given_thousandths
    if told is not None and score.maximum_thousandths != maximum_thousandths:
        told = round(told * maximum_thousandths / score.maximum_thousandths)
    if not same(told, given_thousandths):
        was = shown_words(score.given_thousandths, score.maximum_thousandths)
        return f"the last grade that was sent {was}, {due} is due"
    if score.kept_at is not None or message.done_by_id is not None:
        return ""
    if message.state in ON_ITS_WAY:
        return f"{due} is on its way"
    shown = score.platform_thousandths
    if score.overridden_at is not None or (
        score.applied_at is not None and score.read_at is not None and not same(shown, told)
    ):
        return f"the LMS {shown_words(shown, score.maximum_thousandths)}, {due} is due"
    return "" if score.applied_at is not None else f"{due} was not taken: {message.last_error}"
