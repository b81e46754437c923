"""Which evaluations a project asks for by its length, and when by its and the term's dates."""

from datetime import UTC, date, datetime

import pytest

from careerlink.placements.changes import Schedule
from credit.evaluations import dates, plan
from credit.evaluations.models import Author, EvaluationKind
from credit.hours.models import HoursConfirmation
from credit.hours.standing import standing

FINAL, MIDPOINT = EvaluationKind.FINAL, EvaluationKind.MIDPOINT
SUPERVISOR, STUDENT = Author.SUPERVISOR, Author.STUDENT
SIX_WEEKS = Schedule(date(2026, 10, 12), date(2026, 11, 20), 1200)


@pytest.mark.parametrize(
    ("hours", "chosen", "midpoint", "is_short"),
    [
        (5, True, False, True),
        (10, True, False, True),
        (11, False, False, False),
        (11, True, True, False),
        (20, False, False, False),
        (20, True, True, False),
        (21, False, True, False),
        (40, False, True, False),
    ],
)
def test_what_is_asked_by_length(
    hours: int, chosen: bool, midpoint: bool, is_short: bool
) -> None:
    chosen_from = plan.OFTENER_FROM if chosen else plan.ALWAYS_FROM

    assert plan.has_midpoint(hours * 60, chosen_from=chosen_from) == midpoint
    assert plan.length_of(hours * 60).is_short == is_short


def test_a_short_form_asks_less_and_a_midpoint_no_hours() -> None:
    full = plan.questions(FINAL, SUPERVISOR, is_short=False)
    short = plan.questions(FINAL, SUPERVISOR, is_short=True)
    half = plan.questions(MIDPOINT, SUPERVISOR, is_short=False)
    own = plan.questions(FINAL, STUDENT, is_short=False)

    assert (full.asks_hours, full.asks_examples, full.growth_required) == (True, True, True)
    assert (short.asks_hours, short.asks_examples, short.growth_required) == (
        True,
        False,
        False,
    )
    assert (half.asks_hours, half.asks_again) == (False, False)
    assert (own.asks_hours, own.asks_again) == (False, False)


def test_after_the_decision_hours_are_not_asked_any_more() -> None:
    late = plan.questions(FINAL, SUPERVISOR, is_short=False, is_settled=True)

    assert not late.asks_hours
    assert late.asks_again


def test_dates_hang_on_the_project_and_end_with_the_term() -> None:
    assert dates.anchor(MIDPOINT, SIX_WEEKS, None) == date(2026, 10, 31)
    assert dates.anchor(FINAL, SIX_WEEKS, date(2026, 12, 18)) == date(2026, 11, 20)
    assert dates.anchor(FINAL, SIX_WEEKS, date(2026, 11, 6)) == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("grades_due_on", "due"),
    [
        (None, datetime(2026, 11, 27, 15, tzinfo=UTC)),
        (date(2026, 12, 20), datetime(2026, 11, 27, 15, tzinfo=UTC)),
        (date(2026, 11, 25), datetime(2026, 11, 24, 22, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 22, 15, tzinfo=UTC)),
    ],
)
def test_an_answer_is_due_in_a_week_and_before_grades_are(
    grades_due_on: date | None, due: datetime
) -> None:
    asked = datetime(2026, 11, 20, 15, tzinfo=UTC)

    assert dates.due(asked, grades_due_on=grades_due_on, zone="America/New_York") == due


def confirmation(contact: int, minutes: int, until: date | None = None) -> HoursConfirmation:
    return HoursConfirmation(contact_id=contact, confirmed_minutes=minutes, covers_until=until)


def test_hours_of_two_supervisors_add_up_and_a_later_word_replaces_an_earlier() -> None:
    day = date(2026, 11, 2)
    first, again = confirmation(1, 600, day), confirmation(1, 540, day)
    second = HoursConfirmation(contact_id=2, confirmed_minutes=300, covers_from=day)
    whole = confirmation(3, 900)

    assert standing([first, second]) == [first, second]
    assert standing([first, second, again]) == [second, again]
    assert standing([whole, second]) == [second]
    assert standing([first, second, whole]) == [whole]
