"""Canvas, by its source and documentation."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lti.answers import Answer
from lti.products.base import Product, ProgressPost, ScorePost, Submission, iso

SUBMISSION = "https://canvas.instructure.com/lti/submission"
OLDER = "before last updated timestamp"
HELD = re.compile(OLDER + r" of (\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))")
NO_ATTEMPT_LEFT = "maximum number of allowed attempts"
CONCLUDED = "course has concluded"
UNAUTHORIZED = {
    "insufficient permissions": "it did not grant CareerLink this permission",
    "developer key": "the key of CareerLink is switched off there",
    "not linked to a tool": "CareerLink is no longer installed in that course",
}
"""401 says these, too (fixtures/canvas, common_errors); no new token helps against them."""


@dataclass(frozen=True)
class Canvas(Product):
    name: str = "Canvas"
    reads_before_first: bool = False
    """There is no result before our first post, whatever the teacher has typed in."""
    shows_what_it_stores: bool = False
    when_replacing: str = "The student may get a message from Canvas about the new grade."
    progress_empties_the_cell: bool = False
    results_limit: int | None = 50
    tells_its_host: bool = True

    def score(self, post: ScorePost) -> dict[str, Any]:
        body = super().score(post)
        is_submission = (
            post.is_new_work and not post.is_uncertain and post.given_thousandths is not None
        )
        # Every post makes an attempt unless told otherwise: the first stands for the work,
        # a correction, a repeat or a withdrawal is no new work.
        extension: dict[str, Any] = {"new_submission": is_submission}
        if post.given_thousandths is not None:
            # More than a minute ahead of Canvas's clock it would be refused.
            moment = post.decided_at or post.timestamp
            if post.submission is not None:
                moment = min(moment, post.submission.submitted_at)
            body["submission"] = {"submittedAt": iso(moment)}
            if is_submission and post.submission is not None:
                extension |= _opens(post.submission)
            if post.is_first:
                # Blocks later corrections of our own too, hence on the first post only.
                extension["prioritize_non_tool_grade"] = True
        if post.is_uncertain:
            # A comment is added with every post that has one.
            body.pop("comment", None)
        return body | {SUBMISSION: extension}

    def progress(self, post: ProgressPost) -> dict[str, Any]:
        extension: dict[str, Any] = {
            "new_submission": post.is_new_work,
            # Without it the grade that stands would be cleared.
            "preserve_score": True,
        }
        if post.is_new_work:
            extension |= _opens(post.submission)
        return super().progress(post) | {SUBMISSION: extension}

    def review(self, public_url: str) -> dict[str, Any]:
        """SpeedGrader opens the address of the attempt instead."""
        return {}

    def refuses_the_token(self, answer: Answer) -> bool:
        return answer.status == 401 and not _why_unauthorized(answer)

    def knows_a_later_one(self, answer: Answer) -> bool:
        return answer.status == 409 or (answer.status == 400 and OLDER in answer.text())

    def held_time(self, answer: Answer) -> datetime | None:
        named = HELD.search(answer.text())
        try:
            return datetime.fromisoformat(named.group(1)) if named else None
        except ValueError:
            return None

    def wants_no_attempt(self, answer: Answer) -> bool:
        return answer.status == 422 and NO_ATTEMPT_LEFT in answer.text()

    def says_concluded(self, answer: Answer) -> bool:
        # Older Canvas answers 404 for it, which may be a column alone (fixtures/canvas,
        # services/scores/error_concluded_course_older).
        return answer.status == 422 and CONCLUDED in answer.text()

    def likely_cause(self, answer: Answer) -> str:
        if self.says_concluded(answer):
            return "the course is concluded there"
        if answer.status == 401 and (why := _why_unauthorized(answer)):
            return why
        return super().likely_cause(answer)


def _opens(submission: Submission) -> dict[str, Any]:
    """SpeedGrader launches us with this address when somebody grades the attempt."""
    return {"submission_type": "basic_lti_launch", "submission_data": submission.url}


def _why_unauthorized(answer: Answer) -> str:
    told = answer.text().lower()
    return next((why for words, why in UNAUTHORIZED.items() if words in told), "")
