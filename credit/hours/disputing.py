"""One side asks the instructor to rule on the hours, in words; both figures stay."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from credit import decided
from credit.hours import queries, rules
from credit.hours.models import EntryState, HoursDispute, HoursRuling
from credit.hours.queries import Totals

LONGEST = 1000
WORKED = (PlacementState.ACTIVE, PlacementState.WORK_COMPLETED, PlacementState.ENDED_EARLY)


def why_not(session: Session, actor: Actor, placement: Placement, totals: Totals) -> str:
    """Why this side cannot ask the instructor now; empty when it can."""
    by_link = actor.supervises(placement.id)
    if not by_link and not rules.is_writer(actor, placement):
        return "Only the student and the supervisor dispute hours."
    if placement.state not in WORKED:
        return "There are no hours to dispute here."
    if closed := decided.why_closed(session, placement):
        return closed
    if queries.is_ruled(session, placement):
        return "The instructor has ruled on the total, and the ruling stands."
    if not by_link and totals.confirmed is None:
        return "The supervisor has not answered on the hours yet."
    if (
        not by_link
        and totals.confirmed == totals.reported
        and not _disputed(session, placement)
    ):
        return "The supervisor confirmed what you logged."
    return ""


def dispute(
    session: Session, placement: Placement, *, actor: Actor, words: str
) -> HoursDispute:
    """Pressed twice, or in two tabs, it is one dispute."""
    queries.one_at_a_time(session, placement)
    require_open(actor, placement)
    by_link = actor.supervises(placement.id)
    if present := _own_open(session, placement, by_link=by_link):
        return present
    totals = queries.totals(session, [placement.id])[placement.id]
    if refusal := why_not(session, actor, placement, totals):
        is_side = by_link or rules.is_writer(actor, placement)
        raise NotPossible(refusal) if is_side else NotPermitted(refusal)
    if not words.strip() or len(words) > LONGEST:
        raise InvalidInput(
            "Say in your words what differs; the instructor reads it.", field="words"
        )
    found = HoursDispute(
        placement_id=placement.id,
        person_id=None if by_link else actor.person_id,
        contact_id=actor.contact_id if by_link else None,
        reported_minutes=totals.reported,
        confirmed_minutes=totals.confirmed,
        words_id=audit.erasable(session, words.strip()).id,
    )
    session.add(found)
    session.flush()
    audit.record(
        session,
        "hours:dispute",
        placement,
        actor=actor,
        dispute=found.id,
        reported=totals.reported,
        confirmed=totals.confirmed,
    )
    return found


def take_back(session: Session, placement: Placement, *, actor: Actor) -> None:
    """Whoever asked lets the other side's figure stand; pressed twice, nothing happens."""
    by_link = actor.supervises(placement.id)
    if not by_link and not rules.is_writer(actor, placement):
        raise NotPermitted("Only who disputed the hours takes it back.")
    require_open(actor, placement)
    found = _own_open(session, placement, by_link=by_link)
    if found is None:
        return
    found.settled_at = clock.now()
    session.flush()
    audit.record(session, "hours:take_back_dispute", placement, actor=actor, dispute=found.id)


def settle(session: Session, placement: Placement, ruling: HoursRuling) -> int:
    """The ruling answers both sides; how many had asked."""
    found = [one for one in of_placement(session, placement) if one.settled_at is None]
    for one in found:
        one.settled_at, one.ruling_id = clock.now(), ruling.id
    return len(found)


def of_placement(session: Session, placement: Placement) -> Sequence[HoursDispute]:
    """Oldest first, settled ones too."""
    return session.scalars(
        select(HoursDispute)
        .where(HoursDispute.placement_id == placement.id)
        .options(
            joinedload(HoursDispute.words),
            joinedload(HoursDispute.person),
            joinedload(HoursDispute.contact),
        )
        .order_by(HoursDispute.id)
    ).all()


def open_ones(session: Session, placement_ids: Iterable[int]) -> dict[int, list[HoursDispute]]:
    """By placement, for lists: one query for any number."""
    found: dict[int, list[HoursDispute]] = {}
    for one in session.scalars(
        select(HoursDispute)
        .where(
            HoursDispute.placement_id.in_(list(placement_ids)),
            HoursDispute.settled_at.is_(None),
        )
        .options(joinedload(HoursDispute.words))
        .order_by(HoursDispute.id)
    ):
        found.setdefault(one.placement_id, []).append(one)
    return found


def waiting_in(session: Session, actor: Actor, course_id: int) -> Sequence[Placement]:
    """Placements of a course on which a ruling is asked for, longest wait first."""
    waits = (
        select(HoursDispute.placement_id, func.min(HoursDispute.id))
        .where(HoursDispute.settled_at.is_(None))
        .group_by(HoursDispute.placement_id)
    )
    return placements.longest_waiting(session, actor, course_id, waits)


def _own_open(session: Session, placement: Placement, *, by_link: bool) -> HoursDispute | None:
    side = HoursDispute.contact_id if by_link else HoursDispute.person_id
    return session.scalar(
        select(HoursDispute).where(
            HoursDispute.placement_id == placement.id,
            HoursDispute.settled_at.is_(None),
            side.is_not(None),
        )
    )


def _disputed(session: Session, placement: Placement) -> bool:
    found = queries.entries(session, placement)
    return any(entry.state == EntryState.DISPUTED for entry in found)
