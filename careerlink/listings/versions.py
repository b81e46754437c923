"""What a listing said at a time, so that applicants and agreements can refer to it."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Objective
from careerlink.listings.models import (
    Listing,
    ListingObjective,
    ListingSkill,
    ListingVersion,
    Skill,
)
from careerlink.people.actors import Actor

CONTENT = (
    "title", "deliverable", "description", "field", "learns", "asks", "supervision",
    "planned_minutes", "starts_on", "ends_on", "apply_by", "fee_minor", "currency", "payer",
    "engagement", "floor_exception", "is_remote", "place", "ip_terms", "has_nda", "ai_rule",
    "data_access", "slots", "supervisor_id",
)  # fmt: skip


def content_of(session: Session, listing: Listing) -> dict[str, Any]:
    content = {name: _plain(getattr(listing, name)) for name in CONTENT}
    content["skills"] = list(
        session.scalars(
            select(Skill.name)
            .join(ListingSkill, ListingSkill.skill_id == Skill.id)
            .where(ListingSkill.listing_id == listing.id)
            .order_by(Skill.slug)
        )
    )
    content["objectives"] = list(
        session.scalars(
            select(Objective.uri)
            .join(ListingObjective, ListingObjective.objective_id == Objective.id)
            .where(ListingObjective.listing_id == listing.id)
            .order_by(Objective.uri)
        )
    )
    return content


def content_hash(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def latest(session: Session, listing: Listing) -> ListingVersion | None:
    """What students read now, once the listing has been published."""
    return session.scalar(
        select(ListingVersion)
        .where(ListingVersion.listing_id == listing.id)
        .order_by(ListingVersion.number.desc())
        .limit(1)
    )


def keep(session: Session, listing: Listing, *, actor: Actor) -> ListingVersion:
    """Add a version, unless the newest says the same."""
    session.flush()
    content = content_of(session, listing)
    newest, digest = latest(session, listing), content_hash(content)
    if newest is not None and newest.content_hash == digest:
        return newest
    version = ListingVersion(
        listing_id=listing.id,
        number=newest.number + 1 if newest is not None else 1,
        content=content,
        content_hash=digest,
        created_by_id=actor.person_id,
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    return version


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
