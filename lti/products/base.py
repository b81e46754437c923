"""What the standard says; a family overrides where it differs."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from lti.answers import Answer

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
LONGEST_WAIT = timedelta(hours=1)
THROTTLE_WAIT = timedelta(minutes=1)
CAUSES = {
    401: "the tool may be switched off there, or lack a permission",
    403: "the tool may not grade in this course",
    404: "the course or its column may be gone",
    422: "the account may not be a student of that course",
}


@dataclass(frozen=True)
class Submission:
    """The work behind a cell."""

    url: str
    submitted_at: datetime


@dataclass(frozen=True)
class ProgressPost:
    """That work waits for its grade."""

    user_id: str
    timestamp: datetime
    submission: Submission
    is_new_work: bool = True
    """The platform may count an attempt of the student for this post."""


@dataclass(frozen=True)
class ScorePost:
    """One score as it is about to be sent."""

    user_id: str
    given_thousandths: int | None
    """``None`` takes the grade back."""
    maximum_thousandths: int
    comment: str
    timestamp: datetime
    is_first: bool = True
    """No score of ours stands in this cell."""
    is_uncertain: bool = False
    """An earlier post of this score got no answer: parts of it may have arrived."""
    is_new_work: bool = True
    """The platform may count an attempt of the student for this post."""
    decided_at: datetime | None = None
    """Where the timestamp had to be moved past one that the platform holds."""
    submission: Submission | None = None


@dataclass(frozen=True)
class Product:
    name: str = "The LMS"
    reads_before_first: bool = True
    """A grade that a teacher typed in shows in the results before our first post."""
    shows_what_it_stores: bool = True
    """Results are the gradebook's own figures, also after the first post."""
    when_replacing: str = ""
    """What somebody should know who replaces a teacher's grade by ours."""
    takes_review_by_put: bool = False
    results_limit: int | None = None
    """To ask for more results a page than it gives by itself."""
    progress_empties_the_cell: bool = True
    """A missing score clears the one that stands, says the standard."""
    tells_its_host: bool = False
    """By a custom parameter of ours. Elsewhere a teacher can write it into an activity, and
    what it says would frame everybody's pages."""

    def score(self, post: ScorePost) -> dict[str, Any]:
        body: dict[str, Any] = {
            "userId": post.user_id,
            "timestamp": iso(post.timestamp),
        }
        if post.given_thousandths is None:
            return body | {"activityProgress": "InProgress", "gradingProgress": "NotReady"}
        body |= {
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "scoreGiven": points(post.given_thousandths),
            "scoreMaximum": points(post.maximum_thousandths),
        }
        if post.comment:
            body["comment"] = post.comment
        return body

    def encoded(self, post: ScorePost) -> str:
        return json.dumps(self.score(post))

    def progress(self, post: ProgressPost) -> dict[str, Any]:
        return {
            "userId": post.user_id,
            "timestamp": iso(post.timestamp),
            "activityProgress": "Submitted",
            "gradingProgress": "PendingManual",
            "submission": {"submittedAt": iso(post.submission.submitted_at)},
        }

    def encoded_progress(self, post: ProgressPost) -> str:
        return json.dumps(self.progress(post))

    def review(self, public_url: str) -> dict[str, Any]:
        """What a column says of opening the work behind a cell."""
        return {
            "submissionReview": {
                "reviewableStatus": ["Submitted", "Completed"],
                "label": "Open in CareerLink",
                "url": f"{public_url}/lti/launch",
            }
        }

    def column_maximum(self, maximum_thousandths: int) -> float | int:
        return points(maximum_thousandths)

    def throttled_for(self, answer: Answer) -> timedelta | None:
        """How long to leave the platform alone, or ``None`` where it did not ask for that.

        Canvas says so with 403 and words (source) or with 429 (documentation).
        """
        busy = answer.status == 429 or (
            answer.status == 403 and "rate limit exceeded" in answer.text().lower()
        )
        if not busy:
            return None
        seconds = answer.headers.get("Retry-After", "")
        if not seconds.isdecimal():
            return THROTTLE_WAIT
        return min(timedelta(seconds=min(int(seconds), 10**6)), LONGEST_WAIT)

    def refuses_the_token(self, answer: Answer) -> bool:
        """Another access token may help."""
        return answer.status == 401

    def knows_a_later_one(self, answer: Answer) -> bool:
        """The platform holds a grade with this timestamp or a later one."""
        return answer.status == 409

    def held_time(self, answer: Answer) -> datetime | None:
        """The later time, where that answer names it."""
        return None

    def wants_no_attempt(self, answer: Answer) -> bool:
        return False

    def says_concluded(self, answer: Answer) -> bool:
        """The platform refused because the whole course is over."""
        return False

    def likely_cause(self, answer: Answer) -> str:
        """What usually stands behind this status, for staff; never what the body says."""
        return CAUSES.get(answer.status, "")


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def points(thousandths: int) -> float | int:
    whole, rest = divmod(thousandths, 1000)
    return whole if rest == 0 else thousandths / 1000


def below(line_item: str, last: str, **query: str) -> str:
    """The address of ``scores`` or ``results``: before the query, which Moodle's items have."""
    parts = urlsplit(line_item)
    given = [parts.query] if parts.query else []
    asked = [urlencode(query)] if query else []
    return urlunsplit(
        parts._replace(path=f"{parts.path.rstrip('/')}/{last}", query="&".join(given + asked))
    )
