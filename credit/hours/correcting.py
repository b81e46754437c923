"""Changing hours that were answered already: with a reason, and with both versions kept."""

from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, states
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit import decided
from credit.hours import overrun, plan, queries, rules
from credit.hours.models import EntryState, HoursConfirmation, HoursCorrection, HoursEntry
from credit.hours.workflow import HOURS

LONGEST_REASON = 1000


def why_not(session: Session, actor: Actor, entry: HoursEntry) -> str:
    """Why this person cannot correct this entry now; empty when they can."""
    placement = entry.placement
    if not rules.is_writer(actor, placement):
        return rules.why_not_open(actor, placement) or "Only the student corrects hours."
    if entry.state == EntryState.REPORTED:
        return "Nobody has answered on these hours; change them instead."
    if placement.state not in (PlacementState.ACTIVE, PlacementState.WORK_COMPLETED):
        return "This placement is over, so nothing is corrected."
    if queries.is_ruled(session, placement):
        return "Your instructor has ruled on the total, and the ruling stands."
    return decided.why_closed(session, placement)


def correct(
    session: Session,
    entry: HoursEntry,
    *,
    actor: Actor,
    version: int,
    worked_on: date,
    minutes: int,
    reason: str,
) -> HoursCorrection:
    """The entry as it should have been; 0 minutes take it out. The supervisor answers anew."""
    placement = entry.placement
    queries.one_at_a_time(session, placement)
    if refusal := why_not(session, actor, entry):
        is_writer = rules.is_writer(actor, placement)
        raise NotPossible(refusal) if is_writer else NotPermitted(refusal)
    if version != entry.version:
        raise ChangedMeanwhile("These hours were changed after you opened them.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise InvalidInput(
            "Say why; the supervisor and your instructor read it.", field="reason"
        )
    agreed = plan.plan_of(session, placement)
    if minutes:
        rules.require_possible(
            session, placement, agreed, worked_on=worked_on, minutes=minutes, entry=entry
        )
    correction = _kept(session, entry, worked_on, minutes, reason)
    if minutes:
        entry.worked_on, entry.minutes = worked_on, minutes
    else:
        entry.removed_at = clock.now()
    states.move(
        session,
        entry,
        EntryState.REPORTED,
        HOURS,
        actor=actor,
        detail={
            "correction": correction.id,
            "was_day": str(correction.was_worked_on),
            "was_minutes": correction.was_minutes,
            "day": str(worked_on),
            "minutes": minutes,
        },
    )
    overrun.tell_office(session, placement, agreed, actor=actor)
    return correction


def of_placement(session: Session, placement: Placement) -> dict[int, list[HoursCorrection]]:
    """By entry, oldest first."""
    found: dict[int, list[HoursCorrection]] = {}
    for one in session.scalars(
        select(HoursCorrection)
        .join(HoursCorrection.entry)
        .where(HoursEntry.placement_id == placement.id)
        .options(joinedload(HoursCorrection.reason), joinedload(HoursCorrection.entry))
        .order_by(HoursCorrection.id)
    ):
        found.setdefault(one.entry_id, []).append(one)
    return found


def awaits_answer(session: Session, placement: Placement) -> bool:
    """Something was corrected after the supervisor's latest word, and no ruling settled it."""
    latest = (
        select(func.max(HoursConfirmation.confirmed_at))
        .where(HoursConfirmation.placement_id == placement.id)
        .scalar_subquery()
    )
    found = exists().where(
        HoursCorrection.entry_id == HoursEntry.id,
        HoursEntry.placement_id == placement.id,
        HoursCorrection.corrected_at > latest,
    )
    return bool(session.scalar(select(found))) and not queries.is_ruled(session, placement)


def _kept(
    session: Session, entry: HoursEntry, worked_on: date, minutes: int, reason: str
) -> HoursCorrection:
    correction = HoursCorrection(
        entry_id=entry.id,
        was_worked_on=entry.worked_on,
        was_minutes=entry.minutes,
        worked_on=worked_on,
        minutes=minutes,
        reason_id=audit.erasable(session, reason.strip()).id,
    )
    session.add(correction)
    session.flush()
    return correction
