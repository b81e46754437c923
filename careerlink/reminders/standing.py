"""Where a ladder stands: what went out when, what comes next, and who may have it repeated."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.outbox import DeliveryState
from careerlink.placements.models import Placement
from careerlink.registry import registry
from careerlink.reminders import nudging, reach, reading, subjects, words
from careerlink.reminders.hours import day_of
from careerlink.reminders.ladders import Ladder, Rung, Whom
from careerlink.reminders.models import (
    Reminder,
    ReminderDigest,
    ReminderState,
    ReminderTrack,
)
from careerlink.reminders.stepping import comes_at

OUT = (ReminderState.DUE, ReminderState.MAILED, ReminderState.TASK)


@dataclass(frozen=True)
class Said:
    at: datetime
    whom: str
    text: str
    is_sent: bool
    """Left for its recipient; a task on a list counts as well."""
    note: str = ""


@dataclass(frozen=True)
class Next:
    at: datetime
    whom: str
    text: str


@dataclass(frozen=True)
class Standing:
    track: ReminderTrack
    ladder: Ladder
    said: list[Said]
    ahead: list[Next]
    last_said_at: datetime | None
    waits_since: datetime | None
    """A mail to the contact is due and has not left yet; when it leaves."""
    nudge_from: datetime | None
    held: str
    """Why the contact cannot be written to now, in words; empty where they can."""
    chosen: str
    """How the instructor goes on meanwhile, in words; empty where they have not chosen."""


def of_subject(session: Session, ladder_key: str, subject_id: int) -> Standing | None:
    """``None`` before the first sweep has seen it, and once it is done."""
    query = _tracks().where(
        ReminderTrack.ladder == ladder_key, ReminderTrack.subject_id == subject_id
    )
    found = _standings(session, session.scalars(query).all())
    return found[0] if found else None


def of_placement(session: Session, placement_id: int) -> list[Standing]:
    query = _tracks().where(ReminderTrack.placement_id == placement_id)
    return _standings(session, session.scalars(query.order_by(ReminderTrack.id)).all())


def of_subjects(
    session: Session, wanted: Collection[tuple[str, int]]
) -> dict[tuple[str, int], Standing]:
    """Of many, by ladder and subject, in a fixed number of queries; a list has no nudges."""
    asked = [
        and_(
            ReminderTrack.ladder == key,
            ReminderTrack.subject_id.in_([one for other, one in wanted if other == key]),
        )
        for key in sorted({key for key, _ in wanted})
    ]
    found = session.scalars(_tracks().where(or_(false(), *asked))).all()
    return {
        (one.track.ladder, one.track.subject_id): one
        for one in _standings(session, found, is_list=True)
    }


def _tracks() -> Select[ReminderTrack]:
    return (
        select(ReminderTrack)
        .where(ReminderTrack.ended_at.is_(None))
        .options(
            joinedload(ReminderTrack.contact),
            joinedload(ReminderTrack.pause_reason),
            joinedload(ReminderTrack.placement).options(
                joinedload(Placement.person),
                joinedload(Placement.partner),
                joinedload(Placement.institution),
                joinedload(Placement.course).joinedload(Course.term),
            ),
        )
    )


def _standings(
    session: Session, tracks: Sequence[ReminderTrack], *, is_list: bool = False
) -> list[Standing]:
    """Of those that still wait; the rest are done, whether a sweep has noticed or not."""
    waiting: list[ReminderTrack] = []
    for key in {track.ladder for track in tracks} & set(registry.ladders):
        mine = [track for track in tracks if track.ladder == key]
        ids = [track.subject_id for track in mine]
        is_open = subjects.open_now(session, registry.ladders[key], ids)
        waiting += [track for track in mine if track.subject_id in is_open]
    if not waiting:
        return []
    known = reading.read(session, waiting)
    sent, chosen = _sent(session, known), _chosen(session, waiting)
    return [
        _standing(
            track,
            known,
            sent,
            chosen.get((track.ladder, track.placement_id), ""),
            nudge_from=None if is_list else _nudge_from(session, track, known),
        )
        for track in sorted(waiting, key=lambda track: track.id)
    ]


def _nudge_from(session: Session, track: ReminderTrack, known: reading.Read) -> datetime | None:
    if registry.ladders[track.ladder].nudge is None:
        return None
    return nudging.may_nudge_from(session, track, known)


def _standing(
    track: ReminderTrack,
    known: reading.Read,
    sent: dict[int, datetime],
    chosen: str,
    *,
    nudge_from: datetime | None,
) -> Standing:
    ladder = registry.ladders[track.ladder]
    rows = [row for row in known.rows.get(track.id, []) if row.state in OUT]
    to_contact = [row for row in rows if row.whom == Whom.SUPERVISOR]
    mails = [sent[row.digest_id] for row in to_contact if row.digest_id in sent]
    due = [row.send_at for row in to_contact if row.state == ReminderState.DUE]
    return Standing(
        track=track,
        ladder=ladder,
        said=[_said(track, ladder, row, sent) for row in rows],
        ahead=_ahead(track, ladder, known),
        last_said_at=max(mails, default=None),
        waits_since=min(due, default=None),
        nudge_from=nudge_from,
        held=reach.WORDS[track.held_because] if track.held_because else "",
        chosen=chosen,
    )


def _chosen(session: Session, tracks: Sequence[ReminderTrack]) -> dict[tuple[str, int], str]:
    """What instructors chose, by ladder and placement; one query a ladder that asks them."""
    found: dict[tuple[str, int], str] = {}
    for key in {track.ladder for track in tracks}:
        choices = registry.ladders[key].chosen
        ids = {track.placement_id for track in tracks if track.ladder == key}
        if choices is not None:
            found |= {(key, one): words for one, words in choices(session, ids).items()}
    return found


def _said(
    track: ReminderTrack, ladder: Ladder, row: Reminder, sent: dict[int, datetime]
) -> Said:
    rung = ladder.by_key.get(row.wording) or ladder.by_key.get(row.rung)
    is_task = row.state == ReminderState.TASK
    at = sent.get(row.digest_id or 0)
    note = "" if is_task or at else "waits for their working hours"
    if row.state == ReminderState.MAILED and at is None:
        note = "not delivered"
    return Said(
        at=at or row.send_at,
        whom=_whom(track, row.whom),
        text=_text(rung, track),
        is_sent=is_task or at is not None,
        note=note,
    )


def _ahead(track: ReminderTrack, ladder: Ladder, known: reading.Read) -> list[Next]:
    if track.paused_at is not None:
        return []
    here, now = reading.situation(track, ladder, known), clock.now()
    rungs = known.chosen[track.institution_id].rungs(ladder)
    timed = [(comes_at(rung, here), rung) for rung in rungs if rung.key not in here.said]
    return [
        Next(at, _whom(track, rung.whom), _text(rung, track))
        for at, rung in sorted(
            ((at, rung) for at, rung in timed if at is not None and at > now),
            key=lambda one: one[0],
        )
    ]


def _whom(track: ReminderTrack, whom: Whom) -> str:
    names = {
        Whom.SUPERVISOR: track.contact.name if track.contact else "the supervisor",
        Whom.ALTERNATE: f"somebody else at {track.placement.partner.name}",
        Whom.STUDENT: track.placement.person.label,
        Whom.INSTRUCTOR: "the instructor",
        Whom.STAFF: "the career office",
    }
    return names[whom]


def _text(rung: Rung | None, track: ReminderTrack) -> str:
    if rung is None:
        return ""
    today = day_of(clock.now(), track.placement.institution.time_zone)
    return words.of_task(rung, track, today=today)[0]


def _sent(session: Session, known: reading.Read) -> dict[int, datetime]:
    """By mail: when it left, for those that did."""
    ids = {row.digest_id for rows in known.rows.values() for row in rows if row.digest_id}
    rows = session.scalars(
        select(ReminderDigest)
        .where(ReminderDigest.id.in_(ids))
        .options(joinedload(ReminderDigest.message))
    )
    return {
        row.id: row.message.settled_at
        for row in rows
        if row.message is not None
        and row.message.state == DeliveryState.DELIVERED
        and row.message.settled_at is not None
    }
