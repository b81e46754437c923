"""When is asked how it goes, by the size of the project."""

from datetime import date

import pytest

from credit.check_ins.plan import progress_days

START, END = date(2026, 10, 5), date(2026, 10, 30)
MIDDLE = date(2026, 10, 17)
FIRST = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("hours", "milestones", "expected"),
    [
        (8, [], [MIDDLE]),
        (8, [date(2026, 10, 20), FIRST], [FIRST]),
        (8, [date(2026, 9, 1)], [MIDDLE]),
        (10, [FIRST], [FIRST]),
        (10.25, [FIRST], [MIDDLE]),
        (20, [], [MIDDLE]),
        (20.25, [], [date(2026, 10, day) for day in (12, 19, 26)]),
    ],
)
def test_the_days(hours: float, milestones: list[date], expected: list[date]) -> None:
    assert progress_days(START, END, int(hours * 60), milestones) == expected


def test_a_large_project_of_a_few_days_is_asked_about_once() -> None:
    assert progress_days(START, date(2026, 10, 9), 40 * 60) == [date(2026, 10, 7)]
