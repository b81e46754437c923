"""The office's table of placements."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState, Supervision
from careerlink.placements.queries import visible_to
from careerlink.web.pagination import Page, page


def listed(
    session: Session, actor: Actor, *, state: PlacementState | None, after: str | None
) -> Page[Placement]:
    query = visible_to(actor)
    if state is not None:
        query = query.where(Placement.state == state)
    return page(
        session,
        query.options(
            joinedload(Placement.person),
            joinedload(Placement.partner),
            joinedload(Placement.course),
        ),
        order_by=[Placement.starts_on, Placement.id],
        key_of=lambda placement: [placement.starts_on, placement.id],
        after=after,
        descending=True,
    )


def supervisors_of(session: Session, placements: Sequence[Placement]) -> dict[int, str]:
    """Names of those who supervise now, by placement id."""
    found: dict[int, str] = {}
    for supervision in session.scalars(
        select(Supervision)
        .where(
            Supervision.placement_id.in_([placement.id for placement in placements]),
            Supervision.ended_at.is_(None),
        )
        .options(joinedload(Supervision.contact))
        .order_by(Supervision.id)
    ):
        found[supervision.placement_id] = supervision.contact.name
    return found
