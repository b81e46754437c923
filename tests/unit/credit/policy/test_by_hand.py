"""Figures worked out on paper, a minute, a thousandth or a day on either side of an edge."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from credit.policy.amounts import needed_minutes
from credit.policy.credit_sum import CreditSum, compute, earned_credits
from credit.policy.inputs import EarlierInput, EntryInput, MajorInput, TermInput
from credit.policy.parameters import HoursStep, Parameters
from tests.factories.credit_sums import FIRST, case, placement

Days = Sequence[tuple[date, int]]
LONG_AGO = date(2026, 1, 1)
DAY = timedelta(days=1)
MACALESTER = {
    "hours_table": tuple(
        HoursStep(minutes=hours * 60, thousandths=credits * 1000)
        for hours, credits in ((45, 1), (75, 2), (105, 3), (140, 4))
    ),
    "maximum_thousandths": 4000,
}
QUARTERS = {"step_thousandths": 250, "minimum_thousandths": 250}
THOUSANDTHS = {"step_thousandths": 1, "minimum_thousandths": 1}


def policy(**values: Any) -> Parameters:
    return Parameters(**{"supervisor_evaluation_required": False, **values})


def worked(rules: Parameters, *days: tuple[date, int], **values: Any) -> CreditSum:
    """One project, confirmed as logged and agreed long ago, in a course joined long ago."""
    total = sum(minutes for _, minutes in days)
    entries = [
        EntryInput(id=at, worked_on=day, minutes=minutes)
        for at, (day, minutes) in enumerate(days, 1)
    ]
    of_project = {"agreed_on", "confirmed_minutes", "planned_minutes"} & set(values)
    project = placement(
        total,
        **{
            "entries": tuple(entries),
            "agreed_on": LONG_AGO,
            "planned_minutes": total,
            **{name: values.pop(name) for name in of_project},
        },
    )
    return compute(rules, case(project, **{"edition": 2, "enrolled_on": LONG_AGO, **values}))


@pytest.mark.parametrize(
    ("values", "hours", "minutes", "credits"),
    [
        (QUARTERS, 11, 14, 0), (QUARTERS, 11, 15, 250),
        (QUARTERS, 33, 44, 500), (QUARTERS, 33, 45, 750),
        ({"minutes_per_credit": 35 * 60}, 17, 29, 0),
        ({"minutes_per_credit": 35 * 60}, 17, 30, 500),
        ({"minutes_per_credit": 40 * 60}, 119, 59, 2500),
        ({"minutes_per_credit": 40 * 60}, 160, 0, 3000),
        # 2,700 minutes make 1,000 thousandths: 2.7 minutes make one of them.
        (THOUSANDTHS, 0, 2, 0), (THOUSANDTHS, 0, 3, 1), (THOUSANDTHS, 44, 59, 999),
        (MACALESTER, 44, 59, 0), (MACALESTER, 74, 59, 1000), (MACALESTER, 104, 59, 2000),
        (MACALESTER, 139, 59, 3000), (MACALESTER, 140, 0, 4000),
        (MACALESTER | {"maximum_thousandths": 3500}, 140, 0, 3500),
        (MACALESTER | {"maximum_thousandths": 3000}, 140, 0, 3000),
        # The most lies between two steps, and the least above one.
        ({"maximum_thousandths": 2750}, 500, 0, 2500),
        ({"minimum_thousandths": 600}, 44, 59, 0), ({"minimum_thousandths": 600}, 45, 0, 1000),
    ],
)  # fmt: skip
def test_hours_earn(values: dict[str, Any], hours: int, minutes: int, credits: int) -> None:
    assert earned_credits(policy(**values), hours * 60 + minutes) == credits


def test_the_fewest_minutes_for_an_amount_are_rounded_up() -> None:
    # 335 thousandths of 2,700 minutes are 904.5.
    rules = policy(**THOUSANDTHS)
    assert needed_minutes(rules, 335) == 905
    assert (earned_credits(rules, 904), earned_credits(rules, 905)) == (334, 335)


@pytest.mark.parametrize(
    ("share", "site", "academic", "total", "over"),
    [
        ((2, 3), 1801, 900, 2700, 1), ((2, 3), 1860, 899, 2697, 62), ((2, 3), 600, 0, 0, 600),
        # Of 12 minutes 7 are 7/12, and 8 of 13 would be more than 3/5.
        ((3, 5), 60, 5, 12, 53), ((1, 1), 600, 0, 600, 0),
    ],
)  # fmt: skip
def test_a_share_of_site_time(
    share: tuple[int, int], site: int, academic: int, total: int, over: int
) -> None:
    found = worked(policy(site_share_max=share), (FIRST, site // 2), (FIRST, site - site // 2),
                   academic_minutes=academic)  # fmt: skip
    assert (found.total_minutes, found.over_share_minutes) == (total, over)


SUNDAY = FIRST + timedelta(days=6)


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        (((SUNDAY, 720), (SUNDAY + DAY, 720)), 1440),
        (((SUNDAY - DAY, 720), (SUNDAY, 720)), 1200),
    ],
)
def test_a_week_runs_from_monday_to_sunday(days: Days, counted: int) -> None:
    assert worked(policy(max_minutes_per_week=1200), *days).total_minutes == counted


@pytest.mark.parametrize("bound", ["agreed_on", "enrolled_on"])
def test_the_day_itself_counts_and_the_day_before_does_not(bound: str) -> None:
    found = worked(policy(), (FIRST - DAY, 61), (FIRST, 59), **{bound: FIRST})
    assert (found.total_minutes, found.placements[0].too_early) == (59, 61)


def test_the_next_term_takes_work_from_the_first_day_of_the_term_before() -> None:
    term = TermInput(
        starts_on=date(2026, 8, 31), ends_on=date(2026, 12, 18), carried_from=date(2026, 5, 25)
    )
    days = [
        (date(2026, 5, 24), 1), (date(2026, 5, 25), 2), (date(2026, 8, 30), 4),
        (date(2026, 8, 31), 8), (date(2026, 12, 18), 16), (date(2026, 12, 19), 32),
    ]  # fmt: skip
    carried, own, past = (
        worked(policy(within_term=True, **values), *days, term=term).total_minutes
        for values in ({"carry_terms": 1}, {}, {"past_term_end": True})
    )
    assert (carried, own, past) == (2 + 4 + 8 + 16, 8 + 16, 8 + 16 + 32)


@pytest.mark.parametrize(
    ("used", "credits"),
    [(10_999, 1000), (11_000, 1000), (11_001, 500), (11_500, 500), (11_501, 0), (12_000, 0)],
)
def test_what_is_left_of_twelve_credits(used: int, credits: int) -> None:
    before = (EarlierInput(decision_id=1, thousandths=used),)
    rules = policy(lifetime_maximum_thousandths=12_000)
    found = worked(rules, *_whole(45), earlier=before, is_earlier_known=True)
    assert found.credits_thousandths == credits
    # Said once, by the clause that bounds it.
    assert len(found.unmet) == (credits == 0)
    # And in steps that can be awarded.
    assert [cap.thousandths for cap in found.caps] == [credits] * (credits < 1000)


def test_nothing_left_says_what_two_majors_on_record_would_leave() -> None:
    before = (EarlierInput(decision_id=1, thousandths=12_000),)
    rules = policy(lifetime_maximum_thousandths=12_000, lifetime_two_majors_thousandths=18_000)
    found = worked(rules, *_whole(45), earlier=before, is_earlier_known=True)
    assert found.unmet == [
        "Nothing left: 12 of 12 credits in all are used; 18 with two majors on record"
    ]


def test_a_bound_is_told_in_steps_and_only_where_it_takes_something() -> None:
    # 260 minutes of academic work, 100 a credit: 2.6, in steps of a half 2.5.
    rules = policy(academic_minutes_per_credit=100, academic_counts=False)
    three, two = (worked(rules, *_whole(hours), academic_minutes=260) for hours in (135, 113))
    assert [(cap.rule, cap.thousandths) for cap in three.caps] == [("academic", 2500)]
    assert (two.total_minutes, two.earned_thousandths, two.caps) == (113 * 60, 2500, ())


def test_a_third_of_a_major_of_37_credits_leaves_two_after_ten() -> None:
    found = worked(
        policy(major_share_max=(1, 3)),
        *_whole(135),
        earlier=(EarlierInput(decision_id=1, thousandths=10_000),),
        is_earlier_known=True,
        majors=(MajorInput(id=1, thousandths=37_000),),
    )
    # 12.333 - 10 = 2.333, in steps of a half.
    assert (found.credits_thousandths, found.unused_minutes) == (2000, 45 * 60)


def test_academic_work_that_lacks_a_minute_lacks_all() -> None:
    rules = policy(academic_minutes_required=900)
    short = worked(rules, *_whole(31), academic_minutes=899)
    assert (short.earned_thousandths, short.credits_thousandths) == (1000, 0)
    assert short.unmet == ["Academic work: 14:59 of 15 h"]
    assert worked(rules, *_whole(31), academic_minutes=900).credits_thousandths == 1000


@pytest.mark.parametrize(
    ("first", "last", "credits"),
    [
        # Clocks go back on November 1st and forward on March 8th: days are days.
        (date(2026, 10, 5), date(2026, 11, 29), 1000),
        (date(2026, 10, 5), date(2026, 11, 28), 0),
        (date(2026, 2, 9), date(2026, 4, 5), 1000),
        (date(2026, 2, 9), date(2026, 4, 4), 0),
    ],
)
def test_eight_weeks_are_56_days_whatever_the_clocks_do(
    first: date, last: date, credits: int
) -> None:
    rules = policy(min_span_weeks=8)
    assert worked(rules, (first, 1350), (last, 1350)).credits_thousandths == credits


@pytest.mark.parametrize(("days", "credits"), [(19, 0), (20, 1000)])
def test_hours_that_do_not_count_make_no_span(days: int, credits: int) -> None:
    work = [(FIRST - DAY, 60), (FIRST, 1350), (FIRST + days * DAY, 1350)]
    found = worked(policy(min_span_weeks=3), *work, agreed_on=FIRST)
    assert found.credits_thousandths == credits


@pytest.mark.parametrize(("counts_from", "credits"), [(6, 1000), (7, 0)])
def test_hours_that_do_not_count_are_no_start(counts_from: int, credits: int) -> None:
    work = [(SUNDAY, 60), (SUNDAY + DAY, 1350), (SUNDAY + 2 * DAY, 1350)]
    found = worked(
        policy(latest_start_week=1),
        *work,
        agreed_on=FIRST + counts_from * DAY,
        term=TermInput(starts_on=FIRST, ends_on=date(2026, 12, 18)),
    )
    assert found.credits_thousandths == credits


def test_a_mark_without_credit_beside_letter_grades() -> None:
    rules = policy(non_credit_minutes=1800, minimum_thousandths=1000, step_thousandths=1000)
    found = [worked(rules, *_whole(hours)) for hours in (29, 31, 46)]
    assert [one.earns_mark for one in found] == [False, True, True]
    assert [one.credits_thousandths for one in found] == [0, 0, 1000]
    assert [one.unused_minutes for one in found] == [29 * 60, 60, 60]
    assert worked(rules, *_whole(30)).earns_mark


@pytest.mark.parametrize("grade", ["letter", "pass_fail"])
def test_the_grade_basis_moves_no_credit(grade: str) -> None:
    assert worked(policy(grade_basis=grade), *_whole(45)).credits_thousandths == 1000


def test_where_the_least_is_nothing_no_credit_still_says_what_it_takes() -> None:
    found = worked(policy(minimum_thousandths=0), *_whole(22))
    assert found.unmet == ["The smallest award needs 22.5 h in all"]


def test_a_tolerance_is_cut_to_the_minute() -> None:
    # 105 % of 31 minutes are 32.55.
    found = worked(policy(tolerance_percent=5), (FIRST, 33), planned_minutes=31)
    assert found.total_minutes == 32


def _whole(hours: int) -> Days:
    return [(FIRST + timedelta(days=at), 60) for at in range(hours)]
