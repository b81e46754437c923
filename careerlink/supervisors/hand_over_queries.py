"""Reading hand-over requests; staff see those of their institution."""

from collections.abc import Sequence

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.errors import NotFound
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.supervisors.models import HandOverRequest, HandOverState


def visible_to(actor: Actor) -> Select[HandOverRequest]:
    is_mine = (
        HandOverRequest.institution_id == actor.institution_id
        if actor.reads_office
        else false()
    )
    return select(HandOverRequest).where(is_mine)


def get(
    session: Session, public_id: str, *, actor: Actor, to_change: bool = False
) -> HandOverRequest:
    """``to_change`` waits for whoever answers it at the same moment, and then sees theirs."""
    query = (
        visible_to(actor)
        .where(HandOverRequest.public_id == public_id)
        .options(
            joinedload(HandOverRequest.placement).joinedload(Placement.person),
            joinedload(HandOverRequest.placement).joinedload(Placement.partner),
            joinedload(HandOverRequest.contact),
            joinedload(HandOverRequest.successor),
            joinedload(HandOverRequest.decided_by),
        )
    )
    if to_change:
        query = query.with_for_update(of=HandOverRequest)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def asked_by(session: Session, placement: Placement, contact_id: int) -> HandOverRequest | None:
    return session.scalar(
        select(HandOverRequest).where(
            HandOverRequest.placement_id == placement.id,
            HandOverRequest.contact_id == contact_id,
            HandOverRequest.state == HandOverState.ASKED,
        )
    )


def waiting_for(session: Session, placement: Placement) -> list[HandOverRequest]:
    """Those about this placement that staff have not answered."""
    return list(
        session.scalars(
            select(HandOverRequest)
            .where(
                HandOverRequest.placement_id == placement.id,
                HandOverRequest.state == HandOverState.ASKED,
            )
            .options(joinedload(HandOverRequest.contact))
            .order_by(HandOverRequest.id)
        )
    )


def latest_by(
    session: Session, placement: Placement, contact_id: int
) -> HandOverRequest | None:
    return session.scalar(
        select(HandOverRequest)
        .where(
            HandOverRequest.placement_id == placement.id,
            HandOverRequest.contact_id == contact_id,
        )
        .order_by(HandOverRequest.id.desc())
        .limit(1)
    )


def of_placement(session: Session, placement: Placement) -> Sequence[HandOverRequest]:
    return session.scalars(
        select(HandOverRequest)
        .where(HandOverRequest.placement_id == placement.id)
        .options(
            joinedload(HandOverRequest.contact),
            joinedload(HandOverRequest.successor),
        )
        .order_by(HandOverRequest.id.desc())
        .limit(20)
    ).all()


def to_see_to(session: Session, actor: Actor, *, most: int) -> Sequence[HandOverRequest]:
    """Unanswered ones, and approved ones that cannot be carried out: the person has left."""
    stuck = (
        (HandOverRequest.state == HandOverState.APPROVED)
        & HandOverRequest.carried_out_at.is_(None)
        & HandOverRequest.successor.has(PartnerContact.left_at.is_not(None))
    )
    return session.scalars(
        visible_to(actor)
        .where(or_(HandOverRequest.state == HandOverState.ASKED, stuck))
        .options(
            joinedload(HandOverRequest.placement).joinedload(Placement.person),
            joinedload(HandOverRequest.contact),
        )
        .order_by(HandOverRequest.created_at)
        .limit(most)
    ).all()
