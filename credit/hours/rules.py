"""What is refused when hours are entered, and what is only said; each with its remedy."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.read_only import why_read_only
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from careerlink.web.templating import hours, per_hour
from credit.hours import queries
from credit.hours.amounts import DAY
from credit.hours.models import EntryState, HoursEntry
from credit.hours.plan import Plan

ANSWERED = (
    "The supervisor has answered on these hours, so they stay as they are. If they are wrong, "
    "write to your instructor, who can rule on the total."
)


def day_words(day: date) -> str:
    return format_date(day, "EEE d MMM", locale="en")


def today_of(placement: Placement) -> date:
    """The student's own calendar day: a campus may be a day behind or ahead of them."""
    return clock.today(placement.person.time_zone or placement.institution.time_zone)


def why_not_open(actor: Actor, placement: Placement) -> str:
    """Why this person logs no hours here now; empty when they may."""
    standing = actor.standing(placement.course_id)
    if standing.read_only:
        return why_read_only(standing)
    if actor.person_id != placement.person_id or not actor.is_student(placement.course_id):
        return "Only the student logs hours."
    if placement.state == PlacementState.PLANNED:
        return "You log hours once the work has started."
    if placement.state == PlacementState.WORK_COMPLETED:
        return (
            "The work is marked as completed, so nothing is added. If hours are missing, ask "
            "the career office to reopen it."
        )
    if placement.state != PlacementState.ACTIVE:
        return "This placement is over, so nothing is added."
    return ""


def require_open(actor: Actor, placement: Placement) -> None:
    standing = actor.standing(placement.course_id)
    is_writer = (
        actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not standing.read_only
    )
    if why := why_not_open(actor, placement):
        raise NotPossible(why) if is_writer else NotPermitted(why)


def require_unconfirmed(entry: HoursEntry) -> None:
    if entry.state != EntryState.REPORTED:
        raise NotPossible(ANSWERED)


def require_possible(
    session: Session,
    placement: Placement,
    plan: Plan,
    *,
    worked_on: date,
    minutes: int,
    entry: HoursEntry | None,
) -> None:
    """:raises InvalidInput: with the value, the limit, and who can change it."""
    if worked_on > today_of(placement):
        raise InvalidInput(
            f"{day_words(worked_on)} is still to come. Log it when the work is done.",
            field="worked_on",
        )
    if not plan.starts_on <= worked_on <= plan.ends_on:
        raise InvalidInput(
            f"{day_words(worked_on)} is outside this placement, {day_words(plan.starts_on)} to "
            f"{day_words(plan.ends_on)}. To work on other days, amend the agreement.",
            field="worked_on",
        )
    before = queries.minutes_on(
        session, placement, worked_on, besides=entry.id if entry is not None else None
    )
    if before + minutes > DAY:
        raise InvalidInput(
            f"With the {hours(before)} logged for {day_words(worked_on)} already, this "
            f"makes {hours(before + minutes)}; a day has 24 h. Change one of them.",
            field="hours",
        )


@dataclass(frozen=True)
class Remark:
    """Said beside the hours; nothing is refused for it."""

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
