"""What this feature brings to the whole."""

from datetime import date, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import NextStep, Panel, Registry, Waiting
from careerlink.web.templating import hours, per_hour
from credit import addresses
from credit.hours import page, queries, rules, views
from credit.hours.models import HoursEntry

REMIND_AFTER = timedelta(days=7)
MOST_SHOWN = 50


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.placement_panels.append(panels)
    registry.home_panels.append(home_panels)
    registry.next_steps.append(next_steps)
    registry.attention.append(over_plan)
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


def history(session: Session, actor: Actor, public_id: str) -> HoursEntry | None:
    return session.scalar(queries.visible_to(actor).where(HoursEntry.public_id == public_id))


def over_plan(session: Session, actor: Actor) -> list[Waiting]:
    """Students who work well beyond the plan: the fee per hour falls, and somebody must ask."""
    if not actor.is_staff:
        return []
    return [
        Waiting(
            group="Yours",
            title=f"{one.placement.title}: {hours(one.minutes)} logged, "
            f"{hours(one.placement.planned_minutes)} planned",
            text=f"{one.placement.person.label} at {one.placement.partner.name}; the fee now "
            f"comes to {_per_hour(one)} per hour.",
            since=one.since,
            url=url_for("office_placements.show", placement_id=one.placement.public_id),
            action="Look at placement",
            why="More than a tenth over the planned hours is logged. Ask the partner to amend "
            "the agreement, or the student to stop.",
        )
        for one in queries.over_plan(session, actor, most=MOST_SHOWN)
    ]


def _per_hour(one: queries.OverPlan) -> str:
    return per_hour(one.placement.fee_minor, one.minutes, one.placement.currency)


def _step(placement: Placement, last_worked: date | None) -> NextStep | None:
    today = rules.today_of(placement)
    quiet_since = last_worked or placement.starts_on
    if quiet_since >= placement.ends_on:
        return None
    if today - quiet_since < REMIND_AFTER:
        return _as_you_work(placement, last_worked) if today <= placement.ends_on else None
    begin, end = quiet_since + timedelta(days=1), min(today, placement.ends_on)
    return NextStep(
        title=f"log your hours for {rules.day_words(begin)} to {rules.day_words(end)}",
        url=addresses.of(placement, "hours"),
        action="Log hours",
        why=f"{placement.title}: nothing is logged since {rules.day_words(quiet_since)}."
        if last_worked
        else f"{placement.title}: nothing is logged yet.",
        urgency=40,
    )


def _as_you_work(placement: Placement, last_worked: date | None) -> NextStep:
    latest = (
        f"the last entry is of {rules.day_words(last_worked)}."
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
