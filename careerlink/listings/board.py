"""What students of a course see: published, released to them, at a partner that may start."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course, CourseObjective, Objective
from careerlink.listings.board_filters import BoardFilters, conditions
from careerlink.listings.models import Listing, ListingState, SavedListing
from careerlink.listings.releases import is_released_to
from careerlink.partners.models import Partner, PartnerState
from careerlink.people.actors import Actor
from careerlink.web.pagination import PAGE_SIZE, Page, page

PER_HOUR = Listing.fee_minor * 60 // Listing.planned_minutes
SORTS: dict[str, tuple[Any, bool]] = {
    "newest": (Listing.published_at, True),
    "pay": (PER_HOUR, True),
    "hours": (Listing.planned_minutes, False),
    "start": (Listing.starts_on, False),
}
"""Column and whether the highest comes first."""


def visible_to(actor: Actor, course: Course, today: date) -> Select[Listing]:
    """The board of one course; who may open the course's pages is the route's rule."""
    return (
        select(Listing)
        .join(Listing.partner)
        .where(
            Listing.institution_id == actor.institution_id,
            Listing.institution_id == course.institution_id,
            is_open(today),
            is_released_to(course),
        )
    )


def is_open(today: date) -> ColumnElement[bool]:
    """Takes applications; needs a join to the partner."""
    return and_(
        Listing.state == ListingState.PUBLISHED,
        or_(Listing.apply_by.is_(None), Listing.apply_by >= today),
        Partner.state == PartnerState.APPROVED,
        Partner.approved_until >= today,
    )


def listed(
    session: Session,
    actor: Actor,
    course: Course,
    filters: BoardFilters,
    *,
    after: str | None,
    today: date,
    size: int = PAGE_SIZE,
) -> Page[Listing]:
    column, descending = SORTS[filters.sort]
    query = (
        visible_to(actor, course, today)
        .where(*conditions(session, actor, course, filters))
        .options(joinedload(Listing.partner))
    )
    return page(
        session,
        query,
        order_by=(column, Listing.id),
        key_of=lambda listing: (_key(listing, filters.sort), listing.id),
        after=after,
        descending=descending,
        size=size,
    )


def course_objectives(session: Session, course: Course) -> Sequence[Objective]:
    """What the course has chosen; until it has, the institution's defaults."""
    has_chosen = exists().where(CourseObjective.course_id == course.id)
    mine = and_(
        CourseObjective.objective_id == Objective.id, CourseObjective.course_id == course.id
    )
    return session.scalars(
        select(Objective)
        .outerjoin(CourseObjective, mine)
        .where(
            Objective.institution_id == course.institution_id,
            or_(
                CourseObjective.id.is_not(None),
                and_(Objective.is_default, ~has_chosen),
            ),
        )
        .order_by(CourseObjective.position, Objective.position, Objective.code)
    ).all()


def saved_by(session: Session, actor: Actor, listing_ids: Sequence[int]) -> set[int]:
    return set(
        session.scalars(
            select(SavedListing.listing_id).where(
                SavedListing.person_id == actor.person_id,
                SavedListing.listing_id.in_(listing_ids),
            )
        )
    )


def _key(listing: Listing, sort: str) -> Any:
    values = {
        "newest": listing.published_at,
        "pay": listing.fee_per_hour_minor,
        "hours": listing.planned_minutes,
        "start": listing.starts_on,
    }
    return values[sort]
