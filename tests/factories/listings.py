"""Listings that students can see, or nearly so."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, Objective
from careerlink.listings import search, skills
from careerlink.listings.models import (
    Listing,
    ListingObjective,
    ListingRelease,
    ListingSkill,
    ListingState,
)
from careerlink.partners.models import Partner

TERMS: dict[str, Any] = {
    "title": "Where do repair customers wait?",
    "deliverable": "A waiting-time dashboard and a one-page recommendation",
    "description": "Two years of job tickets.",
    "field": "Analytics",
    "planned_minutes": 20 * 60,
    "fee_minor": 480_00,
    "currency": "USD",
    "starts_on": date(2026, 10, 19),
    "ends_on": date(2026, 11, 20),
    "apply_by": date(2026, 10, 17),
    "slots": 2,
}


def listing(
    session: Session,
    partner: Partner,
    *,
    release_to: Course | None = None,
    skill_names: tuple[str, ...] = (),
    serves: tuple[Objective, ...] = (),
    **values: Any,
) -> Listing:
    """Published, unless ``values`` say otherwise; on a board only when it is released."""
    state = values.setdefault("state", ListingState.PUBLISHED)
    if state in (ListingState.PUBLISHED, ListingState.CLOSED):
        values.setdefault("published_at", clock.now())
    made = Listing(institution=partner.institution, partner=partner, **{**TERMS, **values})
    session.add(made)
    session.flush()
    session.add_all(
        ListingSkill(listing_id=made.id, skill_id=skill.id)
        for skill in skills.find_or_create(session, made.institution_id, skill_names)
    )
    session.add_all(
        ListingObjective(listing_id=made.id, objective_id=objective.id) for objective in serves
    )
    search.keep_current(session, made)
    if release_to is not None:
        session.add(ListingRelease(listing=made, course=release_to))
    session.flush()
    return made
