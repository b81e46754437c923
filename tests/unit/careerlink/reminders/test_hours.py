"""When a mail may leave, by the clock on its reader's wall."""

from datetime import UTC, date, datetime

import pytest

from careerlink.reminders.hours import Hours

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (utc(18, 15), utc(18, 15)),
        (utc(18, 12, 59), utc(18, 13)),
        (utc(18, 22, 59), utc(18, 22, 59)),
        (utc(18, 23), utc(19, 13)),
        (utc(20, 23), utc(23, 13)),
        (utc(21, 15), utc(23, 13)),
    ],
    ids=["at work", "before eight", "before six", "after six", "Friday evening", "Saturday"],
)
def test_a_mail_leaves_in_working_hours(moment: datetime, leaves: datetime) -> None:
    assert Hours().next_open(moment, NEW_YORK) == leaves


def test_eight_stays_eight_when_clocks_change() -> None:
    """New York changes on 1 November 2026, Berlin a week before."""
    assert Hours().opening(date(2026, 10, 30), NEW_YORK) == utc(30, 12, month=10)
    assert Hours().opening(date(2026, 11, 2), NEW_YORK) == utc(2, 13)
    assert Hours().opening(date(2026, 10, 23), BERLIN) == utc(23, 6, month=10)
    assert Hours().opening(date(2026, 10, 26), BERLIN) == utc(26, 7, month=10)


def test_hours_are_data() -> None:
    weekend = Hours(opens=0, closes=24, weekdays=(5, 6))
    assert weekend.is_open(utc(22, 4), NEW_YORK)
    assert weekend.next_open(utc(23, 15), NEW_YORK) == utc(28, 5)
