"""What listings bring: pages, tabs, history, what waits, and that a pause stops what is new."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.listings import (
    board_views,
    carrying,
    decision_views,
    hiding,
    hiding_views,
    link_offers,
    queries,
    term_part,
    views,
)
from careerlink.listings.models import Listing, ListingState
from careerlink.offered_parts import SetUpStep
from careerlink.partners.standing import why_nothing_new
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab, Waiting

__all__ = ["decision_views", "register"]

MOST_WAITING = 50


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, board_views.bp, hiding_views.bp]
    registry.set_up_steps.append(
        SetUpStep("projects", "Projects on the board", hiding.holds, 50)
    )
    registry.tabs.append(tabs)
    registry.attention.append(waiting)
    registry.carry_overs.append(carrying.PROJECTS)
    registry.term_parts.append(term_part.PROJECTS)
    registry.course_joins.append(carrying.when_courses_join)
    registry.histories["listing"] = history
    registry.link_offers += link_offers.offers()
    registry.link_pages |= {
        "board": link_offers.board_page,
        "listing": link_offers.listing_page,
        "listings": link_offers.listings_page,
    }
    registry.guard("listing", "publish", partner_may_start)
    registry.guard("listing", "reopen", partner_may_start)
    registry.guard("listing", "publish", apply_by_ahead)
    registry.guard("listing", "reopen", apply_by_ahead)


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None:
        url = url_for("board.show", course_id=course.public_id)
        return [Tab("Board", url, page="board.", position=20)]
    if not actor.reads_office:
        return []
    return [Tab("Listings", url_for("listings.index"), page="listings.", position=30)]


def history(session: Session, actor: Actor, public_id: str) -> Listing | None:
    return session.scalar(queries.visible_to(actor).where(Listing.public_id == public_id))


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Listings that wait to be published or returned, oldest first."""
    if not actor.is_staff:
        return []
    submitted = session.scalars(
        queries.visible_to(actor)
        .where(Listing.state == ListingState.SUBMITTED)
        .order_by(Listing.state_since)
        .limit(MOST_WAITING)
    ).all()
    return [
        Waiting(
            group="Yours",
            title=f"Publish or return “{listing.title}”",
            text="Submitted; students do not see it yet.",
            since=listing.state_since,
            url=url_for("listings.show", listing_id=listing.public_id),
            action="Look at listing",
            why="Listings that are submitted wait for the career office.",
        )
        for listing in submitted
    ]


def partner_may_start(session: Session, listing: Any) -> list[str]:
    return why_nothing_new(listing.partner, _today(session, listing))


def apply_by_ahead(session: Session, listing: Any) -> list[str]:
    is_past = listing.apply_by is not None and listing.apply_by < _today(session, listing)
    return ["an apply-by day that is still to come"] if is_past else []


def _today(session: Session, listing: Any) -> Any:
    institution = session.get_one(Institution, listing.institution_id)
    return clock.today(institution.time_zone)
