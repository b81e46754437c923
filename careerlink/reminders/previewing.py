"""What would go out for one project if nobody answered, by the days on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from careerlink.institutions.models import Institution
from careerlink.reminders.ladders import Anchor, Channel, Ladder, Whom
from careerlink.reminders.settings import Chosen
from careerlink.reminders.stepping import Situation, comes_at

SAMPLE = {
    "first_name": "Maya",
    "student": "Maya",
    "project": "the project",
    "contact": "the supervisor",
    "partner": "the partner",
    "days": "some days",
    "day": "the day",
}
WHOM = {
    Whom.SUPERVISOR: "the supervisor",
    Whom.ALTERNATE: "somebody else at the partner",
    Whom.STUDENT: "the student",
    Whom.INSTRUCTOR: "the instructor",
    Whom.STAFF: "the career office",
}


@dataclass(frozen=True)
class Coming:
    at: datetime
    ladder: str
    whom: str
    text: str
    is_task: bool


def coming(
    ladders: Mapping[str, Ladder],
    chosen: Chosen,
    institution: Institution,
    *,
    example_on: date,
    grades_due_on: date | None,
) -> list[Coming]:
    """As if every anchor were ``example_on``, and everybody in the campus's own zone."""
    here = Situation(
        anchor_on=example_on,
        grades_due_on=grades_due_on or example_on + timedelta(days=21),
        campus_zone=institution.time_zone,
        zones={},
        hours=chosen.hours,
    )
    found = [
        Coming(at, ladder.title, WHOM[rung.whom], titled(rung.title), is_task(rung.channel))
        for ladder in ladders.values()
        for rung in chosen.rungs(ladder)
        if (at := comes_at(rung, here)) is not None
    ]
    return sorted(found, key=lambda one: one.at)


def titled(title: str) -> str:
    text = title.format_map(SAMPLE)
    return text[:1].upper() + text[1:]


def is_task(channel: Channel) -> bool:
    return channel == Channel.TASK


def counted_from(ladder: Ladder, anchor: Anchor) -> str:
    """The day that a rung counts from, in words."""
    if anchor == Anchor.GRADES_DUE:
        return "the day that grades are due"
    return ladder.anchored_at or "the day that it began to wait"
