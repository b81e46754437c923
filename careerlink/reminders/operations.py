"""What people do to a ladder: have it say something now, hold it, let it go on."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotFound, NotPermitted, NotPossible, TooMany
from careerlink.people.actors import Actor
from careerlink.registry import registry
from careerlink.reminders import advancing, nudging, reach, reading, saying, stepping, subjects
from careerlink.reminders.hours import day_of
from careerlink.reminders.ladders import Ladder, Whom
from careerlink.reminders.models import Reminder, ReminderState, ReminderTrack


def look_again(session: Session, placement_id: int) -> None:
    """Something about the placement changed: the next sweep reads its tracks anew."""
    session.execute(
        update(ReminderTrack)
        .where(
            ReminderTrack.placement_id == placement_id,
            ReminderTrack.ended_at.is_(None),
            ReminderTrack.paused_at.is_(None),
        )
        .values(next_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def nudge(session: Session, ladder_key: str, subject_id: int, *, actor: Actor) -> Reminder:
    """Have the contact reminded with their next mail, by the student or by staff.

    :raises TooMany: they were written to about this within the last days.
    """
    ladder = registry.ladders[ladder_key]
    track = _locked(session, ladder_key, subject_id)
    placement = track.placement
    require_open(actor, placement)
    if not (actor.is_staff or _is_own(actor, track)):
        raise NotPermitted("The student or career staff send reminders.")
    if ladder.nudge is None or not subjects.open_now(session, ladder, [subject_id]):
        raise NotPossible("This does not wait for anybody any more.")
    known = reading.read(session, [track])
    if lines := why_not(track, ladder, known):
        raise NotPossible("The supervisor cannot be written to.", lines)
    here = reading.situation(track, ladder, known)
    if nudging.waits_to_leave(track, known):
        raise TooMany("A mail to the supervisor is due already and leaves in their hours.")
    from_at = nudging.may_nudge_from(session, track, known)
    if from_at is not None and from_at > clock.now():
        raise TooMany("The supervisor was written to less than five days ago.")
    row = _asked_for(session, track, ladder, here, actor=actor)
    audit.record(session, "reminder_track:nudge", track, actor=actor, number=row.number)
    return row


def why_not(track: ReminderTrack, ladder: Ladder, known: reading.Read) -> list[str]:
    """What keeps us from writing to this contact now, in words."""
    if track.paused_at is not None:
        return ["Career staff have paused the reminders."]
    contact = known.contacts.get(track.contact_id or 0)
    why = known.reach.why_not(track.placement, contact, asks_former=ladder.asks_former)
    if why:
        return [reach.WORDS[why]]
    here = reading.situation(track, ladder, known)
    if (
        contact is not None
        and contact.reminders_stopped_at is not None
        and here.asked_on is not None
    ):
        return ["They want no reminders by mail. A telephone call is better."]
    return []


def pause(session: Session, track: ReminderTrack, *, actor: Actor, reason: str) -> None:
    """Nothing is said until somebody lets it go on; twice changes nothing."""
    _only_staff(actor, track)
    if not reason.strip():
        raise InvalidInput("Say why, in a sentence.", field="reason")
    if track.ended_at is not None:
        raise NotPossible("Nothing waits here any more.")
    if track.paused_at is not None:
        return
    track.paused_at, track.next_at = clock.now(), None
    track.pause_reason = audit.erasable(session, reason.strip())
    session.flush()
    audit.record(session, "reminder_track:pause", track, actor=actor, reason=reason.strip())


def resume(session: Session, track: ReminderTrack, *, actor: Actor) -> None:
    _only_staff(actor, track)
    if track.paused_at is None:
        return
    track.paused_at, track.pause_reason = None, None
    track.next_at = clock.now()
    session.flush()
    audit.record(session, "reminder_track:resume", track, actor=actor)


def _locked(session: Session, ladder_key: str, subject_id: int) -> ReminderTrack:
    """Of two presses the second sees what the first one asked for."""
    track = session.scalar(
        select(ReminderTrack)
        .where(ReminderTrack.ladder == ladder_key, ReminderTrack.subject_id == subject_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return track or advancing.begin_one(session, registry.ladders[ladder_key], subject_id)


def _asked_for(
    session: Session,
    track: ReminderTrack,
    ladder: Ladder,
    here: stepping.Situation,
    *,
    actor: Actor,
) -> Reminder:
    if ladder.nudge is None:
        raise NotFound
    now = clock.now()
    number = session.scalar(
        select(func.count())
        .select_from(Reminder)
        .where(Reminder.track_id == track.id, Reminder.rung == ladder.nudge.key)
    )
    asks_first = here.asked_on is None and ladder.ask in ladder.by_key
    row = Reminder(
        track_id=track.id,
        round=track.round,
        rung=ladder.nudge.key,
        number=(number or 0) + 1,
        recipient=saying.recipient(Whom.SUPERVISOR, track.contact_id, None),
        whom=Whom.SUPERVISOR,
        contact_id=track.contact_id,
        state=ReminderState.DUE,
        wording=ladder.ask if asks_first else ladder.nudge.key,
        due_on=day_of(now, here.campus_zone),
        send_at=here.hours.next_open(now, here.zones[Whom.SUPERVISOR]),
        asked_by_id=actor.person_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _is_own(actor: Actor, track: ReminderTrack) -> bool:
    placement = track.placement
    return (
        actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


def _only_staff(actor: Actor, track: ReminderTrack) -> None:
    if not actor.is_staff or actor.institution_id != track.institution_id:
        raise NotPermitted("Only career staff may do this.")
