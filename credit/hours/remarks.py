"""What is said about hours that are on record; nothing is refused for it."""

from dataclasses import dataclass

from careerlink.placements.models import Placement
from careerlink.web.templating import hours, per_hour
from credit.hours import queries
from credit.hours.days import day_words
from credit.hours.models import HoursEntry
from credit.hours.plan import Plan
from credit.policy.counting import monday


@dataclass(frozen=True)
class Remark:
    title: str
    text: str


def remarks(placement: Placement, plan: Plan, found: list[HoursEntry]) -> list[Remark]:
    lines = (
        _too_early(plan, found),
        _over_week(plan, found),
        _over_plan(placement, plan, found),
    )
    return [line for line in lines if line is not None]


def _too_early(plan: Plan, found: list[HoursEntry]) -> Remark | None:
    early = sum(entry.minutes for entry in found if plan.is_too_early(entry.worked_on))
    if not early:
        return None
    title = f"{hours(early)} before the agreement was in force"
    if plan.agreed_on is None:
        title = f"{hours(early)} without an agreement in force"
    if not plan.policy.not_before_agreement:
        return Remark(title, "The policy counts them; your instructor sees the mark.")
    return Remark(
        title,
        f"They stay on record and do not count toward credit{_clause(plan, 'start')}. Your "
        "instructor can rule otherwise.",
    )


def on_entry(
    placement: Placement, plan: Plan, entry: HoursEntry, found: list[HoursEntry]
) -> str:
    """What is said at once to whoever logged it; empty when all of it may count."""
    said = []
    if plan.is_too_early(entry.worked_on) and plan.policy.not_before_agreement:
        said.append(
            "That is before the agreement was in force, so it does not count toward credit."
        )
    if over := _over_week(plan, [one for one in found if _same_week(one, entry)]):
        said.append(f"That makes {over.title}. {over.text}")
    if over := _over_plan(placement, plan, found):
        said.append(f"That makes {over.title}. {over.text}")
    return " ".join(said)


def _same_week(one: HoursEntry, other: HoursEntry) -> bool:
    return monday(one.worked_on) == monday(other.worked_on)


def _over_week(plan: Plan, found: list[HoursEntry]) -> Remark | None:
    limit = plan.policy.max_minutes_per_week
    if limit is None:
        return None
    for week in queries.by_week(found):
        if week.minutes > limit:
            return Remark(
                f"{hours(week.minutes)} in the week of {day_words(week.monday)}",
                f"The policy counts {hours(limit)} a week{_clause(plan, 'week')}. The rest "
                "stays on record.",
            )
    return None


def _over_plan(placement: Placement, plan: Plan, found: list[HoursEntry]) -> Remark | None:
    total = sum(entry.minutes for entry in found)
    if total <= plan.planned_minutes:
        return None
    planned = per_hour(placement.fee_minor, plan.planned_minutes, placement.currency)
    actual = per_hour(placement.fee_minor, total, placement.currency)
    return Remark(
        f"{hours(total)} logged, {hours(plan.planned_minutes)} planned",
        f"Up to {hours(plan.most_counted)} can count{_clause(plan, 'over_plan')}. The fee now "
        f"comes to {actual} per hour instead of {planned}. If the project is larger than "
        "agreed, amend the agreement before you go on.",
    )


def _clause(plan: Plan, rule: str) -> str:
    clause = plan.policy.clause(rule)
    return f" ({clause.ref})" if clause.text else ""
