"""Moodle, measured on 4.5.6."""

from dataclasses import dataclass, replace
from typing import Any

from lti.answers import Answer
from lti.products.base import Product, ScorePost

HIGHEST = 100
CAUSES = {
    400: "the account may not be a student of that course",
    500: "the column may be locked there",
}


@dataclass(frozen=True)
class Moodle(Product):
    name: str = "Moodle"
    when_replacing: str = (
        "Moodle keeps a grade that is marked as overridden: take the mark away in its "
        "gradebook first, then send ours."
    )
    takes_review_by_put: bool = True

    def score(self, post: ScorePost) -> dict[str, Any]:
        if post.given_thousandths is None:
            # With a comment Moodle would stamp the emptied cell with its own clock, and
            # refuse whatever was queued before (scores/conflict_after_pending_manual).
            post = replace(post, comment="")
        return super().score(post)

    def column_maximum(self, maximum_thousandths: int) -> float | int:
        """A whole number up to the site's highest grade: teachers cannot save others."""
        whole, rest = divmod(maximum_thousandths, 1000)
        return whole if rest == 0 and 1 <= whole <= HIGHEST else HIGHEST

    def likely_cause(self, answer: Answer) -> str:
        return CAUSES.get(answer.status) or super().likely_cause(answer)
