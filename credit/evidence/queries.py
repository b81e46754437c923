"""Reading evidence; every query starts from who may see the placement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload, selectinload

from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from credit.evidence.models import (
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    EvidenceKind,
)
from credit.evidence.review_models import DeliverableReview

BY_LINK = (EvidenceKind.FILE, EvidenceKind.LINK, EvidenceKind.ATTESTED)
"""A supervisor reads the deliverables of this project, not the student's reflection."""


@dataclass(frozen=True)
class Piece:
    """A deliverable, or the reflection, with its versions, latest first, and their answers."""

    versions: Sequence[DeliverableVersion]
    deliverable: Deliverable | None = None
    """Absent for the reflection."""
    reviews: Mapping[int, Sequence[DeliverableReview]] = field(default_factory=dict)
    """By version, oldest first."""

    @property
    def latest(self) -> DeliverableVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def earlier(self) -> Sequence[DeliverableVersion]:
        return self.versions[1:]

    @property
    def answer(self) -> DeliverableReview | None:
        """The last that was said about any version."""
        said = [review for found in self.reviews.values() for review in found]
        return max(said, key=lambda review: review.id, default=None)

    def answers_to(self, version: DeliverableVersion) -> Sequence[DeliverableReview]:
        return self.reviews.get(version.id, ())


def visible_to(actor: Actor) -> Select[DeliverableVersion]:
    seen = placements.visible_to(actor).with_only_columns(Placement.id)
    query = select(DeliverableVersion).where(DeliverableVersion.placement_id.in_(seen))
    if actor.contact_id is not None:
        if actor.link_placement_id is None:
            return query.where(false())
        return query.where(DeliverableVersion.kind.in_(BY_LINK))
    return query


@dataclass(frozen=True)
class HandedIn:
    """A deliverable of which at least one version is there."""

    piece: Piece
    deliverable: Deliverable
    latest: DeliverableVersion


def deliverables_visible_to(actor: Actor) -> Select[Deliverable]:
    seen = placements.visible_to(actor).with_only_columns(Placement.id)
    query = select(Deliverable).where(Deliverable.placement_id.in_(seen))
    if actor.contact_id is not None and actor.link_placement_id is None:
        return query.where(false())
    return query


def pieces(session: Session, placement: Placement, *, actor: Actor) -> list[Piece]:
    """What was agreed upon in its order, then what was added; the same few queries always."""
    versions = _versions(session, placement, actor)
    reviews = reviews_of(session, [one.id for found in versions.values() for one in found])
    deliverables = session.scalars(
        deliverables_visible_to(actor)
        .where(
            Deliverable.placement_id == placement.id,
            Deliverable.state != DeliverableState.NO_LONGER_AGREED,
        )
        .order_by(Deliverable.position, Deliverable.id)
    )
    return [
        Piece(versions.get(one.public_id, ()), one, _about(reviews, versions, one))
        for one in deliverables
    ]


def reflection(session: Session, placement: Placement, *, actor: Actor) -> Piece | None:
    found = _versions(session, placement, actor, only=EvidenceKind.REFLECTION)
    return next((Piece(versions) for versions in found.values()), None)


def piece(session: Session, placement: Placement, name: str, *, actor: Actor) -> Piece:
    """:raises NotFound: there is none by this name, or not for this reader."""
    for found in pieces(session, placement, actor=actor):
        if found.deliverable is not None and found.deliverable.public_id == name:
            return found
    raise NotFound


def handed_in(session: Session, placement: Placement, name: str, *, actor: Actor) -> HandedIn:
    """:raises NotFound: as ``piece``, and before the first version."""
    found = piece(session, placement, name, actor=actor)
    if found.deliverable is None or found.latest is None:
        raise NotFound
    return HandedIn(found, found.deliverable, found.latest)


def _versions(
    session: Session,
    placement: Placement,
    actor: Actor,
    *,
    only: EvidenceKind | None = None,
) -> dict[str, list[DeliverableVersion]]:
    kinds = (only,) if only is not None else BY_LINK
    found: dict[str, list[DeliverableVersion]] = {}
    for version in session.scalars(
        visible_to(actor)
        .where(
            DeliverableVersion.placement_id == placement.id,
            DeliverableVersion.kind.in_(kinds),
        )
        .options(
            joinedload(DeliverableVersion.attachment),
            selectinload(DeliverableVersion.objectives),
        )
        .order_by(DeliverableVersion.number.desc())
    ):
        found.setdefault(version.piece, []).append(version)
    return found


def reviews_of(
    session: Session, version_ids: Sequence[int]
) -> dict[int, list[DeliverableReview]]:
    found: dict[int, list[DeliverableReview]] = {}
    for review in session.scalars(
        select(DeliverableReview)
        .where(DeliverableReview.deliverable_version_id.in_(version_ids))
        .options(
            joinedload(DeliverableReview.words),
            joinedload(DeliverableReview.contact),
            joinedload(DeliverableReview.person),
            selectinload(DeliverableReview.criteria),
        )
        .order_by(DeliverableReview.id)
    ):
        found.setdefault(review.deliverable_version_id, []).append(review)
    return found


def _about(
    reviews: Mapping[int, list[DeliverableReview]],
    versions: Mapping[str, list[DeliverableVersion]],
    one: Deliverable,
) -> dict[int, Sequence[DeliverableReview]]:
    return {
        version.id: reviews[version.id]
        for version in versions.get(one.public_id, ())
        if version.id in reviews
    }


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


def due_of(session: Session, placement_ids: Sequence[int]) -> dict[int, list[Deliverable]]:
    """What students still have to hand in, or to hand in again; first due, first named."""
    found: dict[int, list[Deliverable]] = {}
    for one in session.scalars(
        select(Deliverable)
        .where(
            Deliverable.placement_id.in_(placement_ids),
            Deliverable.state.in_((DeliverableState.AWAITED, DeliverableState.REWORK_ASKED)),
        )
        .order_by(Deliverable.due_on.is_(None), Deliverable.due_on, Deliverable.position)
    ):
        found.setdefault(one.placement_id, []).append(one)
    return found


def reads_file(session: Session, actor: Actor, attachment: Any) -> bool:
    """Whether evidence that this actor sees refers to the file."""
    found = visible_to(actor).where(DeliverableVersion.attachment_id == attachment.id).limit(1)
    return session.scalar(found) is not None
