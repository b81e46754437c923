"""The sweep: finds what has begun to wait, and lets each track say what its day brings."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.errors import NotPossible
from careerlink.placements.models import Placement
from careerlink.registry import registry
from careerlink.reminders import saying, subjects
from careerlink.reminders.ladders import Ladder
from careerlink.reminders.models import ReminderTrack
from careerlink.reminders.subjects import Subject

BATCH = 500


def sweep(session: Session) -> int:
    """Begin what is new, then look at every track whose time has come."""
    begun = sum(_begin(session, ladder) for ladder in registry.ladders.values())
    return begun + advance(session)


def _begin(session: Session, ladder: Ladder) -> int:
    found = subjects.not_tracked(session, ladder, limit=BATCH)
    if not found:
        return 0
    ended = {
        track.subject_id: track
        for track in session.scalars(
            select(ReminderTrack)
            .where(
                ReminderTrack.ladder == ladder.key, ReminderTrack.subject_id.in_(list(found))
            )
            .with_for_update()
        )
    }
    for subject in found.values():
        if subject.id in ended:
            _begin_again(ended[subject.id], subject)
    _insert(session, ladder, [one for one in found.values() if one.id not in ended])
    session.flush()
    return len(found)


def begin_one(session: Session, ladder: Ladder, subject_id: int) -> ReminderTrack:
    """For somebody who is faster than the sweep."""
    found = subjects.open_now(session, ladder, [subject_id])
    _insert(session, ladder, list(found.values()))
    track = session.scalar(
        select(ReminderTrack).where(
            ReminderTrack.ladder == ladder.key, ReminderTrack.subject_id == subject_id
        )
    )
    if track is None:
        raise NotPossible("This does not wait for anybody any more.")
    return track


def _insert(session: Session, ladder: Ladder, found: Sequence[Subject]) -> None:
    """Another worker may have found them as well: one of the two rows stays."""
    if not found:
        return
    now = clock.now()
    rows = [
        {
            "institution_id": subject.institution_id,
            "ladder": ladder.key,
            "subject_id": subject.id,
            "placement_id": subject.placement_id,
            "contact_id": subject.contact_id,
            "round": 1,
            "anchor_on": subject.anchor_on,
            "begun_on": now.date(),
            "next_at": now,
            "held_because": "",
            "created_at": now,
        }
        for subject in found
    ]
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    session.execute(insert(ReminderTrack).on_conflict_do_nothing(), rows)


def _begin_again(track: ReminderTrack, subject: Subject) -> None:
    """It was done and waits anew: nothing of the earlier round counts any more."""
    _new_round(track, subject, begun_on=clock.today(track.institution.time_zone))
    track.ended_at, track.next_at = None, clock.now()


def _new_round(track: ReminderTrack, subject: Subject, *, begun_on: date) -> None:
    track.round += 1
    track.contact_id, track.anchor_on = subject.contact_id, subject.anchor_on
    track.begun_on = begun_on
    track.held_because, track.held_since = "", None


def advance(session: Session) -> int:
    """Take up to ``BATCH`` tracks that are due; other workers take others."""
    tracks = session.scalars(
        select(ReminderTrack)
        .where(ReminderTrack.next_at <= clock.now())
        .options(
            joinedload(ReminderTrack.institution),
            joinedload(ReminderTrack.placement).options(
                joinedload(Placement.person),
                joinedload(Placement.institution),
                joinedload(Placement.course).joinedload(Course.term),
            ),
        )
        .order_by(ReminderTrack.next_at, ReminderTrack.id)
        .limit(BATCH)
        .with_for_update(of=ReminderTrack, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    waiting: list[tuple[ReminderTrack, Ladder]] = []
    for key in {track.ladder for track in tracks}:
        waiting += _still_waiting(
            session, registry.ladders.get(key), [one for one in tracks if one.ladder == key]
        )
    saying.say(session, waiting)
    session.flush()
    return len(tracks)


def _still_waiting(
    session: Session, ladder: Ladder | None, tracks: Sequence[ReminderTrack]
) -> list[tuple[ReminderTrack, Ladder]]:
    """Those that are not done, with their days as they are now; the others end here."""
    ids = [track.subject_id for track in tracks]
    found = subjects.open_now(session, ladder, ids) if ladder is not None else {}
    waiting = []
    for track in tracks:
        subject = found.get(track.subject_id)
        if ladder is None or subject is None:
            track.ended_at, track.next_at = clock.now(), None
            track.held_because, track.held_since = "", None
            continue
        _follow(track, ladder, subject)
        waiting.append((track, ladder))
    return waiting


def _follow(track: ReminderTrack, ladder: Ladder, subject: Subject) -> None:
    """Dates move and people change: what was not said yet goes by what holds now."""
    is_new_wait = ladder.each_wait_is_new and subject.anchor_on != track.anchor_on
    if is_new_wait or subject.contact_id != track.contact_id:
        # The worker may notice days later.
        today = clock.today(track.institution.time_zone)
        _new_round(track, subject, begun_on=subject.begun_on or today)
    track.anchor_on = subject.anchor_on
    ask = ladder.by_key.get(ladder.ask)
    if track.round > 1 and ask is not None and not ladder.each_wait_is_new:
        # Whoever takes over is asked on that day, however late it is.
        track.anchor_on = max(subject.anchor_on, track.begun_on - timedelta(days=ask.days))
