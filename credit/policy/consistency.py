"""What no credit policy may say: absurd figures, and figures that contradict each other.

Messages are for whoever writes a policy: each names the field it stands at (``problems``).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from credit.policy.parameters import HoursStep, Parameters, RubricLine

HOUR = 60
MOST_CREDITS = 60_000
LIMITS: dict[str, tuple[int, int, str]] = {
    "minutes_per_credit": (15, 1000 * HOUR, "One credit takes between 0.25 and 1,000 hours."),
    "step_thousandths": (1, 1000, "Steps are between 0.001 and 1 credit."),
    "minimum_thousandths": (0, MOST_CREDITS, "The least is between 0 and 60 credits."),
    "maximum_thousandths": (1, MOST_CREDITS, "The most is above 0, and at most 60 credits."),
    "non_credit_minutes": (15, 1000 * HOUR, "Enter between 0.25 and 1,000 hours."),
    "tolerance_percent": (0, 100, "Enter between 0 and 100 percent."),
    "max_minutes_per_week": (15, 168 * HOUR, "A week has at most 168 hours."),
    "academic_minutes_required": (0, 1000 * HOUR, "Enter between 0 and 1,000 hours."),
    "academic_minutes_per_credit": (0, 1000 * HOUR, "Enter between 0 and 1,000 hours."),
    "agreement_lead_days": (0, 366, "Enter between 0 and 366 days."),
    "retro_days": (0, 1000, "Enter between 0 and 1,000 days."),
    "enroll_by_week": (1, 60, "Enter a week between 1 and 60."),
    "carry_terms": (0, 12, "Enter between 0 and 12 terms."),
    "latest_start_week": (1, 60, "Enter a week between 1 and 60."),
    "min_span_weeks": (0, 104, "Enter between 0 and 104 weeks."),
    "min_placements": (1, 50, "Enter between 1 and 50 projects."),
    "max_placements": (1, 50, "Enter between 1 and 50 projects."),
    "lifetime_maximum_thousandths": (1, 300_000, "Enter more than 0, up to 300 credits."),
    "lifetime_two_majors_thousandths": (1, 300_000, "Enter more than 0, up to 300 credits."),
    "lifetime_cases": (1, 50, "Enter between 1 and 50 times."),
    "deliverables_required": (0, 50, "Enter between 0 and 50 pieces."),
    "most_returns": (0, 20, "Enter between 0 and 20 times."),
    "resubmit_days": (1, 366, "Enter between 1 and 366 days."),
    "appeal_days": (0, 366, "Enter between 0 and 366 days."),
    "score_maximum_thousandths": (1, 100_000_000, "Enter more than 0, up to 100,000 points."),
}
SHARES = ("site_share_max", "major_share_max")


def refuse_absurd(name: str, value: Any) -> None:
    if value is None:
        return
    if name in LIMITS:
        least, most, message = LIMITS[name]
        if not least <= value <= most:
            _refuse(message)
    elif name in SHARES:
        _share(value)
    elif name == "hours_table":
        _table(value)
    elif name == "approver_chain":
        _chain(value)
    elif name == "rubric":
        _rubric(value)


def refuse_contradictions(policy: "Parameters") -> None:
    for field, contradicts, message in _contradictions(policy):
        if contradicts:
            raise PydanticCustomError("contradiction", message, {"field": field})


def absurd(values: Mapping[str, Any]) -> dict[str, str]:
    """Figures that no policy has, by field, where others cannot even be read yet."""
    found = {}
    for name in (*LIMITS, *SHARES):
        try:
            refuse_absurd(name, values.get(name))
        except PydanticCustomError as exc:
            found[name] = exc.message()
    return found


def problems(error: ValidationError) -> dict[str, str]:
    """What is wrong, by the field it stands at; the first of each."""
    found: dict[str, str] = {}
    for one in error.errors():
        at = one["loc"][0] if one["loc"] else one.get("ctx", {}).get("field", "")
        found.setdefault(str(at), one["msg"])
    return found


def _contradictions(policy: "Parameters") -> list[tuple[str, bool, str]]:
    p, table = policy, policy.hours_table
    most, two = p.lifetime_maximum_thousandths, p.lifetime_two_majors_thousandths
    return [
        (
            "minimum_thousandths",
            p.minimum_thousandths > p.maximum_thousandths,
            "The least credits are more than the most.",
        ),
        (
            "min_placements",
            p.max_placements is not None and p.max_placements < p.min_placements,
            "The least number of projects is above the most.",
        ),
        (
            "hours_table",
            any(step.thousandths % p.step_thousandths for step in table),
            "The table names credits that are no multiple of the steps.",
        ),
        (
            "hours_table",
            bool(table) and table[-1].thousandths < p.minimum_thousandths,
            "No row of the table reaches the least credits.",
        ),
        (
            "non_credit_minutes",
            p.grade_basis == "non_credit" and p.non_credit_minutes is None,
            "Say how many hours a mark without credit takes.",
        ),
        (
            "retro_days",
            p.not_before_enrollment and bool(p.retro_days),
            "No hours before the enrollment count, so no days before it can.",
        ),
        (
            "enroll_by_week",
            p.enroll_by_week is not None and p.retro_days is None,
            "Say also how many days before the enrollment count after that week.",
        ),
        (
            "carry_terms",
            bool(p.carry_terms) and not p.within_term,
            "Earlier terms need the rule that work lies within the term.",
        ),
        (
            "past_term_end",
            p.past_term_end and not p.within_term,
            "Running past the end needs the rule that work lies within the term.",
        ),
        (
            "agreement_lead_days",
            bool(p.agreement_lead_days) and not p.not_before_agreement,
            "Days before need the rule that hours count from the agreement.",
        ),
        (
            "lifetime_two_majors_thousandths",
            two is not None and (most is None or two < most),
            "With two majors the most is at least the most with one, which is needed, too.",
        ),
    ]


def _share(value: tuple[int, int]) -> None:
    part, whole = value
    if not (0 < part <= whole <= 1000):
        _refuse("A share is more than nothing and at most the whole, such as 2 of 3.")


def _table(steps: "Sequence[HoursStep]") -> None:
    if len(steps) > 40:
        _refuse("A table has at most 40 rows.")
    if any(not 0 < s.minutes <= 5000 * HOUR for s in steps):
        _refuse("Each row of the table names more than 0 and at most 5,000 hours.")
    if any(not 0 < s.thousandths <= MOST_CREDITS for s in steps):
        _refuse("Each row of the table gives more than 0 and at most 60 credits.")
    for before, after in zip(steps, steps[1:], strict=False):
        if after.minutes <= before.minutes or after.thousandths <= before.thousandths:
            _refuse("From row to row of the table both hours and credits rise.")


def _chain(roles: Sequence[str]) -> None:
    if not roles:
        _refuse("Somebody has to approve: name at least one.")
    if len(set(roles)) < len(roles):
        _refuse("Nobody approves twice in one chain.")


def _rubric(lines: "Sequence[RubricLine]") -> None:
    if len({line.key for line in lines}) < len(lines) or not all(line.key for line in lines):
        _refuse("Each line of the rubric needs a key of its own.")
    if any(not line.title.strip() or len(line.levels) < 2 for line in lines):
        _refuse("Each line of the rubric needs a title and at least two levels.")


def _refuse(message: str) -> NoReturn:
    raise PydanticCustomError("absurd", message)
