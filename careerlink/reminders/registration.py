"""What reminders bring to the whole. Registered last: they follow what all others moved."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.placements.changes import HandOver, Schedule
from careerlink.placements.models import Placement
from careerlink.placements.workflow import PLACEMENT
from careerlink.registry import Panel, Registry, Tab
from careerlink.reminders import (
    advancing,
    digests,
    lists,
    operations,
    preparing,
    standing,
    views,
)


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.tabs.append(_tabs)
    registry.placement_panels.append(_panels)
    registry.sweeps += [advancing.sweep, digests.compose]
    registry.mail_preparations[digests.TEMPLATE] = preparing.prepare
    registry.attention.append(lists.attention)
    registry.next_steps.append(lists.instructor_steps)
    registry.schedule_changes.append(_rescheduled)
    registry.hand_overs.append(_handed_over)
    registry.consent_changes.append(_consented)
    for verb in sorted({edge.verb for edge in PLACEMENT.values()}):
        registry.reaction("placement", verb, _moved)


def _rescheduled(
    session: Session, placement: Placement, before: Schedule, actor: Actor
) -> None:
    operations.look_again(session, placement.id)


def _handed_over(session: Session, handed_over: HandOver, actor: Actor) -> None:
    operations.look_again(session, handed_over.placement.id)


def _consented(session: Session, placement: Placement, is_given: bool, actor: Actor) -> None:
    operations.look_again(session, placement.id)


def _moved(session: Session, placement: Any, actor: Actor) -> None:
    operations.look_again(session, placement.id)


def _tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [
        Tab(
            "Reminders",
            url_for("reminders.show"),
            page="reminders.",
            position=80,
            is_seldom=True,
        )
    ]


def _first_of_each(found: list[standing.Standing]) -> list[standing.Standing]:
    """For who only reads: a term has a dozen check-ins, and the nearest says enough."""
    of_kind: dict[str, standing.Standing] = {}
    for one in found:
        if one.last_said_at or one.waits_since or one.ahead or one.held or one.track.paused_at:
            of_kind.setdefault(one.ladder.title, one)
    return list(of_kind.values())


def _panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    """Who is reminded of what; a supervisor's pages have no such part."""
    if actor.contact_id is not None:
        return []
    found = standing.of_placement(session, placement.id)
    if not actor.reads_office:
        found = _first_of_each(found)
    if not found:
        return []
    return [
        Panel(
            title="Reminders",
            template="careerlink/reminders/panel.html",
            values={
                "standings": found,
                "is_staff": actor.reads_office,
                "may_change": actor.is_staff,
            },
            position=70,
            is_side=True,
        )
    ]
