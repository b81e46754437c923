"""The weekly nudge to log hours, and the supervisor's answer to corrected ones."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Date, Select, func, select

from careerlink.placements.models import Placement, PlacementState, Supervision
from careerlink.reminders.ladders import Channel, Ladder, Rung, Whom, waiting
from credit import addresses
from credit.hours.models import (
    EntryState,
    HoursConfirmation,
    HoursCorrection,
    HoursEntry,
    HoursRuling,
)

WEEK = timedelta(days=7).days
WEEKS = 6
"""As long as anybody is reminded of one silence; the office knows since the first week."""


def _quiet() -> Select[Any]:
    """Work that runs, since the day that was logged last; off once its last day is logged."""
    last = (
        select(func.max(HoursEntry.worked_on))
        .where(HoursEntry.placement_id == Placement.id, HoursEntry.removed_at.is_(None))
        .correlate(Placement)
        .scalar_subquery()
    )
    since = func.coalesce(last, Placement.starts_on, type_=Date())
    return select(
        *waiting(subject_id=Placement.id, placement_id=Placement.id, anchor=since)
    ).where(Placement.state == PlacementState.ACTIVE, since < Placement.ends_on)


def _corrected() -> Select[Any]:
    """Corrected after the supervisor's latest word, with no ruling over both."""
    corrected = (
        select(func.max(HoursCorrection.corrected_at))
        .join(HoursEntry, HoursEntry.id == HoursCorrection.entry_id)
        .where(HoursEntry.placement_id == Placement.id)
        .correlate(Placement)
        .scalar_subquery()
    )
    confirmed = (
        select(func.max(HoursConfirmation.confirmed_at))
        .where(HoursConfirmation.placement_id == Placement.id)
        .correlate(Placement)
        .scalar_subquery()
    )
    contact = (
        select(Supervision.contact_id)
        .where(Supervision.placement_id == Placement.id, Supervision.ended_at.is_(None))
        .order_by(Supervision.id.desc())
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
    )
    ruled = select(HoursRuling.id).where(HoursRuling.placement_id == Placement.id)
    reported = select(HoursEntry.id).where(
        HoursEntry.placement_id == Placement.id, HoursEntry.state == EntryState.REPORTED
    )
    return select(
        *waiting(
            subject_id=Placement.id,
            placement_id=Placement.id,
            anchor=corrected,
            contact_id=contact,
        )
    ).where(
        Placement.state.in_((PlacementState.ACTIVE, PlacementState.WORK_COMPLETED)),
        corrected > confirmed,
        ~ruled.exists(),
        reported.exists(),
    )


LADDERS = (
    Ladder(
        key="hours",
        title="Weekly reminder to log hours",
        anchored_at="the day that was logged last",
        open_subjects=_quiet,
        path=addresses.of_everybody("hours"),
        each_wait_is_new=True,
        rungs=tuple(
            Rung(
                f"week_{number}",
                number * WEEK,
                Whom.STUDENT,
                title="Log your hours for “{project}”",
                text="Nothing is logged since {day}. It takes twenty seconds.",
                action="Log hours",
                subject="Your hours of this week",
            )
            for number in range(1, WEEKS + 1)
        ),
    ),
    Ladder(
        key="corrected_hours",
        title="Supervisor’s answer to corrected hours",
        anchored_at="the day of the correction",
        open_subjects=_corrected,
        path=addresses.of_everybody("hours"),
        ask="ask",
        each_wait_is_new=True,
        rungs=(
            Rung(
                "ask",
                0,
                Whom.SUPERVISOR,
                title="{first_name} corrected the hours of “{project}”",
                text="Please look at the new total: one tap if it is right.",
                action="Look at the hours",
                subject="Hours to look at again",
            ),
            Rung(
                "office",
                14,
                Whom.STAFF,
                channel=Channel.TASK,
                title="{contact} has not answered on the corrected hours of {student}",
                text="Phone them, or ask the instructor to rule.",
                action="Open the hours",
            ),
        ),
    ),
)
