"""What the editor asks about hours: their worth, which count, and when."""

from credit.policy.editor_types import Block, Group
from credit.policy.editor_types import Question as Q

NO_LIMIT = "Empty: no limit"
SHARE = "Such as 2 of 3. Empty: no limit"
HOURS = Group(
    "hours",
    "Hours and credit",
    "What so many hours are worth. Credit is always rounded down.",
    (
        Block(
            "hours",
            (
                Q("minutes_per_credit", "hours", "Hours for one credit", unit="hours"),
                Q("hours_table", "table", "Where credit is not in proportion"),
                Q(
                    "step_thousandths",
                    "credits",
                    "Credit comes in steps of",
                    unit="credits",
                ),
                Q(
                    "non_credit_minutes",
                    "hours",
                    "Hours for a mark without credit",
                    "Empty: there is no such mark",
                    "hours",
                    is_optional=True,
                ),
            ),
        ),
        Block(
            "maximum",
            (
                Q("minimum_thousandths", "credits", "Least credit", unit="credits"),
                Q("maximum_thousandths", "credits", "Most credit", unit="credits"),
            ),
        ),
        Block(
            "grade",
            (
                Q(
                    "grade_basis",
                    "choice",
                    "Grade basis",
                    choices=(
                        ("letter", "Letter grade"),
                        ("pass_fail", "Pass or no pass"),
                        ("non_credit", "A mark without credit"),
                    ),
                ),
            ),
        ),
    ),
)
COUNTS = Group(
    "counts",
    "What counts",
    "Confirmed hours, up to what was planned, and the work beside them.",
    (
        Block(
            "over_plan",
            (Q("tolerance_percent", "number", "Hours over the plan that count", unit="%"),),
        ),
        Block(
            "site_share",
            (
                Q(
                    "site_share_max",
                    "share",
                    "Most that site time may be of all work",
                    SHARE,
                    is_optional=True,
                ),
            ),
        ),
        Block(
            "academic",
            (
                Q(
                    "academic_minutes_required",
                    "hours",
                    "Academic work that is required",
                    unit="hours",
                ),
                Q(
                    "academic_minutes_per_credit",
                    "hours",
                    "Academic work for each credit",
                    unit="hours",
                ),
                Q("academic_counts", "yes", "It counts toward the hours"),
            ),
        ),
        Block(
            "week",
            (
                Q(
                    "max_minutes_per_week",
                    "hours",
                    "Most hours of a week",
                    NO_LIMIT,
                    "hours",
                    is_optional=True,
                ),
            ),
        ),
        Block(
            "bundle",
            (
                Q("min_placements", "number", "Least number of projects"),
                Q("max_placements", "number", "Most projects", NO_LIMIT, is_optional=True),
            ),
        ),
    ),
)
TIME = Group(
    "time",
    "When it counts",
    "From when hours count, until when, and over how long.",
    (
        Block(
            "start",
            (
                Q(
                    "not_before_agreement",
                    "yes",
                    "Hours count once the learning agreement is in force",
                ),
                Q(
                    "agreement_lead_days",
                    "number",
                    "In force so long before the first hour",
                    unit="days",
                ),
                Q(
                    "not_before_enrollment",
                    "yes",
                    "Hours count once the student is enrolled",
                ),
                Q(
                    "retro_days",
                    "number",
                    "Days before the original enrollment that still count",
                    "Empty: no such limit; 0: not retroactive",
                    "days",
                    is_optional=True,
                ),
                Q(
                    "enroll_by_week",
                    "number",
                    "Enrolled by this week of the term, work may have begun earlier",
                    "Empty: never",
                    is_optional=True,
                ),
            ),
        ),
        Block(
            "term",
            (
                Q("within_term", "yes", "Work counts in its own term only"),
                Q("carry_terms", "number", "… or in so many terms after it"),
                Q("past_term_end", "yes", "What began in the term may run past its end"),
            ),
        ),
        Block(
            "start_week",
            (
                Q(
                    "latest_start_week",
                    "number",
                    "Latest week of the term to start",
                    NO_LIMIT,
                    is_optional=True,
                ),
            ),
        ),
        Block(
            "span",
            (
                Q(
                    "min_span_weeks",
                    "number",
                    "Least weeks from first to last hour",
                    unit="weeks",
                ),
                Q("span_from_enrollment", "yes", "Counted from the day of enrollment"),
            ),
        ),
        Block(
            "census",
            (
                Q(
                    "census_rule",
                    "choice",
                    "A student leaves by the census day",
                    choices=(
                        ("close", "The case closes quietly and leaves the lists of the course"),
                        ("keep", "The case closes and stays in the lists of the course"),
                    ),
                ),
            ),
        ),
    ),
)
