"""The days that an agreement names; reached by what is handed in, or by the student's word."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.evidence import rules
from credit.evidence.models import Deliverable, Milestone


def tick(
    session: Session, placement: Placement, lineage: str, *, actor: Actor, is_reached: bool
) -> Milestone:
    """Said twice, it stays as it was said first."""
    rules.require_open(session, actor, placement)
    milestone = session.scalar(_named(placement.id, lineage))
    if milestone is None:
        raise NotFound
    if is_reached:
        _reach(session, milestone, actor=actor)
    elif milestone.reached_at is not None:
        milestone.reached_at = None
        session.flush()
        audit.record(session, "milestone:take_back", milestone, actor=actor)
    return milestone


def reached_with(session: Session, deliverable: Deliverable, *, actor: Actor) -> None:
    milestone = session.scalar(_named(deliverable.placement_id, deliverable.lineage))
    if deliverable.lineage is not None and milestone is not None:
        _reach(session, milestone, actor=actor)


def _reach(session: Session, milestone: Milestone, *, actor: Actor) -> None:
    if milestone.reached_at is not None:
        return
    milestone.reached_at = clock.now()
    session.flush()
    audit.record(session, "milestone:reach", milestone, actor=actor)


def _named(placement_id: int, lineage: str | None) -> Select[Milestone]:
    return (
        select(Milestone)
        .where(Milestone.placement_id == placement_id, Milestone.lineage == lineage)
        .with_for_update()
    )
