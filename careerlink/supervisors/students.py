"""All that one contact guides or has guided, for the page behind a link of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import tokens
from careerlink.people.actors import Actor
from careerlink.placements import consents
from careerlink.placements.models import Consent, Placement, PlacementState, Supervision
from careerlink.registry import SupervisorTask
from careerlink.supervisors import queries
from careerlink.tokens import AccessLink, LinkPurpose

MOST = 50
OVER = (PlacementState.CANCELLED, PlacementState.ENDED_EARLY)


@dataclass(frozen=True)
class Guided:
    """One student, with a consent that covers this contact."""

    placement: Placement
    consent: Consent
    waiting: tuple[SupervisorTask, ...]
    done: tuple[SupervisorTask, ...]


def guided(session: Session, link: AccessLink) -> list[Guided]:
    """Open ones first, by the day the project ends."""
    placements = session.scalars(
        select(Placement)
        .join(Supervision, Supervision.placement_id == Placement.id)
        .where(
            Placement.institution_id == link.institution_id,
            Supervision.contact_id == link.contact_id,
            Supervision.ended_at.is_(None),
            Placement.state.not_in(OVER),
        )
        .options(
            joinedload(Placement.person),
            joinedload(Placement.partner),
            joinedload(Placement.course),
            joinedload(Placement.institution),
        )
        .order_by(Placement.ends_on, Placement.id)
        .limit(MOST)
    ).all()
    standing = consents.standing_of(session, placements)
    found = [
        _guided(session, link, placement, standing[placement.id])
        for placement in placements
        if placement.id in standing
    ]
    return sorted(found, key=lambda one: not one.waiting)


def _guided(
    session: Session, link: AccessLink, placement: Placement, consent: Consent
) -> Guided:
    # As by a link of the placement's own, which is made when somebody opens it.
    actor = replace(queries.actor_of(link), link_placement_id=placement.id)
    tasks = queries.tasks(session, actor, placement, token="-" * 52)
    return Guided(
        placement,
        consent,
        tuple(task for task in tasks if not task.is_done),
        tuple(task for task in tasks if task.is_done),
    )


def past(session: Session, link: AccessLink, shown: list[Guided]) -> Sequence[Supervision]:
    """Projects only: without a standing consent nobody's name is said (DOMAIN 3.6)."""
    return session.scalars(
        select(Supervision)
        .join(Supervision.placement)
        .where(
            Placement.institution_id == link.institution_id,
            Supervision.contact_id == link.contact_id,
            Placement.id.not_in([one.placement.id for one in shown]),
        )
        .options(joinedload(Supervision.placement).joinedload(Placement.partner))
        .order_by(Supervision.id.desc())
        .limit(MOST)
    ).all()


def open_one(
    session: Session, link: AccessLink, public_id: str, *, secret: str, actor: Actor
) -> AccessLink | None:
    """The placement's own link for the same contact, if it is still theirs."""
    placement = session.scalar(
        select(Placement)
        .join(Supervision, Supervision.placement_id == Placement.id)
        .where(
            Placement.public_id == public_id,
            Placement.institution_id == link.institution_id,
            Supervision.contact_id == link.contact_id,
            Supervision.ended_at.is_(None),
        )
    )
    if placement is None or not consents.has_consent(session, placement):
        return None
    return tokens.issue(
        session,
        secret=secret,
        purpose=LinkPurpose.PLACEMENT,
        contact=link.contact,
        placement_id=placement.id,
        actor=actor,
    )
