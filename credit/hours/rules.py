"""What is refused when hours are entered; each refusal with its remedy."""

from datetime import date

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.read_only import why_read_only
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from careerlink.web.templating import hours
from credit.hours import days, queries
from credit.hours.days import day_words
from credit.hours.models import EntryState, HoursEntry
from credit.hours.plan import Plan

ANSWERED = (
    "The supervisor has answered on these hours. If they are wrong, correct them with a "
    "reason; both versions are kept."
)


def zone_of(placement: Placement) -> str:
    return placement.person.time_zone or placement.institution.time_zone


def today_of(placement: Placement) -> date:
    """The student's own calendar day: a campus may be a day behind or ahead of them."""
    return clock.today(zone_of(placement))


def is_writer(actor: Actor, placement: Placement) -> bool:
    """The student themselves, in a session that may write."""
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


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
    if why := why_not_open(actor, placement):
        raise NotPossible(why) if is_writer(actor, placement) else NotPermitted(why)


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
    most = days.minutes_of(worked_on, zone_of(placement))
    if before + minutes > most:
        raise InvalidInput(_too_much(placement, worked_on, before, minutes), field="hours")


def _too_much(placement: Placement, day: date, before: int, minutes: int) -> str:
    zone = zone_of(placement)
    why = days.why_this_long(day, zone)
    most = f"{'this day' if why else 'a day'} has {hours(days.minutes_of(day, zone))}{why}"
    if not before:
        return f"{most[0].upper()}{most[1:]}; {hours(minutes)} is more."
    return (
        f"With the {hours(before)} logged for {day_words(day)} already, this makes "
        f"{hours(before + minutes)}; {most}. Change one of them."
    )
