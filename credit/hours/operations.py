"""Logging, confirming and ruling on hours. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.audit import ErasableText
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit import decided
from credit.cases import conflicts
from credit.hours import disputing, overrun, plan, queries, rules
from credit.hours.models import EntryState, HoursConfirmation, HoursEntry, HoursRuling
from credit.hours.plan import Plan
from credit.hours.workflow import HOURS, may_confirm

PRESSED_TWICE = timedelta(minutes=1)
LONGEST_TASK = 300
MOST_MINUTES = 60 * 2000


def log_hours(
    session: Session,
    placement: Placement,
    *,
    actor: Actor,
    worked_on: date,
    minutes: int,
    task: str,
    objective_lineage: str | None,
) -> HoursEntry:
    """Add an entry; the same one again within a minute is a button pressed twice."""
    rules.require_open(actor, placement)
    queries.one_at_a_time(session, placement)
    values = _values(task, objective_lineage, worked_on=worked_on, minutes=minutes)
    recently = clock.now() - PRESSED_TWICE
    if repeated := queries.same_moments_ago(session, placement, since=recently, **values):
        return repeated
    agreed = _require_possible(session, placement, None, worked_on, minutes, objective_lineage)
    entry = HoursEntry(placement_id=placement.id, placement=placement, **values)
    session.add(entry)
    session.flush()
    audit.record(
        session, "hours_entry:log", entry, actor=actor, day=str(worked_on), minutes=minutes
    )
    overrun.tell_office(session, placement, agreed, actor=actor)
    return entry


def change_entry(
    session: Session,
    entry: HoursEntry,
    *,
    actor: Actor,
    version: int,
    worked_on: date,
    minutes: int,
    task: str,
    objective_lineage: str | None,
) -> None:
    rules.require_open(actor, entry.placement)
    queries.one_at_a_time(session, entry.placement)
    rules.require_unconfirmed(entry)
    if version != entry.version:
        raise ChangedMeanwhile("These hours were changed after you opened them.")
    agreed = _require_possible(
        session, entry.placement, entry, worked_on, minutes, objective_lineage
    )
    was_day, was_minutes = str(entry.worked_on), entry.minutes
    values = _values(task, objective_lineage, worked_on=worked_on, minutes=minutes)
    for name, value in values.items():
        setattr(entry, name, value)
    session.flush()
    audit.record(
        session,
        "hours_entry:change",
        entry,
        actor=actor,
        day=str(worked_on),
        minutes=minutes,
        was_day=was_day,
        was_minutes=was_minutes,
    )
    overrun.tell_office(session, entry.placement, agreed, actor=actor)


def take_back(session: Session, entry: HoursEntry, *, actor: Actor) -> None:
    """The entry counts no more; it stays in the history."""
    rules.require_open(actor, entry.placement)
    rules.require_unconfirmed(entry)
    entry.removed_at = clock.now()
    session.flush()
    audit.record(session, "hours_entry:take_back", entry, actor=actor, minutes=entry.minutes)


def confirm(
    session: Session,
    placement: Placement,
    *,
    actor: Actor,
    confirmed_minutes: int,
    note: str = "",
    contact: PartnerContact | None = None,
    covers: tuple[date | None, date | None] = (None, None),
) -> HoursConfirmation:
    """Keep the supervisor's total beside what is reported now.

    ``contact`` says whose word it is, also where staff write it down; ``covers``, of which days
    where another supervisor speaks for the rest. A total that reaches the reported one confirms
    every entry of these days; a smaller one disputes those that nobody confirmed yet.
    """
    if not may_confirm(actor, placement):
        raise NotPermitted("Only the supervisor confirms hours.")
    if not 0 <= confirmed_minutes <= MOST_MINUTES:
        raise InvalidInput("Enter the hours from 0 to 2,000.", field="hours")
    since, until = covers
    found = [
        entry
        for entry in queries.entries(session, placement)
        if (since is None or entry.worked_on >= since)
        and (until is None or entry.worked_on <= until)
    ]
    reported = sum(entry.minutes for entry in found)
    said_by = contact.id if contact is not None else actor.contact_id
    if repeated := queries.confirmed_moments_ago(
        session,
        placement,
        since=clock.now() - PRESSED_TWICE,
        contact_id=said_by,
        person_id=actor.person_id,
        reported_minutes=reported,
        confirmed_minutes=confirmed_minutes,
        covers_from=covers[0],
        covers_until=covers[1],
    ):
        return repeated
    text = audit.erasable(session, note.strip()) if note.strip() else None
    confirmation = HoursConfirmation(
        placement_id=placement.id,
        contact_id=said_by,
        person_id=actor.person_id,
        reported_minutes=reported,
        confirmed_minutes=confirmed_minutes,
        covers_from=since,
        covers_until=until,
        note_id=text.id if text is not None else None,
    )
    session.add(confirmation)
    session.flush()
    audit.record(
        session,
        "hours:confirm",
        placement,
        actor=actor,
        confirmation=confirmation.id,
        reported=reported,
        confirmed=confirmed_minutes,
    )
    for entry, answer in _answers(found, confirmed_minutes):
        if answer != entry.state:
            states.move(session, entry, answer, HOURS, actor=actor)
    return confirmation


def rule(
    session: Session, placement: Placement, *, actor: Actor, minutes: int, reason: str
) -> HoursRuling:
    """The instructor's figure stands over both others; an earlier ruling stays on record."""
    if not actor.may_decide(placement.course_id):
        raise NotPermitted(actor.why_not_decide(placement.course_id))
    if actor.person_id == placement.person_id:
        raise NotPermitted("Nobody rules on their own hours.")
    if why := conflicts.in_case_of(session, placement, actor=actor):
        raise NotPermitted(why)
    if placement.state in (PlacementState.PLANNED, PlacementState.CANCELLED):
        raise NotPossible("Nothing was worked here that could be ruled on.")
    if closed := decided.why_closed(session, placement):
        raise NotPossible(closed)
    if not reason.strip():
        raise InvalidInput("Say why; the student reads it.", field="reason")
    text: ErasableText = audit.erasable(session, reason.strip())
    ruling = HoursRuling(
        placement_id=placement.id,
        minutes=minutes,
        ruled_by_id=actor.person_id,
        reason_id=text.id,
    )
    session.add(ruling)
    session.flush()
    settled = disputing.settle(session, placement, ruling)
    audit.record(
        session,
        "hours:rule",
        placement,
        actor=actor,
        ruling=ruling.id,
        minutes=minutes,
        disputes=settled,
    )
    return ruling


def _values(task: str, objective: str | None, **figures: Any) -> dict[str, Any]:
    if not task.strip() or len(task) > LONGEST_TASK:
        raise InvalidInput("Say in a few words what you did.", field="task")
    return {"task": task.strip(), "objective_lineage": objective or None, **figures}


def _require_possible(
    session: Session,
    placement: Placement,
    entry: HoursEntry | None,
    worked_on: date,
    minutes: int,
    objective: str | None,
) -> Plan:
    agreed = plan.plan_of(session, placement)
    rules.require_possible(
        session, placement, agreed, worked_on=worked_on, minutes=minutes, entry=entry
    )
    known = {one.lineage for one in agreed.objectives}
    kept = entry.objective_lineage if entry is not None else None
    if objective and objective not in known and objective != kept:
        raise InvalidInput("Choose one of the objectives of your agreement.", field="objective")
    return agreed


def _answers(
    found: Sequence[HoursEntry], confirmed: int
) -> list[tuple[HoursEntry, EntryState]]:
    if confirmed >= sum(entry.minutes for entry in found):
        return [(entry, EntryState.CONFIRMED) for entry in found]
    settled = [entry for entry in found if entry.state == EntryState.CONFIRMED]
    if sum(entry.minutes for entry in settled) > confirmed:
        settled = []
    return [
        (entry, EntryState.CONFIRMED if entry in settled else EntryState.DISPUTED)
        for entry in found
    ]
