"""The office's part of a placement page: who supervised when, hand-overs, links."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from careerlink.registry import Panel, Waiting
from careerlink.supervisors import hand_over_queries, queries
from careerlink.supervisors.models import HandOverReason, HandOverRequest, HandOverState

MOST = 100
REASONS = {
    HandOverReason.LEFT: "has left, or is leaving",
    HandOverReason.WRONG_PERSON: "says that somebody else guides it",
    HandOverReason.NEVER_MET: "says that they never met the student",
    HandOverReason.STANDS_IN: "answered in place of the supervisor",
    HandOverReason.OFFICE: "arranged by the career office",
}


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    if not actor.reads_office:
        return []
    requests = hand_over_queries.of_placement(session, placement)
    return [
        Panel(
            title="Supervision",
            template="careerlink/supervisors/office_panel.html",
            values={
                "periods": placements.supervisions(session, placement),
                "requests": requests,
                "reasons": REASONS,
                "links": queries.links_of(session, placement),
            },
            position=15,
            is_side=True,
        )
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    if not actor.reads_office:
        return []
    return [_waiting(row) for row in hand_over_queries.to_see_to(session, actor, most=MOST)]


def _waiting(row: HandOverRequest) -> Waiting:
    who = row.contact.name if row.contact else "Somebody"
    is_stuck = row.state == HandOverState.APPROVED
    return Waiting(
        group="Yours",
        title=f"{row.placement.person.label}: "
        + ("the new supervisor has left" if is_stuck else "who supervises?"),
        text=f"{who} {REASONS[row.reason]}: “{row.placement.title}”.",
        since=row.created_at,
        url=url_for("hand_overs.show", hand_over_id=row.public_id),
        action="Answer hand-over",
        why="Nobody new sees the record before the career office has checked the address.",
        is_late=True,
    )
