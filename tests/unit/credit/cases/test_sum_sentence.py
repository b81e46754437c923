"""The sum in one sentence: whatever does not count is in it, and the figures add up."""

from datetime import timedelta

from credit.cases.sum_sentence import sentence
from credit.policy.credit_sum import compute
from credit.policy.inputs import CaseInput
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Clause, Parameters
from tests.factories.credit_sums import FIRST, case, placement

CLAUSES = {
    "hours": Clause(ref="§ 2", text=""),
    "maximum": Clause(ref="§ 9", text=""),
    "start": Clause(ref="§ 7", text=""),
    "week": Clause(ref="§ 6", text=""),
    "over_plan": Clause(ref="§ 3", text=""),
    "site_share": Clause(ref="§ 5", text=""),
}


def said(policy: Parameters, inputs: CaseInput) -> str:
    rules = policy.model_copy(
        update={"clauses": CLAUSES, "supervisor_evaluation_required": False}
    )
    version = CreditPolicyVersion(name="ECON-390", number=3)
    return sentence(version, rules, compute(rules, inputs))


def test_what_counts_as_confirmed_is_a_plain_sum() -> None:
    three = [placement(m, number=n) for n, m in ((1, 720), (2, 1110), (3, 960))]
    assert said(Parameters(), case(*three, edition=2, enrolled_on=FIRST)) == (
        "12 + 18.5 + 16 = 46.5 h confirmed; ECON-390 v3 § 2: 45 h = 1 credit "
        "→ 1 credit, 1.5 h unused"
    )


def test_each_cut_stands_with_its_clause_and_they_add_up() -> None:
    # 50 h logged, a day of 8 h a week: the first day came too early, 2 h nobody confirmed,
    # 38 h were planned, and of each of the six weeks 7 h count at most, 2 h in the last.
    cut = placement(
        50 * 60,
        agreed_on=FIRST + timedelta(days=1),
        confirmed_minutes=40 * 60,
        planned_minutes=38 * 60,
    )
    found = said(
        Parameters(max_minutes_per_week=7 * 60), case(cut, edition=2, enrolled_on=FIRST)
    )
    assert found.startswith(
        "37 h counted (50 logged: 8 too early, § 7; 2 not confirmed; 2 over the plan, § 3; "
        "1 over the week, § 6); "
    )


def test_the_share_of_site_time_and_the_most_of_a_course_are_said() -> None:
    found = said(
        Parameters(site_share_max=(2, 3), maximum_thousandths=1000),
        case(placement(100 * 60), academic_minutes=45 * 60, edition=2, enrolled_on=FIRST),
    )
    assert found.startswith(
        "100 + 45 academic − 10 over the share of site time, § 5 = 135 h confirmed; "
        "ECON-390 v3 § 2: 45 h = 1 credit; at most 1 credit, § 9 → 1 credit, 90 h unused"
    )


def test_a_mark_without_credit_knows_no_most() -> None:
    rules = Parameters(grade_basis="non_credit", non_credit_minutes=30 * 60)
    many = case(placement(200 * 60), edition=2, enrolled_on=FIRST)
    assert said(rules, many).endswith("200 of 30 h → Mark without credit, 170 h unused")
    assert "at most" not in said(rules, many)


def test_a_ruling_is_named_for_what_it_is() -> None:
    ruled = placement(20 * 60, confirmed_minutes=600, ruled_minutes=900, ruling_id=7)
    assert said(Parameters(), case(ruled)).startswith(
        "15 h counted (1 as the instructor ruled)"
    )


def test_minutes_that_hundredths_do_not_say_are_said_as_minutes() -> None:
    thirds = [placement(620, number=n) for n in (1, 2, 3)]
    assert said(Parameters(), case(*thirds)).startswith("10:20 + 10:20 + 10:20 = 31:00 h")
