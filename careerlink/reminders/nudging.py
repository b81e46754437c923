"""Whether somebody may have the last thing said once more, and from when."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careerlink.registry import registry
from careerlink.reminders import reading
from careerlink.reminders.hours import midnight
from careerlink.reminders.ladders import NUDGE_AFTER, Whom
from careerlink.reminders.models import ReminderState, ReminderTrack
from careerlink.supervisors import queries as supervisors


def waits_to_leave(track: ReminderTrack, known: reading.Read) -> bool:
    """Something is due to the contact already, for their next working hour."""
    return any(
        row.state == ReminderState.DUE and row.whom == Whom.SUPERVISOR
        for row in known.rows.get(track.id, [])
    )


def may_nudge_from(
    session: Session, track: ReminderTrack, known: reading.Read
) -> datetime | None:
    """From when somebody may have it repeated; ``None`` for at once.

    A mail does not count once every link that the contact had is closed.
    """
    rows = [row for row in known.rows.get(track.id, []) if row.whom == Whom.SUPERVISOR]
    rows = [row for row in rows if row.round == track.round]
    mailed = [row.send_at for row in rows if row.state == ReminderState.MAILED]
    if not supervisors.has_open_link(session, track.placement_id, track.contact_id):
        mailed = []
    elif not registry.ladders[track.ladder].ask:
        # Whoever sent it asked at once, by a mail of its own.
        mailed.append(midnight(track.anchor_on, track.placement.institution.time_zone))
    last = max(mailed, default=None)
    return last + timedelta(days=NUDGE_AFTER) if last is not None else None
