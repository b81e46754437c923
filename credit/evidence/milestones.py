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
    else:
        _take_back(session, milestone, actor=actor)
    return milestone


def reached_with(session: Session, deliverable: Deliverable, *, actor: Actor) -> None:
    milestone = _of(session, deliverable)
    if milestone is not None:
        _reach(session, milestone, actor=actor)


def open_again_with(session: Session, deliverable: Deliverable, *, actor: Actor) -> None:
    """What goes back for rework is not reached, whoever said so."""
    milestone = _of(session, deliverable)
    if milestone is not None:
        _take_back(session, milestone, actor=actor)


def _reach(session: Session, milestone: Milestone, *, actor: Actor) -> None:
    if milestone.reached_at is not None:
        return
    milestone.reached_at = clock.now()
    session.flush()
    audit.record(session, "milestone:reach", milestone, actor=actor)


def _take_back(session: Session, milestone: Milestone, *, actor: Actor) -> None:
    if milestone.reached_at is None:
        return
    milestone.reached_at = None
    session.flush()
    audit.record(session, "milestone:take_back", milestone, actor=actor)


def _of(session: Session, deliverable: Deliverable) -> Milestone | None:
    if deliverable.lineage is None:
        return None
    return session.scalar(_named(deliverable.placement_id, deliverable.lineage))


def _named(placement_id: int, lineage: str) -> Select[Milestone]:
    return (
        select(Milestone)
        .where(Milestone.placement_id == placement_id, Milestone.lineage == lineage)
        .with_for_update()
    )
