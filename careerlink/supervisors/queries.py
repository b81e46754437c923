"""What a link opens, and what the person behind it may see (DOMAIN 3.6)."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements.models import Consent, ConsentPurpose, Placement, Supervision
from careerlink.tokens import AccessLink


def placement_of(session: Session, link: AccessLink) -> Placement | None:
    return session.scalar(
        select(Placement)
        .options(
            joinedload(Placement.person),
            joinedload(Placement.partner),
            joinedload(Placement.course),
            joinedload(Placement.institution),
        )
        .where(
            Placement.id == link.placement_id, Placement.institution_id == link.institution_id
        )
    )


def is_supervised_by(session: Session, placement_id: int, contact_id: int) -> bool:
    """Whether the contact supervises now; a hand-over closes the older link at once."""
    return (
        session.scalar(
            select(Supervision.id).where(
                Supervision.placement_id == placement_id,
                Supervision.contact_id == contact_id,
                Supervision.ended_at.is_(None),
            )
        )
        is not None
    )


def has_open_link(session: Session, placement_id: int, contact_id: int | None) -> bool:
    """Whether a link that was mailed still opens; revoked ones wait for a new mail."""
    return (
        session.scalar(
            select(AccessLink.id)
            .where(
                AccessLink.placement_id == placement_id,
                AccessLink.contact_id == contact_id,
                AccessLink.revoked_at.is_(None),
                AccessLink.expires_at > clock.now(),
            )
            .limit(1)
        )
        is not None
    )


def standing_consent(session: Session, placement_id: int) -> Consent | None:
    return session.scalar(
        select(Consent)
        .where(
            Consent.placement_id == placement_id,
            Consent.purpose == ConsentPurpose.SUPERVISION,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )


def actor_of(link: AccessLink) -> Actor:
    return Actor(
        institution_id=link.institution_id,
        contact_id=link.contact_id,
        link_id=link.id,
        link_placement_id=link.placement_id,
        name=link.contact.name,
    )


def first_name(placement: Placement) -> str:
    """All that the page before *Continue* says of a student."""
    return placement.person.label.split(" ")[0] if placement.person.name else "the student"
