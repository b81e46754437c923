"""What universities publish, clause by clause: one case just inside and one just outside."""

from dataclasses import dataclass
from datetime import date, timedelta

from credit.policy.inputs import CaseInput, EarlierInput, MajorInput
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


MAJOR = MajorInput(id=1, thousandths=36_000)
TWO_MAJORS = (MAJOR, MajorInput(id=2, thousandths=36_000))
LONG_MAJOR = (MajorInput(id=1, thousandths=60_000),)
SAID_WHICH = {"confirmed_rules": ("double_count", "major")}
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
    Pair("federal", "evidence", "deliverables_required", ONE, 1000,
         whole_case(whole_project(45, deliverables=0))),
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
        whole_case(whole_project(35), earlier=earlier(11), majors=LONG_MAJOR), 1000,
        whole_case(whole_project(35), earlier=earlier(12), majors=LONG_MAJOR),
    ),
    # With two majors of 36 credits a third of both is 24: 18 in all bind first. The 13th credit
    # does not fit one major, so somebody has to say which one each of them counts toward.
    Pair(
        "concordia", "lifetime", "lifetime_two_majors_thousandths",
        whole_case(whole_project(35), earlier=earlier(17), majors=TWO_MAJORS, **SAID_WHICH),
        1000,
        whole_case(whole_project(35), earlier=earlier(18), majors=TWO_MAJORS, **SAID_WHICH),
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
         # In the term before, and enrolled for it in this one.
         whole_case(moved(whole_project(30, agreed_on=date(2026, 5, 1)), days=-98),
                    academic_minutes=15 * 60), 1000,
         whole_case(moved(whole_project(30, agreed_on=date(2026, 5, 1)), days=-99),
                    academic_minutes=15 * 60)),
    Pair("wesleyan", "hours", "hours_table", QUARTER, 250, whole_case(whole_project(39))),
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
