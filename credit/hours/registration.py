"""What this feature brings to the whole."""

from datetime import date, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import NextStep, Panel, Registry, Waiting
from credit import addresses
from credit.hours import (
    actual_pay,
    answer_views,
    disputing,
    ladder,
    link_views,
    page,
    queries,
    quiet,
    rules,
    views,
)
from credit.hours.days import day_words
from credit.hours.models import HoursEntry

REMIND_AFTER = timedelta(days=7)
MOST_SHOWN = 50


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, answer_views.bp, link_views.bp]
    registry.supervisor_tasks.append(link_views.tasks)
    registry.placement_panels.append(panels)
    registry.home_panels.append(home_panels)
    registry.next_steps += [next_steps, rulings]
    registry.attention.append(quiet_weeks)
    registry.home_panels.append(quiet_in_course)
    registry.ladders |= {one.key: one for one in ladder.LADDERS}
    registry.listing_facts.append(actual_pay.facts)
    registry.histories["hours_entry"] = history


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    if placement.state in (PlacementState.PLANNED, PlacementState.CANCELLED):
        return []
    values = page.panel_values(session, placement, actor=actor)
    return [Panel("Hours", "credit/hours/panel.html", values, position=10, is_side=True)]


def home_panels(session: Session, actor: Actor, course: Course) -> list[Panel]:
    """A bar for each project of a student that runs, first on their home."""
    if not actor.is_student(course.id):
        return []
    rows = [
        {"placement": placement, **page.panel_values(session, placement, actor=actor)}
        for placement in placements.placements_of(session, actor, course.id)
        if placement.state in (PlacementState.ACTIVE, PlacementState.WORK_COMPLETED)
    ]
    if not rows:
        return []
    return [Panel("Hours", "credit/hours/home.html", {"rows": rows}, position=10, is_side=True)]


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """While the work runs: what the last entry leaves open, louder after a week without one."""
    if course_id is None or not actor.is_student(course_id):
        return []
    running = [
        placement
        for placement in placements.placements_of(session, actor, course_id)
        if placement.state == PlacementState.ACTIVE and not actor.standing(course_id).read_only
    ]
    last = queries.last_worked(session, [one.id for one in running])
    steps = (_step(placement, last.get(placement.id)) for placement in running)
    return [step for step in steps if step is not None]


def rulings(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Both figures are there, and one side asks whose word stands."""
    if course_id is None or not actor.may_decide(course_id):
        return []
    return [
        NextStep(
            title=f"rule on the hours of {placement.person.label}",
            url=addresses.of(placement, "hours/ruling"),
            action="Rule on the hours",
            why=f"{placement.title}: the figures differ, and one side asks you.",
            urgency=25,
        )
        for placement in disputing.waiting_in(session, actor, course_id)
    ]


def quiet_weeks(session: Session, actor: Actor) -> list[Waiting]:
    """Students at work who have logged nothing for a week; they were reminded themselves."""
    if not actor.reads_office:
        return []
    return [
        Waiting(
            group="Students",
            title=f"No hours of {one.placement.person.label}",
            text=f"“{one.placement.title}” at {one.placement.partner.name}: {one.words}.",
            since=one.since,
            url=url_for("office_placements.show", placement_id=one.placement.public_id),
            action="Open placement",
            why="Work that runs, with nothing logged for seven days. The student is reminded "
            "each week; ask whether they have begun.",
        )
        for one in quiet.found(session, actor, most=MOST_SHOWN)
    ]


def quiet_in_course(session: Session, actor: Actor, course: Course) -> list[Panel]:
    if not actor.may_look(course.id):
        return []
    rows = quiet.found(session, actor, course_id=course.id, most=MOST_SHOWN)
    if not rows:
        return []
    values = {"rows": rows, "address": addresses.of}
    return [Panel("No hours for a week", "credit/hours/quiet.html", values, position=32)]


def history(session: Session, actor: Actor, public_id: str) -> HoursEntry | None:
    return session.scalar(queries.visible_to(actor).where(HoursEntry.public_id == public_id))


def _step(placement: Placement, last_worked: date | None) -> NextStep | None:
    today = rules.today_of(placement)
    quiet_since = last_worked or placement.starts_on
    if quiet_since >= placement.ends_on:
        return None
    if today - quiet_since < REMIND_AFTER:
        return _as_you_work(placement, last_worked) if today <= placement.ends_on else None
    begin, end = quiet_since + timedelta(days=1), min(today, placement.ends_on)
    return NextStep(
        title=f"log your hours for {day_words(begin)} to {day_words(end)}",
        url=addresses.of(placement, "hours"),
        action="Log hours",
        why=f"{placement.title}: nothing is logged since {day_words(quiet_since)}."
        if last_worked
        else f"{placement.title}: nothing is logged yet.",
        urgency=40,
    )


def _as_you_work(placement: Placement, last_worked: date | None) -> NextStep:
    latest = (
        f"the last entry is of {day_words(last_worked)}."
        if last_worked
        else "nothing is logged yet."
    )
    return NextStep(
        title="log your hours as you work",
        url=addresses.of(placement, "hours"),
        action="Log hours",
        why=f"{placement.title}: {latest}",
        urgency=80,
    )
