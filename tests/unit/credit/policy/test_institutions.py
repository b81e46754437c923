"""What universities publish, each clause with one case just inside and one just outside."""

from typing import Any

import pytest

from credit.policy import wording
from credit.policy.credit_sum import compute
from credit.policy.inputs import EarlierInput
from credit.policy.known_rules import KNOWN, known
from credit.policy.parameters import HoursStep, Parameters
from tests.factories.credit_sums import whole_case, whole_project
from tests.factories.published_pairs import PAIRS, TWICE, Pair

MARKS = [("goucher_zero", 30, 0), ("simpson", 30, 5), ("drew", 45, 0)]
"""Site hours and hours of the reflection that make a mark without credit."""
AFTERWARDS = {
    ("concordia", "grade"): "grade_basis",
    ("oregon", "grade"): "grade_basis",
    ("eastern_connecticut", "incomplete"): "incomplete_allowed",
    ("pacific_lutheran", "acceptance"): "final_acceptance_required",
}
"""Rules on how it is decided and marked, not on what is earned."""
ONE_CASE = ("eastern_connecticut", "bundle")
"""One case for all listings of a course is no parameter: courses are joined, see
``tests/functional/lti/launches/test_linked_courses.py``."""
WITHOUT: dict[str, dict[str, Any]] = {
    "minutes_per_credit": {"minutes_per_credit": 60},
    "hours_table": {"hours_table": (), "minutes_per_credit": 60, "maximum_thousandths": 9000},
    "maximum_thousandths": {"maximum_thousandths": 60_000},
    "site_share_max": {"site_share_max": None},
    "within_term": {"within_term": False, "past_term_end": False, "carry_terms": 0},
    "latest_start_week": {"latest_start_week": None},
    "min_span_weeks": {"min_span_weeks": 0},
    "max_placements": {"max_placements": None},
    "lifetime_maximum_thousandths": {"lifetime_maximum_thousandths": None},
    "lifetime_two_majors_thousandths": {"lifetime_two_majors_thousandths": 60_000},
    "lifetime_cases": {"lifetime_cases": None},
    "major_share_max": {"major_share_max": None},
    "not_before_enrollment": {"not_before_enrollment": False},
    "retro_days": {"retro_days": None, "enroll_by_week": None},
    "enroll_by_week": {"enroll_by_week": 60},
    "agreement_lead_days": {"agreement_lead_days": 0},
    "double_count": {"double_count": "allowed"},
    **{
        name: {name: False}
        for name in (
            "outcomes_verified", "midpoint_evaluation_required", "agreement_required",
            "supervisor_evaluation_required", "syllabus_required", "no_hold_required",
        )
    },
    "deliverables_required": {"deliverables_required": 0},
    **{
        name: {name: True}
        for name in ("instructor_may_supervise", "paid_by_university_ok", "related_host_ok")
    },
}  # fmt: skip
"""By parameter: a policy that does not ask it."""
GRANTS = {"past_term_end": False, "carry_terms": 0}
"""Parameters that let more count."""


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_just_inside_and_just_outside_of_a_clause(pair: Pair) -> None:
    rules = known(pair.key).parameters
    inside, outside = compute(rules, pair.inside), compute(rules, pair.outside)

    assert inside.unmet == []
    assert (inside.credits_thousandths, outside.credits_thousandths) == (
        pair.credits,
        pair.less,
    )
    # What refuses, bounds or counts less names the university's own words.
    assert rules.clause(pair.rule).text


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_it_is_this_parameter_that_makes_the_difference(pair: Pair) -> None:
    rules = known(pair.key).parameters
    if pair.parameter in GRANTS:
        without = rules.model_copy(update={pair.parameter: GRANTS[pair.parameter]})
        assert compute(without, pair.inside).credits_thousandths < pair.credits
    else:
        without = rules.model_copy(update=WITHOUT[pair.parameter])
        assert compute(without, pair.outside).credits_thousandths > pair.less


@pytest.mark.parametrize("key, hours, reflection", MARKS)
def test_a_mark_without_credit_takes_its_hours(key: str, hours: int, reflection: int) -> None:
    rules = known(key).parameters
    enough = whole_case(whole_project(hours), academic_minutes=reflection * 60)
    found = compute(rules, enough)
    assert (found.earns_mark, found.credits_thousandths, found.unmet) == (True, 0, [])

    less = whole_case(whole_project(hours - 1), academic_minutes=reflection * 60)
    assert not compute(rules, less).earns_mark


def test_another_course_is_no_second_time_in_this_one() -> None:
    elsewhere = EarlierInput(record_id=2, thousandths=250)
    case = whole_case(whole_project(40), earlier=(TWICE, elsewhere))
    assert compute(known("wesleyan").parameters, case).credits_thousandths == 250


def test_simpsons_mark_needs_the_reflection_itself() -> None:
    silent = whole_case(whole_project(35, reflections=0))
    assert not compute(known("simpson").parameters, silent).earns_mark


def test_every_published_clause_has_its_pair_and_its_sentence() -> None:
    tried = {(pair.key, pair.rule) for pair in PAIRS} | set(AFTERWARDS)
    tried |= {(key, "hours") for key, _, _ in MARKS} | {("simpson", "evidence")}
    said = {(one.key, rule) for one in KNOWN for rule in one.parameters.clauses}
    assert tried | {ONE_CASE} == said
    for one in KNOWN:
        sentences = {rule.rule for rule in wording.rules_of(one.parameters)}
        assert sentences >= set(one.parameters.clauses), one.key


def test_rules_on_deciding_are_not_the_usual_ones() -> None:
    for (key, _rule), name in AFTERWARDS.items():
        usual = getattr(Parameters(), name)
        assert getattr(known(key).parameters, name) != usual


def test_a_term_of_its_own_may_have_another_table() -> None:
    fall = known("macalester").parameters
    assert "January" in known("macalester").note
    shorter = fall.stored() | {
        "hours_table": [HoursStep(minutes=30 * 60, thousandths=1000).model_dump()],
        "min_span_weeks": 3,
    }
    january = Parameters.model_validate(shorter)
    month = whole_case(whole_project(30, days=21))
    assert compute(january, month).credits_thousandths == 1000
    assert compute(fall, month).credits_thousandths == 0
