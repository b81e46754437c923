"""What the evidence page and its panel show."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit import addresses
from credit.agreements import queries as agreements
from credit.agreements.models import LearningObjective
from credit.evidence import operations, queries, rules
from credit.evidence.models import DeliverableVersion
from credit.evidence.operations import REFLECTION
from credit.evidence.reflection_models import ReflectionDraft


def values(session: Session, placement: Placement, *, actor: Actor) -> dict[str, Any]:
    found = queries.pieces(session, placement, actor=actor)
    is_own = rules.is_own(actor, placement)
    objectives = objectives_of(session, placement)
    return {
        "placement": placement,
        "pieces": [piece for piece in found if piece.latest.piece != REFLECTION],
        "reflection": next((p for p in found if p.latest.piece == REFLECTION), None),
        "draft": operations.draft_of(session, placement) if is_own else None,
        "objective_texts": {one.lineage: one.text for one in objectives},
        "objective_numbers": {o.lineage: n for n, o in enumerate(objectives, 1)},
        "host_of": rules.host_of,
        "is_own": is_own,
        "why_not_open": rules.why_not_open(session, actor, placement),
        "url": addresses.of(placement, "evidence"),
    }


def objectives_of(session: Session, placement: Placement) -> Sequence[LearningObjective]:
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    return agreement.objectives if agreement is not None else []


def reflection_of(
    session: Session, placement: Placement, *, actor: Actor
) -> DeliverableVersion | None:
    found = queries.pieces(session, placement, actor=actor)
    return next((p.latest for p in found if p.latest.piece == REFLECTION), None)


def reflection_as_typed(
    draft: ReflectionDraft | None, latest: DeliverableVersion | None
) -> dict[str, Any]:
    """The draft goes before the version that was handed in."""
    text = draft.text if draft is not None else latest.text if latest is not None else ""
    shown = [one.objective_lineage for one in latest.objectives] if latest is not None else []
    return {"text": text, "objectives": shown}
