"""What the page of a placement shows, the same for everybody who may open it."""

from typing import Any

from flask import g
from sqlalchemy.orm import Session

from careerlink import clock, states
from careerlink.home import panels, waiting
from careerlink.people.actors import Actor
from careerlink.placements import consents, operations, queries, timeline
from careerlink.placements.forms import MessageForm
from careerlink.placements.models import Placement, PlacementState
from careerlink.placements.workflow import PLACEMENT
from careerlink.registry import AfterWork, NextStep, registry


def values(session: Session, placement: Placement, *, actor: Actor) -> dict[str, Any]:
    today = clock.today(placement.institution.time_zone)
    term = placement.course.term
    found = [
        panel for ask in registry.placement_panels for panel in ask(session, actor, placement)
    ]
    after = _after_work(session, placement, actor)
    steps = waiting.next_steps(session, actor, placement.course_id if g.get("course") else None)
    return {
        "placement": placement,
        "today": today,
        "step": _about(steps, placement),
        "after_work": after,
        "points": timeline.points(
            placement,
            today,
            decided_by=term.grades_due_on if term else None,
            decided_at=after.decided_at if after else None,
        ),
        "panels": panels.rendered(found, placement=placement),
        "supervisions": queries.supervisions(session, placement),
        "consent": consents.standing_consent(session, placement),
        "messages_sent": queries.messages(session, placement),
        "message_form": MessageForm(formdata=None),
        "may_write": operations.may_write(actor, placement),
        "who_moves": ", ".join(states.next_movers(placement, PLACEMENT)[:1]),
        "moves": _moves(session, placement, actor),
    }


def _about(steps: list[NextStep], placement: Placement) -> NextStep | None:
    """The most urgent step that leads to this placement."""
    mark = f"/placements/{placement.public_id}"
    return next((step for step in steps if mark in step.url), None)


def _after_work(session: Session, placement: Placement, actor: Actor) -> AfterWork | None:
    if placement.state not in (PlacementState.WORK_COMPLETED, PlacementState.CLOSED):
        return None
    said = (ask(session, actor, placement) for ask in registry.after_work)
    return next((one for one in said if one is not None), None)


def _moves(session: Session, placement: Placement, actor: Actor) -> list[dict[str, Any]]:
    """The moves open to this person, each with what is still missing."""
    return [
        {
            "verb": edge.verb,
            "label": edge.label,
            "needs_reason": edge.needs_reason,
            "missing": states.missing(session, placement, edge),
        }
        for _, edge in states.available(placement, PLACEMENT, actor)
    ]
