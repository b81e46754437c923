"""How a placement comes to be, and who guides it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import consents, notifications
from careerlink.placements.changes import HandOver, Schedule
from careerlink.placements.closing import close_links
from careerlink.placements.models import Application, Placement, PlacementState, Supervision
from careerlink.registry import registry


def plan(session: Session, application: Application, *, actor: Actor) -> Placement:
    """The placement of an accepted application, with what the listing says today."""
    listing = application.listing
    placement = Placement(
        institution_id=application.institution_id,
        institution=application.institution,
        course_id=application.course_id,
        course=application.course,
        person_id=application.person_id,
        person=application.person,
        partner_id=listing.partner_id,
        partner=listing.partner,
        listing_id=listing.id,
        application_id=application.id,
        title=listing.title,
        deliverable=listing.deliverable,
        state=PlacementState.PLANNED,
        planned_minutes=listing.planned_minutes,
        starts_on=listing.starts_on,
        ends_on=listing.ends_on,
        fee_minor=listing.fee_minor,
        currency=listing.currency,
    )
    session.add(placement)
    audit.record(
        session, "placement:plan", placement, actor=actor, after=PlacementState.PLANNED
    )
    if listing.supervisor is not None and may_supervise(listing.supervisor):
        _begin(session, placement, listing.supervisor, clock.now(), actor=actor)
    return placement


def may_supervise(contact: PartnerContact) -> bool:
    """Links go to this address, so staff have verified it, and the person is still there."""
    return contact.verified_at is not None and contact.left_at is None


def set_supervisor(
    session: Session,
    placement: Placement,
    contact: PartnerContact,
    *,
    actor: Actor,
    passes_draft: bool = False,
    asks_former: bool = False,
    since: datetime | None = None,
) -> Supervision:
    """Name who supervises from now on; whoever did before keeps their place in the history.

    ``since`` dates a change back to the day it really happened.
    """
    is_due = actor.is_system or actor.is_staff
    if not is_due or actor.institution_id != placement.institution_id:
        raise NotPermitted("Only career staff name a supervisor.")
    require_open(actor, placement)
    if not may_supervise(contact):
        raise InvalidInput("Verify this address first.", field="contact")
    at = min(since or clock.now(), clock.now())
    ended = current_supervisions(session, placement, hold=True)
    for current in ended:
        if current.contact_id == contact.id:
            return current
        _end(session, current, at, actor=actor)
    begun = _begin(session, placement, contact, at, actor=actor)
    if ended:
        handed_over = HandOver(placement, tuple(ended), begun, passes_draft, asks_former)
        for react in registry.hand_overs:
            react(session, handed_over, actor)
    if not consents.has_consent(session, placement):
        notifications.supervision_consent_wanted(session, placement, actor=actor)
    return begun


def reschedule(session: Session, placement: Placement, to: Schedule, *, actor: Actor) -> None:
    """Other dates, another size; whoever may agree upon them has done so.

    Every later date that hangs on the placement moves in the same transaction.
    """
    require_open(actor, placement)
    before = schedule_of(placement)
    if before == to:
        return
    placement.starts_on, placement.ends_on = to.starts_on, to.ends_on
    placement.planned_minutes = to.planned_minutes
    session.flush()
    audit.record(
        session,
        "placement:reschedule",
        placement,
        actor=actor,
        was_until=str(before.ends_on),
        until=str(to.ends_on),
        was_minutes=before.planned_minutes,
        minutes=to.planned_minutes,
    )
    for follow in registry.schedule_changes:
        follow(session, placement, before, actor)
    session.flush()


def schedule_of(placement: Placement) -> Schedule:
    return Schedule(placement.starts_on, placement.ends_on, placement.planned_minutes)


def current_supervisions(
    session: Session, placement: Placement, *, hold: bool = False
) -> list[Supervision]:
    """``hold`` waits for what a supervisor is sending by link just now, and then goes first."""
    query = select(Supervision).where(
        Supervision.placement_id == placement.id, Supervision.ended_at.is_(None)
    )
    return list(session.scalars(query.with_for_update() if hold else query))


def _begin(
    session: Session,
    placement: Placement,
    contact: PartnerContact,
    at: datetime,
    *,
    actor: Actor,
) -> Supervision:
    supervision = Supervision(placement=placement, contact=contact, began_at=at)
    session.add(supervision)
    session.flush()
    audit.record(session, "placement:supervise", placement, actor=actor, contact=contact.id)
    return supervision


def _end(session: Session, supervision: Supervision, at: datetime, *, actor: Actor) -> None:
    supervision.ended_at = max(at, supervision.began_at)
    close_links(
        session,
        supervision.placement_id,
        contact_id=supervision.contact_id,
        actor=actor,
        reason="another person supervises now",
    )
    audit.record(
        session,
        "placement:end_supervision",
        supervision.placement,
        actor=actor,
        contact=supervision.contact_id,
    )
    session.flush()
