"""What the partner desk brings: pages, tab, history, what waits, and the guards of a pause."""

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.partners import decision_views, file_views, queries, standing, views
from careerlink.partners.models import Partner, PartnerState
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab, Waiting

__all__ = ["decision_views", "file_views", "register"]

MOST_WAITING = 50


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.tabs.append(tabs)
    registry.attention.append(waiting)
    registry.file_readers.append(queries.reads_file)
    registry.histories["partner"] = history
    registry.guard("application", "submit", partner_of_listing_may_start)
    registry.guard("application", "offer", partner_of_listing_may_start)
    registry.guard("placement", "start", partner_may_start)


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    return [Tab("Partners", url_for("partners.index"), page="partners.", position=20)]


def history(session: Session, actor: Actor, public_id: str) -> Partner | None:
    return session.scalar(queries.visible_to(actor).where(Partner.public_id == public_id))


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Files that wait for a decision of the office, oldest first."""
    if not actor.is_staff:
        return []
    open_files = session.scalars(
        queries.visible_to(actor)
        .where(Partner.state.in_((PartnerState.PROPOSED, PartnerState.UNDER_REVIEW)))
        .options(selectinload(Partner.checks))
        .order_by(Partner.state_since)
        .limit(MOST_WAITING)
    ).all()
    today = _today(session, actor.institution_id)
    return [_waiting(partner, standing.of(partner, today)) for partner in open_files]


def partner_of_listing_may_start(session: Session, application: Any) -> list[str]:
    return _why_not(session, application.listing.partner)


def partner_may_start(session: Session, placement: Any) -> list[str]:
    return _why_not(session, placement.partner)


def _why_not(session: Session, partner: Partner) -> list[str]:
    return standing.why_nothing_new(partner, _today(session, partner.institution_id))


def _today(session: Session, institution_id: int) -> Any:
    zone = session.scalar(select(Institution.time_zone).where(Institution.id == institution_id))
    return clock.today(zone or "UTC")


def _waiting(partner: Partner, state: standing.Standing) -> Waiting:
    url = url_for("partners.show", partner_id=partner.public_id)
    is_new = partner.state == PartnerState.PROPOSED
    return Waiting(
        group="Yours",
        title=f"Vet {partner.name}",
        text="Proposed; the review has not begun."
        if is_new
        else f"Under review; {len(state.missing)} checks are missing."
        if state.missing
        else "Under review; every check is passed.",
        since=partner.state_since,
        url=url,
        action="Look at partner",
        why="Partners that are proposed or under review wait for the career office.",
    )
