"""The plan on the placement's page, and for career staff whom to call."""

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import Panel
from credit import addresses
from credit.agreements import emergency, page, queries


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    agreement = queries.latest(session, placement)
    who, move = page.move_of(session, agreement, actor, placement)
    return [
        Panel(
            title="Learning agreement",
            template="credit/agreements/panel.html",
            values={
                "agreement": agreement,
                "signers": page.signers(session, agreement, actor) if agreement else [],
                "agreement_who": who,
                "agreement_move": move,
                "agreement_url": addresses.of(placement, "agreement"),
            },
            position=20,
            is_side=True,
        )
    ]


def emergency_panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    """Career staff alone; the student finds it in the form of the plan."""
    if not actor.is_staff:
        return []
    return [
        Panel(
            title="In an emergency",
            template="credit/agreements/emergency_panel.html",
            values={"emergency": emergency.of(session, placement, actor=actor)},
            position=80,
            is_side=True,
        )
    ]
