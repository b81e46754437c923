"""Which listings the office may read; students read through ``listings.board``."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Objective
from careerlink.errors import NotFound
from careerlink.listings import search
from careerlink.listings.models import (
    Listing,
    ListingObjective,
    ListingRelease,
    ListingSkill,
    ListingState,
    Skill,
)
from careerlink.partners.models import Partner
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page


@dataclass(frozen=True)
class DeskFilters:
    state: str = ""
    field: str = ""
    partner: str = ""
    """A partner's public id."""
    text: str = ""


@dataclass(frozen=True)
class Count:
    key: str
    count: int


def visible_to(actor: Actor) -> Select[Listing]:
    """Every listing of the institution, for its career office."""
    mine = Listing.institution_id == actor.institution_id if actor.reads_office else false()
    return select(Listing).where(mine)


def get_visible(session: Session, actor: Actor, public_id: str) -> Listing:
    listing = session.scalar(
        visible_to(actor)
        .where(Listing.public_id == public_id)
        .options(
            joinedload(Listing.partner),
            joinedload(Listing.institution),
            joinedload(Listing.supervisor),
        )
    )
    if listing is None:
        raise NotFound
    return listing


def listed(
    session: Session, actor: Actor, filters: DeskFilters, *, after: str | None
) -> Page[Listing]:
    query = (
        visible_to(actor)
        .where(*_conditions(session, filters))
        .options(joinedload(Listing.partner), joinedload(Listing.institution))
    )
    return page(
        session,
        query,
        order_by=(Listing.state_since, Listing.id),
        key_of=lambda listing: (listing.state_since, listing.id),
        after=after,
        descending=True,
    )


def state_counts(session: Session, actor: Actor, filters: DeskFilters) -> list[Count]:
    keys = ["", *(state.value for state in ListingState)]
    others = _conditions(session, DeskFilters("", filters.field, filters.partner, filters.text))
    counts = [
        func.count().filter(_in_state(key)).label(f"n{number}")
        for number, key in enumerate(keys)
    ]
    found = session.execute(visible_to(actor).where(*others).with_only_columns(*counts)).one()
    return [Count(key, count) for key, count in zip(keys, found, strict=True)]


def field_counts(session: Session, actor: Actor, filters: DeskFilters) -> list[Count]:
    others = _conditions(session, DeskFilters(filters.state, "", filters.partner, filters.text))
    rows = session.execute(
        visible_to(actor)
        .where(*others, Listing.field != "")
        .with_only_columns(Listing.field, func.count())
        .group_by(Listing.field)
        .order_by(func.count().desc(), Listing.field)
        .limit(12)
    )
    return [Count(field, count) for field, count in rows]


def of_partner(session: Session, actor: Actor, partner: Partner) -> Sequence[Listing]:
    return session.scalars(
        visible_to(actor)
        .where(Listing.partner_id == partner.id)
        .order_by(Listing.state_since.desc(), Listing.id.desc())
        .limit(25)
    ).all()


def count_published(session: Session, partner: Partner) -> int:
    return (
        session.scalar(
            select(func.count()).where(
                Listing.partner_id == partner.id, Listing.state == ListingState.PUBLISHED
            )
        )
        or 0
    )


def skills_of(session: Session, listing_ids: Sequence[int]) -> dict[int, list[Skill]]:
    rows = session.execute(
        select(ListingSkill.listing_id, Skill)
        .join(Skill, Skill.id == ListingSkill.skill_id)
        .where(ListingSkill.listing_id.in_(listing_ids))
        .order_by(Skill.name)
    )
    found: dict[int, list[Skill]] = {listing_id: [] for listing_id in listing_ids}
    for listing_id, skill in rows:
        found[listing_id].append(skill)
    return found


def objectives_of(session: Session, listing_ids: Sequence[int]) -> dict[int, list[Objective]]:
    rows = session.execute(
        select(ListingObjective.listing_id, Objective)
        .join(Objective, Objective.id == ListingObjective.objective_id)
        .where(ListingObjective.listing_id.in_(listing_ids))
        .order_by(Objective.position, Objective.code)
    )
    found: dict[int, list[Objective]] = {listing_id: [] for listing_id in listing_ids}
    for listing_id, objective in rows:
        found[listing_id].append(objective)
    return found


def release_counts(session: Session, listing_ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(ListingRelease.listing_id, func.count())
        .where(
            ListingRelease.listing_id.in_(listing_ids), ListingRelease.withdrawn_at.is_(None)
        )
        .group_by(ListingRelease.listing_id)
    )
    return {row[0]: row[1] for row in rows}


def all_objectives(session: Session, institution_id: int) -> Sequence[Objective]:
    return session.scalars(
        select(Objective)
        .where(Objective.institution_id == institution_id)
        .order_by(Objective.position, Objective.code)
        .limit(200)
    ).all()


def _conditions(session: Session, filters: DeskFilters) -> list[ColumnElement[bool]]:
    found = [_in_state(filters.state)]
    if filters.field:
        found.append(Listing.field == filters.field)
    if filters.partner:
        found.append(Listing.partner.has(Partner.public_id == filters.partner))
    if filters.text:
        partner = Listing.partner.has(Partner.name.icontains(filters.text, autoescape=True))
        found.append(or_(search.matching(session, filters.text), partner))
    return found


def _in_state(key: str) -> ColumnElement[bool]:
    if key in set(ListingState):
        return Listing.state == ListingState(key)
    return Listing.id.is_not(None)
