"""Our word that work waits, against the documented and the recorded one."""

from datetime import UTC, datetime

import pytest

from lti.models import Family
from lti.products import product_of
from lti.products.base import ProgressPost, Submission
from lti.products.canvas import SUBMISSION
from tests.recordings import load


@pytest.fixture
def database_url() -> str:
    """No database takes part here."""
    return "sqlite:///never-opened.db"


def test_our_word_of_waiting_work_is_the_documented_one_and_preserves_the_grade() -> None:
    recorded = load("canvas", "services/scores/basic_lti_launch")["request"]["body_json"]
    work = Submission(
        recorded[SUBMISSION]["submission_data"], datetime(2026, 11, 21, 19, 55, tzinfo=UTC)
    )
    moment = datetime(2026, 11, 21, 20, tzinfo=UTC)
    post = ProgressPost(recorded["userId"], moment, work)
    ours = product_of(Family.CANVAS).progress(post)
    # The document says itself to add what keeps an existing grade.
    kept = {SUBMISSION: {**recorded[SUBMISSION], "preserve_score": True}}
    assert ours == recorded | kept


def test_our_word_of_waiting_work_carries_no_grade_and_no_comment_elsewhere() -> None:
    recorded = load("moodle-4.5", "services/scores/started_first_contact")["request"]
    moment = datetime(2026, 11, 21, 12, tzinfo=UTC)
    post = ProgressPost("8", moment, Submission("https://tool.example/work", moment))
    ours = product_of(Family.MOODLE).progress(post)
    assert ours.keys() == {*recorded["body_json"], "submission"}
