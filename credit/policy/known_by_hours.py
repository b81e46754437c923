"""Universities whose rule is above all how many hours make a credit."""

from credit.policy.known_policy import HOUR, WHOLE, KnownPolicy, known_policy
from credit.policy.parameters import HoursStep

POLICIES: tuple[KnownPolicy, ...] = (
    known_policy(
        "federal",
        "34 CFR 600.2",
        "34 CFR 600.2, credit hour; read with the catalogs of Hiram and NMU",
        {
            "hours": "About 3 hours a week over 15 weeks make one credit.",
            "evidence": "Credit stands for learning outcomes verified by evidence.",
        },
        minutes_per_credit=45 * HOUR,
        deliverables_required=1,
        outcomes_verified=True,
        note="A floor for all others; internships have to be at least equivalent.",
    ),
    known_policy(
        "northern_colorado",
        "Northern Colorado",
        "mcb.unco.edu, internships for credit",
        {"hours": "45 hours make one credit."},
        minutes_per_credit=45 * HOUR,
        **WHOLE,
    ),
    known_policy(
        "goucher",
        "Goucher",
        "goucher.edu",
        {"hours": "45 hours make one credit."},
        minutes_per_credit=45 * HOUR,
        **WHOLE,
    ),
    known_policy(
        "goucher_zero",
        "Goucher, course without credit",
        "goucher.edu",
        {"hours": "30 hours make a course without credit."},
        grade_basis="non_credit",
        non_credit_minutes=30 * HOUR,
    ),
    known_policy(
        "marymount",
        "Marymount",
        "Marymount catalog",
        {"hours": "40 hours make one credit; 120 make three."},
        minutes_per_credit=40 * HOUR,
        **WHOLE,
    ),
    known_policy(
        "bay_path",
        "Bay Path",
        "catalog.baypath.edu",
        {
            "hours": "40 hours make one credit; 240 make six.",
            "maximum": "At most six credits.",
        },
        minutes_per_credit=40 * HOUR,
        maximum_thousandths=6000,
        **WHOLE,
    ),
    known_policy(
        "concordia",
        "Concordia St. Paul",
        "concordia.csp.edu, policy 6-60",
        {
            "hours": "35 hours make one credit.",
            "major": "At most a third of a major.",
            "lifetime": "At most 12 credits, 18 with two majors.",
            "grade": "Graded pass or no pass.",
            "evidence": "Evaluations at the half and at the end.",
        },
        minutes_per_credit=35 * HOUR,
        maximum_thousandths=12_000,
        major_share_max=(1, 3),
        lifetime_maximum_thousandths=12_000,
        lifetime_two_majors_thousandths=18_000,
        grade_basis="pass_fail",
        midpoint_evaluation_required=True,
        **WHOLE,
    ),
    known_policy(
        "whatcom",
        "Whatcom",
        "Whatcom Community College",
        {
            "hours": "33 hours make one credit of the quarter.",
            "start_week": "The work starts by week 8.",
            "term": "It may run past the end of the quarter.",
        },
        minutes_per_credit=33 * HOUR,
        within_term=True,
        past_term_end=True,
        latest_start_week=8,
        **WHOLE,
    ),
    known_policy(
        "macalester",
        "Macalester",
        "macalester.edu, employers/academiccredit",
        {
            "hours": "45, 75, 105 and 140 hours make one to four credits.",
            "span": "At least 10 weeks.",
        },
        hours_table=tuple(
            HoursStep(minutes=hours * HOUR, thousandths=credits * 1000)
            for hours, credits in ((45, 1), (75, 2), (105, 3), (140, 4))
        ),
        maximum_thousandths=4000,
        min_span_weeks=10,
        note="January has numbers of its own, which the page does not name: give that term a "
        "version of its own.",
        **WHOLE,
    ),
)
