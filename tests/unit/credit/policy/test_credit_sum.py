"""Credit arithmetic: each clause just inside and just outside, and what must always hold."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit.policy.credit_sum import Verdict, compute, earned_credits
from credit.policy.inputs import CaseInput, digest
from credit.policy.parameters import Parameters
from tests.factories.credit_sums import FIRST, case, placement


def policy(**values: Any) -> Parameters:
    plain: dict[str, Any] = {
        "supervisor_evaluation_required": False,
        "maximum_thousandths": 3000,
    }
    return Parameters(**{**plain, **values})


@pytest.mark.parametrize(
    ("minutes", "credits"),
    [(22 * 60 + 29, 0), (22 * 60 + 30, 500), (44 * 60 + 59, 500), (45 * 60, 1000),
     (66 * 60 + 59, 1000), (67 * 60 + 30, 1500), (500 * 60, 3000)],
)  # fmt: skip
def test_hours_earn_steps_rounded_down_and_capped(minutes: int, credits: int) -> None:
    assert earned_credits(policy(), minutes) == credits


def test_several_small_projects_make_one_credit_and_the_rest_is_shown() -> None:
    found = compute(
        policy(),
        case(
            placement(12 * 60, number=1),
            placement(18 * 60 + 30, number=2),
            placement(16 * 60, number=3),
        ),
    )
    assert (found.total_minutes, found.credits_thousandths) == (46 * 60 + 30, 1000)
    assert found.unused_minutes == 90


def test_a_supervisors_lower_total_counts() -> None:
    found = compute(policy(), case(placement(1200, confirmed_minutes=1140)))
    assert found.placements[0].counted == 1140


def test_a_supervisors_higher_total_does_not_add_hours_nobody_logged() -> None:
    found = compute(policy(tolerance_percent=50), case(placement(1200, confirmed_minutes=1500)))
    assert found.placements[0].counted == 1200


def test_unconfirmed_hours_do_not_count() -> None:
    found = compute(policy(), case(placement(1200, confirmed_minutes=None)))
    assert found.total_minutes == 0


def test_an_instructors_ruling_stands_over_both_figures() -> None:
    ruled = placement(1200, confirmed_minutes=600, ruled_minutes=900, ruling_id=7)
    assert compute(policy(), case(ruled)).total_minutes == 900


@pytest.mark.parametrize(("confirmed", "counted"), [(1320, 1320), (1335, 1320)])
def test_hours_over_the_plan_count_to_the_tolerance(confirmed: int, counted: int) -> None:
    longer = placement(confirmed, planned_minutes=1200)
    assert compute(policy(tolerance_percent=10), case(longer)).total_minutes == counted


@pytest.mark.parametrize(
    ("first_day", "counted"), [(FIRST, 480), (FIRST + timedelta(days=1), 0)]
)
def test_hours_before_the_agreement_do_not_count(first_day: date, counted: int) -> None:
    found = compute(policy(), case(placement(480, agreed_on=first_day)))
    assert found.total_minutes == counted


def test_hours_before_the_enrollment_do_not_count() -> None:
    found = compute(policy(), case(placement(960), enrolled_on=FIRST + timedelta(days=1)))
    assert found.total_minutes == 480


def test_the_weekly_limit_is_over_all_projects_together() -> None:
    busy = policy(max_minutes_per_week=900)
    found = compute(busy, case(placement(480, number=1), placement(480, number=2)))
    assert (found.total_minutes, found.placements[1].over_week) == (900, 60)


@pytest.mark.parametrize(("minutes", "verdict"), [(900, Verdict.MET), (885, Verdict.SHORT)])
def test_academic_work_is_required(minutes: int, verdict: Verdict) -> None:
    rules = policy(academic_minutes_required=900)
    found = compute(rules, case(placement(2700), academic_minutes=minutes))
    assert found.checks[0].verdict == verdict
    assert found.credits_thousandths == (1000 if verdict == Verdict.MET else 0)


@pytest.mark.parametrize(("weeks", "verdict"), [(8, Verdict.MET), (7, Verdict.SHORT)])
def test_the_span_is_counted_from_the_enrollment(weeks: int, verdict: Verdict) -> None:
    rules = policy(min_span_weeks=8, span_from_enrollment=True, not_before_enrollment=False)
    enrolled = FIRST - timedelta(weeks=weeks) + timedelta(days=1)
    found = compute(rules, case(placement(480), enrolled_on=enrolled))
    assert found.checks[0].verdict == verdict


def test_a_clause_without_its_input_never_passes_silently() -> None:
    rules = policy(min_span_weeks=8, span_from_enrollment=True)
    open_case = case(placement(2700))
    assert compute(rules, open_case).checks[0].verdict == Verdict.NOT_CHECKABLE
    assert compute(rules, open_case).credits_thousandths == 0
    named = open_case.model_copy(update={"confirmed_rules": ("span",)})
    assert compute(rules, named).credits_thousandths == 1000


def test_a_confirmation_does_not_overrule_a_figure() -> None:
    rules = policy(academic_minutes_required=900)
    found = compute(rules, case(placement(2700), confirmed_rules=("academic",)))
    assert found.credits_thousandths == 0


def test_missing_evidence_names_the_project() -> None:
    rules = policy(supervisor_evaluation_required=True)
    found = compute(rules, case(placement(2700)))
    assert found.unmet == ["Missing the supervisor’s evaluation: Project 1"]


MINUTES = st.integers(min_value=0, max_value=160).map(lambda quarters: quarters * 15)


@given(st.lists(MINUTES, min_size=1, max_size=5), st.integers(0, 4), st.integers(1, 40))
def test_more_hours_never_earn_less(amounts: list[int], which: int, more: int) -> None:
    rules = policy(max_minutes_per_week=1200, tolerance_percent=10)
    before = [placement(m, number=i + 1) for i, m in enumerate(amounts)]
    at = which % len(before)
    after = list(before)
    after[at] = placement(amounts[at] + more * 15, number=at + 1)
    assert (
        compute(rules, case(*after)).credits_thousandths
        >= compute(rules, case(*before)).credits_thousandths
    )


@given(st.permutations([360, 900, 1500, 2400]))
def test_the_order_of_projects_does_not_matter(amounts: list[int]) -> None:
    by_number = {360: 1, 900: 2, 1500: 3, 2400: 4}
    found = compute(
        policy(max_minutes_per_week=900),
        case(*[placement(m, number=by_number[m]) for m in amounts]),
    )
    usual = compute(
        policy(max_minutes_per_week=900),
        case(*[placement(m, number=n) for m, n in by_number.items()]),
    )
    assert found.total_minutes == usual.total_minutes


@given(st.integers(min_value=0, max_value=100_000))
def test_rounding_is_never_up(minutes: int) -> None:
    rules = policy()
    assert earned_credits(rules, minutes) * rules.minutes_per_credit <= minutes * 1000


def test_stored_inputs_replay_to_the_same_sum() -> None:
    inputs = case(placement(2700), academic_minutes=900, enrolled_on=FIRST)
    again = CaseInput.model_validate(inputs.stored())
    assert compute(policy(), again) == compute(policy(), inputs)
    assert digest(1, again) == digest(1, inputs) != digest(2, inputs)
