"""When a platform's words mean that a course is over."""

import pytest
import time_machine

from lti import course_life

PAST, LONG_AGO, AHEAD = "2026-10-01T06:59:59Z", "2026-07-01 06:59:59 UTC", "2027-01-01"


@pytest.mark.parametrize(
    ("custom", "is_over"),
    [
        ({}, None),
        ({"course_state": "completed"}, True),
        ({"course_state": "completed", "course_ends_at": AHEAD}, True),
        ({"course_state": "available"}, False),
        ({"course_state": "created"}, False),
        ({"course_state": "available", "course_ends_at": AHEAD}, False),
        # Grades are still being decided on, and Canvas may refuse them already.
        ({"course_state": "available", "course_ends_at": PAST}, None),
        ({"course_state": "available", "course_ends_at": LONG_AGO}, True),
        ({"course_state": "available", "term_ends_at": LONG_AGO}, True),
        ({"course_ends_at": AHEAD, "term_ends_at": LONG_AGO}, False),
        ({"course_ends_at": LONG_AGO}, True),
        ({"course_ends_at": PAST}, None),
        ({"course_ends_at": "next summer"}, None),
        ({"course_ends_at": "9999-12-31T23:59:59Z"}, False),
        ({"course_ends_at": "0001-01-01T00:00:00Z"}, True),
    ],
)
def test_what_is_told_of_the_end(custom: dict[str, str], is_over: bool | None) -> None:
    with time_machine.travel("2026-10-14T15:30:00Z", tick=False):
        assert course_life.told_over(custom) is is_over
