"""What a ladder puts on lists: tasks of staff and instructors while something waits."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.reach import looks_after
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import NextStep, Waiting, registry
from careerlink.reminders import reach, subjects, words
from careerlink.reminders.ladders import Ladder, Whom
from careerlink.reminders.models import Reminder, ReminderState, ReminderTrack

MOST = 50
WHOLE = (
    joinedload(ReminderTrack.contact),
    joinedload(ReminderTrack.placement).options(
        joinedload(Placement.person),
        joinedload(Placement.partner),
        joinedload(Placement.institution),
        joinedload(Placement.course),
    ),
)


def attention(session: Session, actor: Actor) -> list[Waiting]:
    return _held(session, actor) + _tasks(session, actor)


def instructor_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.may_decide(course_id):
        return []
    theirs = looks_after(actor, Placement.course_id, Placement.person_id)
    rows = _open_tasks(session, Whom.INSTRUCTOR, Placement.course_id == course_id, theirs)
    chosen = _chosen(session, rows)
    steps = []
    for row in rows:
        if (row.track.ladder, row.track.placement_id) in chosen:
            continue
        ladder = registry.ladders[row.track.ladder]
        rung, placement = ladder.by_key[row.rung], row.track.placement
        today = clock.today(placement.institution.time_zone)
        title, text = words.of_task(rung, row.track, today=today)
        steps.append(
            NextStep(
                title=title[:1].lower() + title[1:],
                url=ladder.path(placement, Whom.INSTRUCTOR),
                action=rung.action,
                why=text,
                urgency=30,
            )
        )
    return steps


def _chosen(session: Session, rows: Sequence[Reminder]) -> set[tuple[str, int]]:
    """Where the instructor has said how to go on; one query for each ladder that asks them."""
    found = set()
    for key in {row.track.ladder for row in rows}:
        choices = registry.ladders[key].chosen
        ids = [row.track.placement_id for row in rows if row.track.ladder == key]
        if choices is not None:
            found |= {(key, placement_id) for placement_id in choices(session, ids)}
    return found


def _tasks(session: Session, actor: Actor) -> list[Waiting]:
    here = ReminderTrack.institution_id == actor.institution_id
    found = []
    for row in _open_tasks(session, Whom.STAFF, here):
        ladder = registry.ladders[row.track.ladder]
        rung, placement = ladder.by_key[row.rung], row.track.placement
        today = clock.today(placement.institution.time_zone)
        title, text = words.of_task(rung, row.track, today=today)
        found.append(
            Waiting(
                group="Partners and supervisors",
                title=title,
                text=text,
                since=row.created_at,
                url=ladder.path(placement, Whom.STAFF),
                action=rung.action,
                why=f"{ladder.title}: the reminders have brought no answer.",
                is_late=True,
            )
        )
    return found


def _held(session: Session, actor: Actor) -> list[Waiting]:
    """Somebody should be written to and cannot be."""
    tracks = session.scalars(
        select(ReminderTrack)
        .options(*WHOLE)
        .where(
            ReminderTrack.institution_id == actor.institution_id,
            # A hand-over that was asked for is a task of its own.
            ReminderTrack.held_because.not_in(["", "handing_over"]),
            ReminderTrack.ended_at.is_(None),
            ReminderTrack.paused_at.is_(None),
        )
        .order_by(ReminderTrack.held_since)
        .limit(MOST)
    ).all()
    waiting = _still_open(session, tracks)
    return [
        Waiting(
            group="Students"
            if track.held_because == "no_consent"
            else "Partners and supervisors",
            title=f"{words.contact_of(track)} cannot be written to",
            text=f"{track.placement.person.label}, “{track.placement.title}”: "
            f"{reach.WORDS[track.held_because]}",
            since=track.held_since or clock.now(),
            url=registry.ladders[track.ladder].path(track.placement, Whom.STAFF),
            action="See what is missing",
            why=f"{registry.ladders[track.ladder].title}: a mail is due and must not go out.",
            is_late=True,
        )
        for track in tracks
        if track.id in waiting
    ]


def _open_tasks(
    session: Session, whom: Whom, *conditions: ColumnElement[bool]
) -> list[Reminder]:
    rows = session.scalars(
        select(Reminder)
        .join(Reminder.track)
        .join(ReminderTrack.placement)
        .where(
            Reminder.state == ReminderState.TASK,
            Reminder.whom == whom,
            Reminder.round == ReminderTrack.round,
            ReminderTrack.ended_at.is_(None),
            ReminderTrack.paused_at.is_(None),
            *conditions,
        )
        .options(joinedload(Reminder.track).options(*WHOLE))
        .order_by(Reminder.created_at)
        .limit(MOST)
    ).all()
    waiting = _still_open(session, [row.track for row in rows])
    return [row for row in rows if row.track_id in waiting and _is_known(row)]


def _still_open(session: Session, tracks: Sequence[ReminderTrack]) -> set[int]:
    """Done is done at once, not with the next sweep; one query for each ladder."""
    found: set[int] = set()
    for key in {track.ladder for track in tracks} & set(registry.ladders):
        mine = [track for track in tracks if track.ladder == key]
        ids = {track.subject_id for track in mine}
        is_open = subjects.open_now(session, registry.ladders[key], ids)
        found |= {track.id for track in mine if track.subject_id in is_open}
    return found


def _is_known(row: Reminder) -> bool:
    ladder: Ladder = registry.ladders[row.track.ladder]
    return row.rung in ladder.by_key
