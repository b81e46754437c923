"""What universities publish, each clause with one case just inside and one just outside."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from credit.policy import wording
from credit.policy.credit_sum import compute
from credit.policy.inputs import CaseInput, EarlierInput, MajorInput
from credit.policy.known_rules import KNOWN, known
from credit.policy.parameters import HoursStep, Parameters
from tests.factories.credit_sums import FIRST, moved, whole_case, whole_project

TWICE = EarlierInput(record_id=1, thousandths=250, is_same_course=True)


@dataclass(frozen=True)
class Pair:
    key: str
    rule: str
    parameter: str
    inside: CaseInput
    credits: int
    outside: CaseInput
    less: int = 0

    def __str__(self) -> str:
        return f"{self.key}-{self.rule}-{self.credits}"


def hourly(key: str, hours: int, credits: int, less: int, **values: int) -> Pair:
    """An hour less earns less."""
    return Pair(
        key,
        "hours",
        "minutes_per_credit",
        whole_case(whole_project(hours), **values),
        credits,
        whole_case(whole_project(hours - 1), **values),
        less,
    )


def earlier(credits: int) -> tuple[EarlierInput, ...]:
    return (EarlierInput(decision_id=1, thousandths=credits * 1000),)


ONE = whole_case(whole_project(45))
MINNESOTA = whole_case(whole_project(30), academic_minutes=15 * 60)
QUARTER = whole_case(whole_project(40))
LATE = FIRST + timedelta(days=21)
PAIRS = [
    hourly("federal", 45, 1000, 500),
    Pair(
        "federal", "evidence", "outcomes_verified", ONE, 1000,
        whole_case(whole_project(45, objectives_without_evidence=1)),
    ),
    hourly("northern_colorado", 45, 1000, 0),
    hourly("goucher", 90, 2000, 1000),
    hourly("marymount", 120, 3000, 2000),
    hourly("bay_path", 240, 6000, 5000),
    Pair("bay_path", "maximum", "maximum_thousandths", whole_case(whole_project(240)), 6000,
         whole_case(whole_project(280)), 6000),
    hourly("concordia", 35, 1000, 0),
    Pair(
        "concordia", "major", "major_share_max",
        whole_case(whole_project(105), earlier=earlier(9)), 3000,
        whole_case(whole_project(105), earlier=earlier(9),
                   majors=(MajorInput(id=1, thousandths=33_000),)), 2000,
    ),
    Pair(
        "concordia", "lifetime", "lifetime_maximum_thousandths",
        whole_case(whole_project(35), earlier=earlier(11)), 1000,
        whole_case(whole_project(35), earlier=earlier(12)),
    ),
    Pair(
        "concordia", "lifetime", "lifetime_two_majors_thousandths",
        whole_case(whole_project(35), earlier=earlier(17), majors=(
            MajorInput(id=1, thousandths=90_000), MajorInput(id=2, thousandths=90_000))), 1000,
        whole_case(whole_project(35), earlier=earlier(17), majors=(
            MajorInput(id=1, thousandths=90_000),)),
    ),
    Pair("concordia", "evidence", "midpoint_evaluation_required",
         whole_case(whole_project(35)), 1000,
         whole_case(whole_project(35, midpoint_ids=()))),
    Pair("concordia", "evidence", "supervisor_evaluation_required",
         whole_case(whole_project(35)), 1000,
         whole_case(whole_project(35, submission_ids=()))),
    hourly("whatcom", 33, 1000, 0),
    Pair("whatcom", "start_week", "latest_start_week",
         whole_case(moved(whole_project(33), days=55)), 1000,
         whole_case(moved(whole_project(33), days=56))),
    Pair("whatcom", "term", "past_term_end",
         whole_case(moved(whole_project(33, days=90), days=55)), 1000,
         # Nothing of it lies in the term: there is nothing that could run past its end.
         whole_case(moved(whole_project(33), days=120))),
    *(
        Pair("macalester", "hours", "hours_table", whole_case(whole_project(hours)), credits,
             whole_case(whole_project(hours - 1)), credits - 1000)
        for hours, credits in ((45, 1000), (75, 2000), (105, 3000), (140, 4000))
    ),
    Pair("macalester", "span", "min_span_weeks",
         whole_case(whole_project(45, days=70)), 1000,
         whole_case(whole_project(45, days=69))),
    Pair("minnesota", "maximum", "maximum_thousandths",
         whole_case(whole_project(90), academic_minutes=45 * 60), 3000,
         whole_case(whole_project(120), academic_minutes=60 * 60), 3000),
    Pair("minnesota", "site_share", "site_share_max", MINNESOTA, 1000,
         whole_case(whole_project(31), academic_minutes=14 * 60)),
    Pair("minnesota", "syllabus", "syllabus_required", MINNESOTA, 1000,
         MINNESOTA.model_copy(update={"has_syllabus": False})),
    Pair("minnesota", "evidence", "agreement_required", MINNESOTA, 1000,
         whole_case(whole_project(30, agreement_id=None), academic_minutes=15 * 60)),
    Pair("minnesota", "supervisor", "instructor_may_supervise", MINNESOTA, 1000,
         whole_case(whole_project(30, supervisor_teaches=True), academic_minutes=15 * 60)),
    Pair("minnesota", "term", "carry_terms",
         whole_case(moved(whole_project(30, agreed_on=date(2026, 5, 1)), days=-98),
                    enrolled_on=date(2026, 5, 1), academic_minutes=15 * 60), 1000,
         whole_case(moved(whole_project(30, agreed_on=date(2026, 5, 1)), days=-99),
                    enrolled_on=date(2026, 5, 1), academic_minutes=15 * 60)),
    hourly("wesleyan", 40, 250, 0),
    Pair("wesleyan", "term", "within_term", whole_case(whole_project(40, days=105)), 250,
         whole_case(whole_project(40, days=106))),
    Pair("wesleyan", "bundle", "max_placements",
         whole_case(whole_project(20), whole_project(20, number=2)), 250,
         whole_case(*[whole_project(20, number=n) for n in (1, 2, 3)])),
    Pair("wesleyan", "lifetime_cases", "lifetime_cases",
         whole_case(whole_project(40), earlier=(TWICE,)), 250,
         whole_case(whole_project(40), earlier=(TWICE, TWICE))),
    Pair("wesleyan", "start", "retro_days",
         whole_case(whole_project(40), enrolled_on=FIRST), 250,
         whole_case(whole_project(40), enrolled_on=FIRST + timedelta(days=1))),
    Pair("wesleyan", "payer", "paid_by_university_ok", QUARTER, 250,
         whole_case(whole_project(40, is_paid_by_university=True))),
    Pair("wesleyan", "double_count", "double_count", QUARTER, 250,
         whole_case(whole_project(40, counts_elsewhere=(1,)))),
    Pair("oregon", "span", "min_span_weeks", whole_case(whole_project(45, days=56)), 1000,
         whole_case(whole_project(45, days=55))),
    Pair("oregon", "start", "retro_days",
         whole_case(whole_project(45), enrolled_on=FIRST), 1000,
         whole_case(whole_project(45), enrolled_on=FIRST + timedelta(days=1))),
    Pair("oregon", "lifetime_cases", "lifetime_cases",
         whole_case(whole_project(45), earlier=earlier(1)), 1000,
         whole_case(whole_project(45), earlier=earlier(1) + earlier(1))),
    Pair("carroll", "span", "min_span_weeks", whole_case(whole_project(45, days=56)), 1000,
         whole_case(whole_project(45, days=55))),
    Pair("eastern_connecticut", "start", "not_before_enrollment",
         whole_case(whole_project(45), enrolled_on=FIRST), 1000,
         whole_case(whole_project(45), enrolled_on=FIRST + timedelta(days=1))),
    # Listed twice, the course has one case, and that case holds its projects once.
    Pair("eastern_connecticut", "bundle", "max_placements",
         whole_case(whole_project(23), whole_project(22, number=2)), 1000,
         whole_case(whole_project(23))),
    Pair("eastern_connecticut", "double_count", "double_count",
         whole_case(whole_project(45, counts_elsewhere=(1,))), 1000,
         whole_case(whole_project(45, counts_elsewhere=(1,), without_consent=1))),
    Pair("eastern_connecticut", "host", "related_host_ok",
         whole_case(whole_project(45, has_tie=True, tie_waiver_id=1)), 1000,
         whole_case(whole_project(45, has_tie=True))),
    Pair("pacific_lutheran", "start", "retro_days",
         whole_case(whole_project(45), term=None, enrolled_on=LATE,
                    confirmed_rules=("start",)), 1000,
         whole_case(whole_project(45), term=None, enrolled_on=LATE + timedelta(days=1),
                    confirmed_rules=("start",))),
    Pair("pacific_lutheran", "start", "enroll_by_week",
         whole_case(whole_project(45), enrolled_on=FIRST + timedelta(days=48)), 1000,
         whole_case(whole_project(45), enrolled_on=FIRST + timedelta(days=49))),
    Pair("pacific_lutheran", "hold", "no_hold_required", ONE, 1000,
         ONE.model_copy(update={"has_hold": True})),
    hourly("ects", 25, 1000, 0),
    hourly("ects_30", 30, 1000, 0),
    *(
        Pair(key, "start", "agreement_lead_days",
             whole_case(whole_project(hours, agreed_on=FIRST - timedelta(days=1))), 1000,
             whole_case(whole_project(hours, agreed_on=FIRST)))
        for key, hours in (("ects", 25), ("ects_30", 30))
    ),
]  # fmt: skip
MARKS = [("goucher_zero", 30, 0), ("simpson", 30, 5), ("drew", 45, 0)]
"""Site hours and hours of the reflection that make a mark without credit."""
AFTERWARDS = {
    ("concordia", "grade"): "grade_basis",
    ("oregon", "grade"): "grade_basis",
    ("eastern_connecticut", "incomplete"): "incomplete_allowed",
    ("pacific_lutheran", "acceptance"): "final_acceptance_required",
}
"""Rules on how it is decided and marked, not on what is earned."""


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
    assert pair.parameter in Parameters.model_fields
    assert rules.clause(pair.rule).text


@pytest.mark.parametrize("key, hours, reflection", MARKS)
def test_a_mark_without_credit_takes_its_hours(key: str, hours: int, reflection: int) -> None:
    rules = known(key).parameters
    enough = whole_case(whole_project(hours), academic_minutes=reflection * 60)
    found = compute(rules, enough)
    assert (found.earns_mark, found.credits_thousandths) == (True, 0)

    less = whole_case(whole_project(hours - 1), academic_minutes=reflection * 60)
    assert not compute(rules, less).earns_mark


def test_simpsons_mark_needs_the_reflection_itself() -> None:
    silent = whole_case(whole_project(35, reflections=0))
    assert not compute(known("simpson").parameters, silent).earns_mark


def test_every_published_clause_has_its_pair_and_its_sentence() -> None:
    tried = {(pair.key, pair.rule) for pair in PAIRS} | set(AFTERWARDS)
    tried |= {(key, "hours") for key, _, _ in MARKS} | {("simpson", "evidence")}
    said = {(one.key, rule) for one in KNOWN for rule in one.parameters.clauses}
    assert tried == said
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
