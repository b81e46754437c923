"""Somebody else supervises: asked by link or arranged by staff, approved, carried out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, states
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPossible
from careerlink.partners import contacts
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.placements import planning
from careerlink.placements.models import Placement
from careerlink.supervisors import hand_over_queries, notifications, queries
from careerlink.supervisors.models import HandOverReason, HandOverRequest, HandOverState
from careerlink.supervisors.workflow import HAND_OVER
from careerlink.tokens import AccessLink

MOST_AT_ONCE = 100
EARLIEST_ZONE = timedelta(hours=14)
"""Where a day begins first, ahead of UTC; each placement's own zone then decides."""


@dataclass(frozen=True)
class Proposal:
    """Who should supervise instead, as the asker typed it; empty for "I do not know who"."""

    name: str = ""
    title: str = ""
    email: str = ""


@dataclass(frozen=True)
class Answer:
    """What staff enter when they approve."""

    successor: PartnerContact
    from_on: date
    asks_former: bool = False
    has_left: bool = False


def ask(
    session: Session,
    link: AccessLink,
    placement: Placement,
    *,
    actor: Actor,
    reason: HandOverReason,
    proposal: Proposal,
    note: str = "",
    passes_draft: bool = False,
) -> HandOverRequest:
    """One question at a time from one person; asking again finds the one that waits."""
    require_open(actor, placement)
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    if (waiting := hand_over_queries.asked_by(session, placement, link.contact_id)) is not None:
        return waiting
    stands_in = reason == HandOverReason.STANDS_IN
    if not stands_in and not queries.is_supervised_by(session, placement.id, link.contact_id):
        raise NotPossible("Somebody else supervises this project already.")
    if not stands_in and proposal.email.lower() == link.contact.email:
        raise InvalidInput("This is the address that we wrote to.", field="email")
    request = HandOverRequest(
        institution_id=placement.institution_id,
        placement=placement,
        contact_id=link.contact_id,
        access_link_id=link.id,
        reason=reason,
        note=note,
        proposed_name=proposal.name,
        proposed_title=proposal.title,
        proposed_email=proposal.email.lower(),
        passes_draft=passes_draft,
        state=HandOverState.ASKED,
    )
    session.add(request)
    session.flush()
    audit.record(
        session,
        "hand_over_request:ask",
        request,
        actor=actor,
        after=HandOverState.ASKED,
        placement=placement.id,
        reason_code=reason.value,
    )
    return request


def take_back(session: Session, request: HandOverRequest, *, actor: Actor) -> None:
    states.move(session, request, HandOverState.WITHDRAWN, HAND_OVER, actor=actor)


def decline(session: Session, request: HandOverRequest, *, actor: Actor, reason: str) -> None:
    states.move(
        session,
        request,
        HandOverState.DECLINED,
        HAND_OVER,
        actor=actor,
        reason=reason,
        answer=reason.strip(),
        decided_by_id=actor.person_id,
    )
    notifications.declined(session, request, actor=actor)


def approve(
    session: Session, request: HandOverRequest, answer: Answer, *, actor: Actor
) -> None:
    """The address is verified; from the first day on the successor supervises."""
    placement, successor = request.placement, answer.successor
    if not planning.may_supervise(successor):
        raise InvalidInput("Verify this address first.", field="contact")
    if queries.is_supervised_by(session, placement.id, successor.id):
        raise InvalidInput("This person supervises the project already.", field="contact")
    _fits(answer, placement)
    states.move(
        session,
        request,
        HandOverState.APPROVED,
        HAND_OVER,
        actor=actor,
        detail={"successor": successor.id},
        successor=successor,
        from_on=answer.from_on,
        asks_former=answer.asks_former,
        decided_by_id=actor.person_id,
    )
    if answer.from_on <= _today(placement):
        carry_out(session, request, actor=actor)
    if answer.has_left and request.contact is not None:
        contacts.mark_as_left(session, request.contact, actor=actor)


def _fits(answer: Answer, placement: Placement) -> None:
    if answer.from_on > placement.ends_on and answer.from_on > _today(placement):
        raise InvalidInput("The project is over by then.", field="from_on")
    if answer.has_left and answer.asks_former:
        raise InvalidInput("Who has left cannot be asked any more.", field="asks_former")
    if answer.has_left and answer.from_on > _today(placement):
        raise InvalidInput(
            "They supervise until then. Say that they have left once they have.",
            field="has_left",
        )


def arrange(
    session: Session,
    placement: Placement,
    answer: Answer,
    *,
    actor: Actor,
    passes_draft: bool = False,
) -> HandOverRequest:
    """Staff heard of it otherwise; it stands in the same list as what was asked by link."""
    request = HandOverRequest(
        institution_id=placement.institution_id,
        placement=placement,
        reason=HandOverReason.OFFICE,
        passes_draft=passes_draft,
        state=HandOverState.ASKED,
    )
    session.add(request)
    session.flush()
    approve(session, request, answer, actor=actor)
    return request


def call_off(session: Session, request: HandOverRequest, *, actor: Actor) -> None:
    """Before its day has come; whoever supervises goes on."""
    states.move(session, request, HandOverState.WITHDRAWN, HAND_OVER, actor=actor)


def carry_out(session: Session, request: HandOverRequest, *, actor: Actor) -> None:
    placement, successor = request.placement, request.successor
    if successor is None or request.from_on is None:
        raise NotPossible("Nobody is named yet.")
    planning.set_supervisor(
        session,
        placement,
        successor,
        actor=actor,
        passes_draft=request.passes_draft,
        asks_former=request.asks_former,
        since=_morning_of(request.from_on, placement),
    )
    request.carried_out_at = clock.now()
    session.flush()
    audit.record(session, "hand_over_request:carry_out", request, actor=actor)
    for other in hand_over_queries.waiting_for(session, placement):
        take_back(session, other, actor=system(placement.institution_id))
    notifications.named(session, placement, successor, actor=actor)
    notifications.changed(session, placement, actor=actor)


def carry_out_due(session: Session) -> int:
    """The sweep: first days that have come. Who left meanwhile stays for staff to see."""
    found = session.scalars(
        select(HandOverRequest)
        .join(HandOverRequest.successor)
        .where(
            HandOverRequest.state == HandOverState.APPROVED,
            HandOverRequest.carried_out_at.is_(None),
            HandOverRequest.from_on <= (clock.now() + EARLIEST_ZONE).date(),
            PartnerContact.verified_at.is_not(None),
            PartnerContact.left_at.is_(None),
        )
        .options(joinedload(HandOverRequest.placement))
        .order_by(HandOverRequest.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=HandOverRequest, skip_locked=True)
    ).all()
    due = [one for one in found if one.from_on and one.from_on <= _today(one.placement)]
    for request in due:
        carry_out(session, request, actor=system(request.institution_id))
    return len(due)


def is_asked(session: Session, placement: Placement) -> bool:
    """It is the office's move: nobody reminds the supervisor meanwhile."""
    return bool(hand_over_queries.waiting_for(session, placement))


def _today(placement: Placement) -> date:
    return clock.today(placement.institution.time_zone)


def _morning_of(day: date, placement: Placement) -> datetime | None:
    """Of an earlier day; today's change begins now."""
    if day >= _today(placement):
        return None
    zone = ZoneInfo(placement.institution.time_zone)
    return datetime.combine(day, time(0), zone).astimezone(UTC)
