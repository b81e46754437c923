"""What holds of every credit sum, whatever policy and case."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from credit.policy.amounts import earlier_thousandths, lifetime_maximum, needed_minutes
from credit.policy.counting import monday
from credit.policy.credit_sum import CreditSum, Verdict, compute
from credit.policy.inputs import (
    EDITION,
    CaseInput,
    EarlierInput,
    EntryInput,
    PlacementInput,
    digest,
)
from credit.policy.parameters import HoursStep, Parameters
from tests.factories.credit_sums import FIRST, TERM, placement, whole_case, whole_project

HOUR = 60
TABLE = tuple(
    HoursStep(minutes=hours * HOUR, thousandths=thousandths)
    for hours, thousandths in ((10, 500), (30, 1000), (50, 2000))
)
few = settings(max_examples=50, deadline=None)


def any_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


policies = st.fixed_dictionaries(
    {
        "minutes_per_credit": any_of(10 * HOUR, 25 * HOUR, 45 * HOUR),
        "hours_table": any_of((), TABLE),
        "step_thousandths": any_of(250, 500),
        "maximum_thousandths": any_of(1000, 3000),
        "tolerance_percent": any_of(0, 10),
        "site_share_max": any_of(None, (2, 3)),
        "max_minutes_per_week": any_of(None, 10 * HOUR, 20 * HOUR),
        "academic_minutes_per_credit": any_of(0, 5 * HOUR),
        "within_term": st.just(True),
        "past_term_end": st.booleans(),
        "latest_start_week": any_of(None, 4),
        "min_span_weeks": any_of(0, 3),
        "lifetime_maximum_thousandths": any_of(None, 2000),
        "supervisor_evaluation_required": st.just(False),
    }
).map(lambda values: Parameters(**values))

entries = st.lists(st.tuples(st.integers(-10, 120), st.integers(1, 40)), max_size=6)
projects = st.lists(
    st.tuples(entries, st.integers(0, 60), st.none() | st.integers(0, 60), st.booleans()),
    min_size=1,
    max_size=3,
)


def made(number: int, drawn: Any) -> PlacementInput:
    """Planned hours, confirmed ones, and now and then a ruling."""
    worked, planned, confirmed, is_ruled = drawn
    return placement(
        planned * HOUR,
        number=number,
        agreed_on=FIRST - timedelta(days=3),
        confirmed_minutes=None if confirmed is None else confirmed * HOUR,
        ruled_minutes=300 if is_ruled and confirmed is None else None,
        entries=tuple(
            EntryInput(
                id=number * 100 + at,
                worked_on=FIRST + timedelta(days=day),
                minutes=quarters * 15,
            )
            for at, (day, quarters) in enumerate(worked)
        ),
    )


cases = st.tuples(projects, st.integers(0, 30), any_of((), (1500,), (500, 1500))).map(
    lambda drawn: CaseInput(
        placements=tuple(made(n + 1, one) for n, one in enumerate(drawn[0])),
        academic_minutes=drawn[1] * HOUR,
        earlier=tuple(EarlierInput(record_id=n, thousandths=t) for n, t in enumerate(drawn[2])),
        is_earlier_known=True,
        edition=EDITION,
        term=TERM,
        enrolled_on=FIRST,
    )
)


@few
@given(policies, cases, st.integers(0, 17), st.integers(0, 20))
def test_fewer_hours_never_earn_more(
    policy: Parameters, case: CaseInput, which: int, left: int
) -> None:
    worked = [(p.id, e) for p in case.placements for e in p.entries]
    if not worked:
        return
    _, chosen = worked[which % len(worked)]
    fewer = [
        e.model_copy(update={"minutes": min(e.minutes, left * 15)}) if e is chosen else e
        for _, e in worked
    ]
    less = _with_entries(case, {one.id: one for one in fewer if one.minutes})
    assert (
        compute(policy, less).credits_thousandths <= compute(policy, case).credits_thousandths
    )


@few
@given(policies, cases, st.randoms(use_true_random=False))
def test_the_order_of_projects_and_entries_does_not_matter(
    policy: Parameters, case: CaseInput, dice: Any
) -> None:
    shuffled = [
        one.model_copy(update={"entries": tuple(dice.sample(one.entries, len(one.entries)))})
        for one in dice.sample(case.placements, len(case.placements))
    ]
    other = compute(policy, case.model_copy(update={"placements": tuple(shuffled)}))
    found = compute(policy, case)
    assert other.credits_thousandths == found.credits_thousandths
    assert _counted(other) == _counted(found)


@few
@given(policies, cases)
def test_bounds_hold_and_rounding_is_never_up(policy: Parameters, case: CaseInput) -> None:
    found = compute(policy, case)
    earned = found.earned_thousandths
    assert earned <= policy.maximum_thousandths
    assert earned % policy.step_thousandths == 0
    assert needed_minutes(policy, earned) <= found.total_minutes
    assert found.unused_minutes >= 0
    most = lifetime_maximum(policy, case)
    assert most is None or not earned or earlier_thousandths(case) + earned <= most
    if policy.site_share_max:
        assert found.site_minutes <= 2 * case.academic_minutes
    for one in found.placements:
        assert 0 <= one.counted <= one.cap
        assert one.ruled is not None or one.counted <= min(one.eligible, one.confirmed or 0)


@few
@given(policies, cases)
def test_no_hour_counts_twice(policy: Parameters, case: CaseInput) -> None:
    found = compute(policy, case)
    limited = [one for one in found.placements if one.ruled is None]
    worked = [entry for one in limited for entry in one.placement.entries]
    weeks: dict[date, int] = {}
    for entry in worked:
        weeks[monday(entry.worked_on)] = weeks.get(monday(entry.worked_on), 0) + entry.minutes
    most = policy.max_minutes_per_week or 7 * 24 * HOUR * len(weeks)
    # Overlapping weeks of several projects are one week.
    assert sum(one.counted for one in limited) <= sum(min(w, most) for w in weeks.values())


@few
@given(policies, cases)
def test_a_name_confirms_no_figure_that_is_short(policy: Parameters, case: CaseInput) -> None:
    rules = tuple(check.rule for check in compute(policy, case).checks)
    named = compute(policy, case.model_copy(update={"confirmed_rules": rules}))
    short = [c for c in compute(policy, case).checks if c.verdict == Verdict.SHORT]
    assert not (short and named.credits_thousandths)


@few
@given(policies, cases)
def test_what_was_frozen_replays_to_the_same_sum(policy: Parameters, case: CaseInput) -> None:
    again = CaseInput.model_validate(case.stored())
    rules = Parameters.model_validate(policy.stored())
    assert compute(rules, again) == compute(policy, case)
    assert digest(1, again) == digest(1, case)


@pytest.mark.parametrize(
    "change",
    [
        {"entries": [{"id": 1, "worked_on": "2026-09-07", "minutes": -15}]},
        {"entries": [{"id": 1, "worked_on": "2026-09-07", "minutes": 1500}]},
        {"entries": [{"id": 1, "worked_on": "2026-09-07", "minutes": 60}] * 2},
        {"confirmed_minutes": -1},
        {"ruled_minutes": -1},
        {"planned_minutes": -60},
        {"entries": [{"id": 1, "worked_on": "2026-09-07", "minutes": 60.5}]},
    ],
)
def test_absurd_hours_are_no_input(change: dict[str, Any]) -> None:
    good = whole_project(8).model_dump(mode="json")
    CaseInput.model_validate({"placements": [good]})
    with pytest.raises(ValidationError):
        CaseInput.model_validate({"placements": [good | change]})


def test_an_entry_is_in_one_project_and_a_project_in_the_case_once() -> None:
    one = whole_project(8)
    with pytest.raises(ValidationError, match="twice"):
        whole_case(one, one)
    with pytest.raises(ValidationError, match="twice"):
        whole_case(one, one.model_copy(update={"id": 2}))


def test_hours_that_count_for_nothing_do_not_use_up_a_week() -> None:
    """Over its plan one project, whose entries come first; the other one needs the week."""
    policy = Parameters(
        minutes_per_credit=20 * HOUR,
        max_minutes_per_week=20 * HOUR,
        supervisor_evaluation_required=False,
    )
    long_one = whole_project(20, days=2, planned_minutes=10 * HOUR)
    other = whole_project(10, number=2, days=3)
    assert compute(policy, whole_case(long_one, other)).credits_thousandths == 1000


def _with_entries(case: CaseInput, kept: dict[int, EntryInput]) -> CaseInput:
    projects = [
        one.model_copy(
            update={"entries": tuple(kept[e.id] for e in one.entries if e.id in kept)}
        )
        for one in case.placements
    ]
    return case.model_copy(update={"placements": tuple(projects)})


def _counted(found: CreditSum) -> dict[int, int]:
    return {one.placement.id: one.counted for one in found.placements}
