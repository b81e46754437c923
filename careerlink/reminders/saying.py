"""Writes down what the day brings for a number of tracks, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.reminders import reach, reading
from careerlink.reminders.hours import day_of
from careerlink.reminders.ladders import Channel, Ladder, Rung, Whom
from careerlink.reminders.models import Reminder, ReminderState, ReminderTrack
from careerlink.reminders.stepping import Situation, comes_at, day_on, step, wording
from careerlink.supervisors import hand_overs, stand_ins

Row = dict[str, Any]
"""The columns of a reminder that is new."""
HELD_AGAIN = timedelta(hours=1)
"""How soon it is noticed that consent was given or an address corrected."""


def say(session: Session, tracks: Sequence[tuple[ReminderTrack, Ladder]]) -> None:
    if not tracks:
        return
    known = reading.read(session, [track for track, _ in tracks])
    rows = [row for track, ladder in tracks for row in _say(session, track, ladder, known)]
    if rows:
        # As one statement, whatever is empty in each: SQLite inserts objects one by one.
        session.execute(insert(Reminder).execution_options(render_nulls=True), rows)


def _say(
    session: Session, track: ReminderTrack, ladder: Ladder, known: reading.Read
) -> list[Row]:
    now, rungs = clock.now(), known.chosen[track.institution_id].rungs(ladder)
    _take_back(session, track, ladder, known)
    here = reading.situation(track, ladder, known)
    found = step(rungs, now, here)
    rows = [_row(track, rung, here, state=ReminderState.SKIPPED) for rung in found.skips]
    for rung in found.says:
        _leave_out_older(track, rung, known)
        rows.append(_said(session, track, ladder, rung, here, known))
    _hold(track, reading.why_held(track, ladder, known) if found.is_held_up else "")
    track.next_at = found.next_at
    if found.is_held_up:
        again = now + HELD_AGAIN
        track.next_at = min(again, found.next_at) if found.next_at else again
    return rows


def _take_back(
    session: Session, track: ReminderTrack, ladder: Ladder, known: reading.Read
) -> None:
    """After an extension: what was not said yet, and lists alone showed, comes later again.

    Not what was skipped for a rung that has been said since: nobody is asked and then warned.
    """
    here, now = reading.situation(track, ladder, known), clock.now()
    rungs = {rung.key: rung for rung in known.chosen[track.institution_id].rungs(ladder)}
    order = list(rungs)
    kept, said = (
        [],
        [(row.whom, row.rung) for row in known.rows[track.id] if reading.is_out(row)],
    )
    for row in known.rows[track.id]:
        rung = rungs.get(row.rung)
        at = comes_at(rung, here) if rung is not None and row.round == track.round else None
        after = order[order.index(row.rung) :] if rung is not None else []
        is_over = any(whom == row.whom and key in after for whom, key in said)
        if at is not None and at > now and not is_over:
            session.delete(row)
        else:
            kept.append(row)
    known.rows[track.id] = kept


def _leave_out_older(track: ReminderTrack, rung: Rung, known: reading.Read) -> None:
    """A mail that still waits would say the same thing twice to the same person."""
    if rung.channel == Channel.TASK:
        return
    for row in known.rows.get(track.id, []):
        if row.state == ReminderState.DUE and row.whom == rung.whom:
            row.state = ReminderState.SKIPPED


def _said(
    session: Session,
    track: ReminderTrack,
    ladder: Ladder,
    rung: Rung,
    here: Situation,
    known: reading.Read,
) -> Row:
    """A line for the next mail or a task; skipped where there is nobody to say it to."""
    if rung.channel == Channel.TASK:
        return _row(track, rung, here, state=ReminderState.TASK)
    words = wording(ladder.rungs, ladder.ask, rung, is_asked=here.asked_on is not None)
    if rung.whom == Whom.STUDENT:
        person = track.placement.person
        return _row(track, rung, here, state=ReminderState.DUE, words=words, to=person)
    contact = known.contacts.get(track.contact_id or 0)
    if rung.whom == Whom.ALTERNATE:
        contact = _colleague(session, track)
    wants_none = contact is not None and contact.reminders_stopped_at is not None
    if contact is None or (wants_none and words != ladder.ask):
        return _row(track, rung, here, state=ReminderState.SKIPPED)
    return _row(track, rung, here, state=ReminderState.DUE, words=words, to=contact)


def _colleague(session: Session, track: ReminderTrack) -> PartnerContact | None:
    """Somebody else at the partner, unless they look for one already or mail comes back."""
    placement = track.placement
    if hand_overs.is_asked(session, placement):
        return None
    found = stand_ins.candidate(session, placement)
    if found is None:
        return None
    reached = reach.read(session, [placement], [found])
    return None if reached.why_no_mail(found, placement.institution.time_zone) else found


def _row(
    track: ReminderTrack,
    rung: Rung,
    here: Situation,
    *,
    state: ReminderState,
    words: str = "",
    to: PartnerContact | Person | None = None,
) -> Row:
    now = clock.now()
    zone = (to.time_zone if to is not None else None) or here.campus_zone
    contact_id = to.id if isinstance(to, PartnerContact) else None
    person_id = to.id if isinstance(to, Person) else None
    return {
        "track_id": track.id,
        "round": track.round,
        "rung": rung.key,
        "recipient": recipient(rung.whom, contact_id, person_id),
        "whom": rung.whom,
        "contact_id": contact_id,
        "person_id": person_id,
        "state": state,
        "wording": words or rung.key,
        "due_on": day_on(rung, here) or day_of(now, here.campus_zone),
        "send_at": here.hours.next_open(now, zone) if to is not None else now,
        "created_at": now,
    }


def recipient(whom: Whom, contact_id: int | None, person_id: int | None) -> str:
    if contact_id is not None:
        return f"contact:{contact_id}"
    return f"person:{person_id}" if person_id is not None else whom.value


def _hold(track: ReminderTrack, why: str) -> None:
    if why and not track.held_because:
        track.held_since = clock.now()
    if not why:
        track.held_since = None
    track.held_because = why
