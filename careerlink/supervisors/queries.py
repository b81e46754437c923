"""What a link opens, and what the person behind it may see (DOMAIN 3.6)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, Supervision
from careerlink.registry import SupervisorTask, registry
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


def is_supervised_by(
    session: Session, placement_id: int, contact_id: int, *, hold: bool = False
) -> bool:
    """Whether the contact supervises now; a hand-over closes the older link at once.

    ``hold`` lets a hand-over wait until what this transaction sends is in.
    """
    query = select(Supervision.id).where(
        Supervision.placement_id == placement_id,
        Supervision.contact_id == contact_id,
        Supervision.ended_at.is_(None),
    )
    return session.scalar(query.with_for_update(read=True) if hold else query) is not None


def guest_parts(session: Session, link: AccessLink, placement: Placement) -> frozenset[str]:
    """What somebody may open who does not supervise: a signatory, a former supervisor."""
    return frozenset(
        part for ask in registry.link_guests for part in ask(session, link, placement)
    )


def tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    """What this contact has to do and has done; of a concluded course receipts are left."""
    return [
        task
        for provider in registry.supervisor_tasks
        for task in provider(session, actor, placement, token)
        if task.is_done or placement.course.concluded_at is None
    ]


def is_receipt(session: Session, link: AccessLink, placement: Placement, token: str) -> bool:
    """Past its time, and everything is done: it opens what was sent, and is never renewed."""
    if link.revoked_at is not None or link.is_open:
        return False
    found = tasks(session, actor_of(link), placement, token)
    return bool(found) and all(task.is_done for task in found)


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


def links_of(session: Session, placement: Placement) -> Sequence[AccessLink]:
    """Every address that was made for this placement, the latest first."""
    return session.scalars(
        select(AccessLink)
        .where(AccessLink.placement_id == placement.id)
        .options(joinedload(AccessLink.contact))
        .order_by(AccessLink.id.desc())
        .limit(20)
    ).all()


def guides_others(session: Session, link: AccessLink) -> bool:
    """Whether this contact supervises more than the placement of the link."""
    others = (
        select(Supervision.id)
        .join(Supervision.placement)
        .where(
            Supervision.contact_id == link.contact_id,
            Supervision.ended_at.is_(None),
            Supervision.placement_id != link.placement_id,
            Placement.institution_id == link.institution_id,
        )
    )
    return session.scalar(others.limit(1)) is not None


def masked(address: str) -> str:
    """Enough to know one's own mailbox by, and too little to write to: ``i…@n….example``."""
    name, _, domain = address.partition("@")
    host, _, end = domain.rpartition(".")
    return f"{name[:1]}…@{host[:1]}….{end}"
