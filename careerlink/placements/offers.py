"""Offers: one holds one slot until it is answered or its clock runs out.

Whoever comes here has locked the listing (``application_queries.lock_listings``), so slots and
the wait list of one listing change in turn.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, states
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPossible
from careerlink.listings.models import Listing, ListingState
from careerlink.listings.slots import hold_slot, release_slot
from careerlink.people.actors import Actor, system
from careerlink.placements import application_queries as queries
from careerlink.placements import notifications, planning
from careerlink.placements.models import (
    Application,
    ApplicationState,
    Offer,
    OfferState,
    Placement,
)
from careerlink.placements.workflow import APPLICATION, OFFER

LONGEST_EXTENSION = timedelta(days=14)
NO_OFFER = "There is no open offer for this application."


def why_closed(listing: Listing) -> str:
    """Why no student can be taken for it now; a past last day to apply is no reason."""
    if listing.state not in (ListingState.PUBLISHED, ListingState.CLOSED):
        return "This project is not on offer any more."
    if not listing.partner.may_start_new(clock.today(listing.institution.time_zone)):
        return "The partner’s approval does not allow new students now."
    return ""


def refuse_if_closed(listing: Listing) -> None:
    if reason := why_closed(listing):
        raise NotPossible(reason)


def make_offer(session: Session, application: Application, *, actor: Actor) -> Offer | None:
    """Hold a slot and offer it; without a slot left, put the application on the wait list."""
    if (application.state, ApplicationState.OFFERED) not in APPLICATION:
        raise NotPossible(f"This application is {states.words(application.state)}.")
    refuse_if_closed(application.listing)
    if hold_slot(session, application.listing):
        offer = _offer(session, application, actor=actor)
        fill_slots(session, application.listing)
        return offer
    if application.state == ApplicationState.SUBMITTED:
        put_on_wait_list(session, application, actor=actor)
    return None


def put_on_wait_list(session: Session, application: Application, *, actor: Actor) -> None:
    states.move(session, application, ApplicationState.WAIT_LISTED, APPLICATION, actor=actor)
    place = queries.position(session, application)
    notifications.wait_listed(session, application, place, actor=actor)


def do_not_select(
    session: Session, application: Application, *, actor: Actor, reason: str
) -> None:
    """Also ends an open offer, which gives its slot back."""
    offer = queries.open_offer(session, application)
    if offer is not None:
        _answer(session, offer, OfferState.VOID, actor=actor)
    states.move(
        session,
        application,
        ApplicationState.NOT_SELECTED,
        APPLICATION,
        actor=actor,
        reason=reason,
    )
    notifications.not_selected(session, application, actor=actor)
    if offer is not None:
        give_back(session, application.listing)


def extend(session: Session, application: Application, *, actor: Actor, hours: int) -> Offer:
    require_open(actor, application)
    offer = _open(session, application)
    until = offer.answer_by + timedelta(hours=hours)
    if not actor.is_staff:
        raise NotPossible("Only career staff may give more time.")
    if hours < 1 or until > clock.now() + LONGEST_EXTENSION:
        raise InvalidInput("Give between 1 hour and 14 days from now.", field="hours")
    audit.record(session, "application:extend_offer", application, actor=actor, hours=hours)
    offer.answer_by = until
    session.flush()
    notifications.offer_made(session, offer, actor=actor)
    return offer


def accept(
    session: Session, application: Application, *, actor: Actor, ends_others: bool
) -> Placement:
    """Take the offer, once: pressing twice gives the same placement.

    :raises InvalidInput: other applications overlap, and ending them was not confirmed.
    """
    if (placement := queries.placement_from(session, application)) is not None:
        return placement
    offer = _open(session, application)
    others = queries.others_overlapping(session, application)
    if others and not ends_others:
        raise InvalidInput(
            "Confirm that your overlapping applications end.", field="ends_others"
        )
    _answer(session, offer, OfferState.ACCEPTED, actor=actor)
    states.move(session, application, ApplicationState.ACCEPTED, APPLICATION, actor=actor)
    placement = planning.plan(session, application, actor=actor)
    for other in others:
        _leave(session, other, actor=actor)
    return placement


def decline(session: Session, application: Application, *, actor: Actor) -> None:
    _answer(session, _open(session, application), OfferState.DECLINED, actor=actor)
    states.move(session, application, ApplicationState.DECLINED, APPLICATION, actor=actor)
    give_back(session, application.listing)


def expire_if_late(session: Session, application: Application) -> bool:
    """One second past the clock the slot belongs to the next; say whether that has happened."""
    offer = queries.open_offer(session, application)
    if offer is None or clock.now() <= offer.answer_by:
        return False
    actor = system(application.institution_id)
    _answer(session, offer, OfferState.EXPIRED, actor=actor)
    states.move(session, application, ApplicationState.EXPIRED, APPLICATION, actor=actor)
    notifications.offer_expired(session, application, actor=actor)
    give_back(session, application.listing)
    return True


def void_all(session: Session, listing: Listing, _actor: Actor) -> None:
    """The listing was withdrawn: offers end with notice; running placements are not touched."""
    actor = system(listing.institution_id)
    for application in session.scalars(
        select(Application)
        .where(Application.listing_id == listing.id, Application.state.in_(queries.LIVE))
        .options(joinedload(Application.person), joinedload(Application.course))
        .order_by(Application.id)
    ).all():
        if (offer := queries.open_offer(session, application)) is not None:
            _answer(session, offer, OfferState.VOID, actor=actor)
            release_slot(session, listing)
        states.move(
            session,
            application,
            ApplicationState.NOT_SELECTED,
            APPLICATION,
            actor=actor,
            reason="The project was withdrawn.",
        )
        notifications.listing_withdrawn(session, application, actor=actor)


def fill_slots(session: Session, listing: Listing) -> None:
    """Offer free slots along the wait list; when none is left, whoever else asked joins it."""
    actor = system(listing.institution_id)
    if not why_closed(listing):
        for waiting in queries.wait_list(session, listing.id):
            if not hold_slot(session, listing):
                break
            _offer(session, waiting, actor=actor)
    if listing.slots_left > 0:
        return
    for asked in session.scalars(
        select(Application)
        .where(
            Application.listing_id == listing.id,
            Application.state == ApplicationState.SUBMITTED,
        )
        .order_by(Application.submitted_at, Application.id)
    ).all():
        put_on_wait_list(session, asked, actor=actor)


def _offer(session: Session, application: Application, *, actor: Actor) -> Offer:
    states.move(session, application, ApplicationState.OFFERED, APPLICATION, actor=actor)
    now = clock.now()
    offer = Offer(
        application=application,
        state=OfferState.OPEN,
        made_by_id=actor.person_id,
        made_at=now,
        answer_by=now + timedelta(hours=application.institution.offer_hours),
    )
    session.add(offer)
    session.flush()
    notifications.offer_made(session, offer, actor=actor)
    return offer


def _open(session: Session, application: Application) -> Offer:
    offer = queries.open_offer(session, application)
    if offer is None:
        raise NotPossible(NO_OFFER)
    return offer


def _answer(session: Session, offer: Offer, to: OfferState, *, actor: Actor) -> None:
    states.move(session, offer, to, OFFER, actor=actor, answered_at=clock.now())


def _leave(session: Session, other: Application, *, actor: Actor) -> None:
    if other.state == ApplicationState.OFFERED:
        decline(session, other, actor=actor)
    else:
        states.move(session, other, ApplicationState.WITHDRAWN, APPLICATION, actor=actor)


def give_back(session: Session, listing: Listing) -> None:
    """Free one slot; whoever waits longest is offered it at once."""
    release_slot(session, listing)
    fill_slots(session, listing)
