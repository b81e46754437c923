"""What people do to a placement. Nothing here commits or knows of HTTP."""

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements import application_queries, notifications, offers
from careerlink.placements.message_models import Message
from careerlink.placements.models import Placement, PlacementState
from careerlink.placements.workflow import PLACEMENT

LONGEST_MESSAGE = 4000


def start(session: Session, placement: Placement, *, actor: Actor) -> None:
    states.move(
        session,
        placement,
        PlacementState.ACTIVE,
        PLACEMENT,
        actor=actor,
        started_at=clock.now(),
    )


def start_if_due(session: Session, placement: Placement, *, actor: Actor) -> bool:
    """Start on the first day of work, as soon as nothing is missing; say whether it did."""
    edge = PLACEMENT[(PlacementState.PLANNED, PlacementState.ACTIVE)]
    today = clock.today(placement.institution.time_zone)
    if placement.state != PlacementState.PLANNED or today < placement.starts_on:
        return False
    if states.missing(session, placement, edge):
        return False
    start(session, placement, actor=actor)
    return True


def complete(session: Session, placement: Placement, *, actor: Actor) -> None:
    states.move(
        session,
        placement,
        PlacementState.WORK_COMPLETED,
        PLACEMENT,
        actor=actor,
        completed_at=clock.now(),
    )


def reopen(session: Session, placement: Placement, *, actor: Actor, reason: str) -> None:
    states.move(
        session,
        placement,
        PlacementState.ACTIVE,
        PLACEMENT,
        actor=actor,
        reason=reason,
        completed_at=None,
    )


def close(session: Session, placement: Placement, *, actor: Actor) -> None:
    states.move(session, placement, PlacementState.CLOSED, PLACEMENT, actor=actor)


def end_early(session: Session, placement: Placement, *, actor: Actor, reason: str) -> None:
    states.move(
        session, placement, PlacementState.ENDED_EARLY, PLACEMENT, actor=actor, reason=reason
    )
    notifications.placement_ended(session, placement, actor=actor)


def cancel(session: Session, placement: Placement, *, actor: Actor, reason: str) -> None:
    """Before the start: the slot is free again, and whoever waits is offered it."""
    if placement.listing_id is not None:
        application_queries.lock_listings(session, [placement.listing_id])
    states.move(
        session, placement, PlacementState.CANCELLED, PLACEMENT, actor=actor, reason=reason
    )
    notifications.placement_ended(session, placement, actor=actor)
    if placement.listing is not None:
        offers.give_back(session, placement.listing)


def send_message(session: Session, placement: Placement, *, actor: Actor, text: str) -> Message:
    """Into the conversation between the student, the course's teachers and the office."""
    require_open(actor, placement)
    if not may_write(actor, placement):
        raise NotPermitted("In this view of the course nothing can be written.")
    if not text.strip() or len(text) > LONGEST_MESSAGE:
        raise InvalidInput(f"Write up to {LONGEST_MESSAGE} characters.", field="text")
    message = Message(
        placement_id=placement.id,
        author_id=actor.person_id,
        text=text.strip(),
        sent_at=clock.now(),
    )
    session.add(message)
    session.flush()
    audit.record(session, "placement:message", placement, actor=actor, message=message.id)
    if actor.person_id != placement.person_id:
        notifications.message_received(session, placement, actor=actor)
    return message


def may_write(actor: Actor, placement: Placement) -> bool:
    if actor.person_id is None or actor.institution_id != placement.institution_id:
        return False
    if actor.is_staff:
        return placement.course.concluded_at is None
    inside = actor.person_id == placement.person_id or actor.may_look(placement.course_id)
    return inside and not actor.standing(placement.course_id).read_only
