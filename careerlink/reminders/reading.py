"""What a number of tracks need to know to say something, read in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.partners.models import PartnerContact
from careerlink.reminders import reach, settings
from careerlink.reminders.hours import day_of
from careerlink.reminders.ladders import Channel, Ladder, Whom
from careerlink.reminders.models import Reminder, ReminderState, ReminderTrack
from careerlink.reminders.reach import Reach
from careerlink.reminders.settings import Chosen
from careerlink.reminders.stepping import Situation


@dataclass(frozen=True)
class Read:
    """What the tracks of one batch need to know, read at once."""

    chosen: dict[int, Chosen]
    rows: dict[int, list[Reminder]]
    contacts: dict[int, PartnerContact]
    reach: Reach


def read(session: Session, tracks: Sequence[ReminderTrack]) -> Read:
    contacts = _contacts(session, {track.contact_id for track in tracks if track.contact_id})
    return Read(
        chosen=settings.of(session, {track.institution_id for track in tracks}),
        rows=_rows(session, tracks),
        contacts=contacts,
        reach=reach.read(session, {one.placement for one in tracks}, contacts.values()),
    )


def situation(track: ReminderTrack, ladder: Ladder, known: Read) -> Situation:
    placement = track.placement
    campus = placement.institution.time_zone
    contact = known.contacts.get(track.contact_id or 0)
    zones = {
        Whom.SUPERVISOR: (contact.time_zone if contact else None) or campus,
        Whom.STUDENT: placement.person.time_zone or campus,
    }
    rows = [row for row in known.rows.get(track.id, []) if row.round == track.round]
    term = placement.course.term
    ahead = {rung.key for rung in ladder.rungs} - _from_ask_on(ladder)
    return Situation(
        anchor_on=track.anchor_on,
        grades_due_on=term.grades_due_on if term is not None else None,
        campus_zone=campus,
        zones=zones,
        hours=known.chosen[track.institution_id].hours,
        said=frozenset(row.rung for row in rows),
        last_mail={
            row.whom: _mailed_on(row, zones.get(row.whom, campus))
            for row in rows
            if is_out(row)
        },
        asked_on=min(
            (
                _mailed_on(row, zones[Whom.SUPERVISOR])
                for row in rows
                if row.whom == Whom.SUPERVISOR and is_out(row) and row.wording not in ahead
            ),
            default=None,
        ),
        after_ask=_after_ask(ladder),
        is_held=bool(why_held(track, ladder, known)),
    )


def why_held(track: ReminderTrack, ladder: Ladder, known: Read) -> str:
    if track.contact_id is None:
        return ""
    contact = known.contacts.get(track.contact_id)
    return known.reach.why_not(track.placement, contact, asks_former=ladder.asks_former)


def _after_ask(ladder: Ladder) -> frozenset[str]:
    """What tells somebody else that the contact is silent."""
    asks = {rung.key for rung in ladder.rungs if rung.key == ladder.ask}
    return frozenset(
        rung.key
        for rung in ladder.rungs
        if asks
        and rung.key in _from_ask_on(ladder)
        and rung.whom in (Whom.STUDENT, Whom.ALTERNATE)
        and rung.channel == Channel.MAIL
    )


def _from_ask_on(ladder: Ladder) -> set[str]:
    """The question and all that follows it; a heads-up asks nothing yet."""
    keys = [rung.key for rung in ladder.rungs]
    return set(keys[keys.index(ladder.ask) :] if ladder.ask in keys else keys)


def is_out(row: Reminder) -> bool:
    return row.state == ReminderState.MAILED


def _mailed_on(row: Reminder, zone: str) -> date:
    return row.digest.day if row.digest is not None else day_of(row.send_at, zone)


def _rows(session: Session, tracks: Sequence[ReminderTrack]) -> dict[int, list[Reminder]]:
    rows = session.scalars(
        select(Reminder)
        .where(Reminder.track_id.in_([track.id for track in tracks]))
        .options(joinedload(Reminder.digest))
        .order_by(Reminder.id)
        .execution_options(populate_existing=True)
    )
    found = defaultdict(list)
    for row in rows:
        found[row.track_id].append(row)
    return found


def _contacts(session: Session, ids: Collection[int]) -> dict[int, PartnerContact]:
    rows = session.scalars(select(PartnerContact).where(PartnerContact.id.in_(ids)))
    return {contact.id: contact for contact in rows}
