"""A day has as many hours as the student's own clock gives it."""

from datetime import date

import pytest

from credit.hours import days


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 11, 1), "America/New_York", 25),
        (date(2027, 3, 14), "America/New_York", 23),
        (date(2026, 11, 1), "Europe/Berlin", 24),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 10, 14), "America/New_York", 24),
        (date(2026, 11, 1), "America/Phoenix", 24),
    ],
)
def test_the_length_of_a_day(day: date, zone: str, hours: int) -> None:
    assert days.minutes_of(day, zone) == hours * 60
    assert bool(days.why_this_long(day, zone)) == (hours != 24)
