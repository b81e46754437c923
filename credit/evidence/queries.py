"""Reading evidence; every query starts from who may see the placement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload, selectinload

from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from credit.evidence.models import DeliverableVersion, EvidenceKind

BY_LINK = (EvidenceKind.FILE, EvidenceKind.LINK, EvidenceKind.ATTESTED)
"""A supervisor reads the deliverables of this project, not the student's reflection."""


@dataclass(frozen=True)
class Piece:
    """One piece of evidence with all its versions, latest first."""

    versions: Sequence[DeliverableVersion]

    @property
    def latest(self) -> DeliverableVersion:
        return self.versions[0]

    @property
    def earlier(self) -> Sequence[DeliverableVersion]:
        return self.versions[1:]


def visible_to(actor: Actor) -> Select[DeliverableVersion]:
    seen = placements.visible_to(actor).with_only_columns(Placement.id)
    query = select(DeliverableVersion).where(DeliverableVersion.placement_id.in_(seen))
    if actor.contact_id is not None:
        if actor.link_placement_id is None:
            return query.where(false())
        return query.where(DeliverableVersion.kind.in_(BY_LINK))
    return query


def pieces(session: Session, placement: Placement, *, actor: Actor) -> list[Piece]:
    """In the order in which they were first handed in; two queries whatever their number."""
    found = session.scalars(
        visible_to(actor)
        .where(DeliverableVersion.placement_id == placement.id)
        .options(
            joinedload(DeliverableVersion.attachment),
            selectinload(DeliverableVersion.objectives),
        )
        .order_by(DeliverableVersion.number.desc(), DeliverableVersion.id)
    )
    grouped: dict[str, list[DeliverableVersion]] = {}
    for version in found:
        grouped.setdefault(version.piece, []).append(version)
    return sorted(
        (Piece(versions) for versions in grouped.values()),
        key=lambda piece: piece.versions[-1].id,
    )


def piece(session: Session, placement: Placement, name: str, *, actor: Actor) -> Piece:
    for found in pieces(session, placement, actor=actor):
        if found.latest.piece == name:
            return found
    raise NotFound


def kinds_of(session: Session, placement_ids: Sequence[int]) -> dict[int, set[EvidenceKind]]:
    rows = session.execute(
        select(DeliverableVersion.placement_id, DeliverableVersion.kind)
        .where(DeliverableVersion.placement_id.in_(placement_ids))
        .distinct()
    )
    found: dict[int, set[EvidenceKind]] = {}
    for placement_id, kind in rows:
        found.setdefault(placement_id, set()).add(kind)
    return found


def reads_file(session: Session, actor: Actor, attachment: Any) -> bool:
    """Whether evidence that this actor sees refers to the file."""
    found = visible_to(actor).where(DeliverableVersion.attachment_id == attachment.id).limit(1)
    return session.scalar(found) is not None
