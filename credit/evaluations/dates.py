"""When evaluations are asked for and due: by the placement's dates, within the term's."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from careerlink.placements.changes import Schedule
from careerlink.placements.models import Placement
from credit.evaluations import plan
from credit.evaluations.models import EvaluationKind

AT_LEAST = timedelta(days=2)
"""Nobody is asked today for an answer by yesterday, however soon grades are due."""
BEFORE_GRADES = timedelta(days=1)


def half(schedule: Schedule) -> date:
    return schedule.starts_on + (schedule.ends_on - schedule.starts_on) / 2


def anchor(kind: EvaluationKind, schedule: Schedule, term_ends_on: date | None) -> date:
    """The day that the evaluation is about; never after the term."""
    day = half(schedule) if kind == EvaluationKind.MIDPOINT else schedule.ends_on
    return min(day, term_ends_on) if term_ends_on is not None else day


def due(asked_at: datetime, *, grades_due_on: date | None, zone: str) -> datetime:
    """A week after being asked, and a day before grades are due."""
    week = asked_at + timedelta(days=plan.ANSWER_DAYS)
    if grades_due_on is None:
        return week
    last = datetime.combine(grades_due_on - BEFORE_GRADES, time(17), ZoneInfo(zone))
    return max(min(week, last), asked_at + AT_LEAST)


def anchor_of(placement: Placement, kind: EvaluationKind) -> date:
    schedule = Schedule(placement.starts_on, placement.ends_on, placement.planned_minutes)
    term = placement.course.term
    return anchor(kind, schedule, term.ends_on if term is not None else None)


def due_of(placement: Placement, asked_at: datetime) -> datetime:
    term = placement.course.term
    return due(
        asked_at,
        grades_due_on=term.grades_due_on if term is not None else None,
        zone=placement.institution.time_zone,
    )


def evening(day: date, placement: Placement) -> datetime:
    """The end of a working day where the campus is."""
    return datetime.combine(day, time(17), ZoneInfo(placement.institution.time_zone))
