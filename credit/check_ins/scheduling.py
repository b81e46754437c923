"""Check-ins as rows: made when the work starts, moved with its dates, closed when it ends."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from careerlink import clock
from careerlink.people.actors import Actor, system
from careerlink.placements.changes import Schedule
from careerlink.placements.models import Placement, PlacementState
from credit.check_ins.models import CheckIn, CheckInAnswer, CheckInKind, Party
from credit.check_ins.plan import FIRST_CONTACT_WITHIN, progress_days
from credit.concerns import operations as concerns
from credit.concerns.models import Concern, ConcernKind
from credit.evidence.models import Milestone

BATCH = 200


def when_started(session: Session, placement: Placement, _actor: Actor) -> None:
    """Also after work was reopened: what is asked already stays as it is."""
    today = clock.today(placement.institution.time_zone)
    first_day = max(today, placement.starts_on)
    if not _present(session, placement, CheckInKind.FIRST_CONTACT):
        _ask(session, placement, CheckInKind.FIRST_CONTACT, 1, first_day)
    _plan_progress(session, placement, today)


def when_rescheduled(
    session: Session, placement: Placement, _before: Schedule, _actor: Actor
) -> None:
    """Later dates follow; what was answered, and the day on which it was asked, stays."""
    if placement.state == PlacementState.ACTIVE:
        _plan_progress(session, placement, clock.today(placement.institution.time_zone))


def when_over(session: Session, placement: Placement, _actor: Actor) -> None:
    _close(session, CheckIn.placement_id == placement.id)


def sweep(session: Session) -> int:
    """What comes with time: the question of last week makes room, a silence becomes a task."""
    return _close_overtaken(session) + _tell_of_silence(session)


def close_others(session: Session, placement: Placement, kind: CheckInKind) -> None:
    """One side's word is enough."""
    _close(session, CheckIn.placement_id == placement.id, CheckIn.kind == kind)


def _plan_progress(session: Session, placement: Placement, today: date) -> None:
    """Questions keep their numbers; those that nobody has answered get the new days."""
    days = progress_days(
        placement.starts_on,
        placement.ends_on,
        placement.planned_minutes,
        _milestones(session, placement),
    )
    present = _present(session, placement, CheckInKind.PROGRESS)
    asked = {one.number for one in present}
    for one in present:
        if one.answered_at is not None:
            continue
        wanted = days[one.number - 1] if one.number <= len(days) else None
        if wanted is None:
            one.closed_at = one.closed_at or clock.now()
        elif one.due_on >= today or wanted >= today:
            one.due_on, one.closed_at = max(wanted, today), None
    for number, day in enumerate(days, 1):
        if number not in asked and day >= today:
            _ask(session, placement, CheckInKind.PROGRESS, number, day)
    session.flush()


def _ask(
    session: Session, placement: Placement, kind: CheckInKind, number: int, day: date
) -> None:
    session.add_all(
        CheckIn(placement_id=placement.id, kind=kind, number=number, party=party, due_on=day)
        for party in Party
    )
    session.flush()


def _present(session: Session, placement: Placement, kind: CheckInKind) -> Sequence[CheckIn]:
    return session.scalars(
        select(CheckIn).where(CheckIn.placement_id == placement.id, CheckIn.kind == kind)
    ).all()


def _milestones(session: Session, placement: Placement) -> Sequence[date]:
    return session.scalars(
        select(Milestone.due_on).where(Milestone.placement_id == placement.id)
    ).all()


def _close(session: Session, *conditions: object) -> int:
    closed = session.execute(
        update(CheckIn)
        .where(CheckIn.answered_at.is_(None), CheckIn.closed_at.is_(None), *conditions)  # type: ignore[arg-type]
        .values(closed_at=clock.now(), version=CheckIn.version + 1)
    )
    return int(closed.rowcount)  # type: ignore[attr-defined]


def _close_overtaken(session: Session) -> int:
    """Nobody is asked about two weeks at once: the newer question stands.

    A day later than on any campus; ``queries.due`` gives the newest until then.
    """
    today = clock.now().date() - timedelta(days=1)
    newer = aliased(CheckIn)
    overtaken = (
        select(newer.id)
        .where(
            newer.placement_id == CheckIn.placement_id,
            newer.party == CheckIn.party,
            newer.kind == CheckInKind.PROGRESS,
            newer.number > CheckIn.number,
            newer.closed_at.is_(None),
            newer.due_on <= today,
        )
        .correlate(CheckIn)
        .exists()
    )
    return _close(session, CheckIn.kind == CheckInKind.PROGRESS, overtaken)


def _tell_of_silence(session: Session) -> int:
    """No first contact within five days: the office hears of it, once."""
    known = (
        select(Concern.id)
        .where(
            Concern.placement_id == Placement.id,
            Concern.kind == ConcernKind.NO_FIRST_CONTACT,
        )
        .exists()
    )
    confirmed = (
        select(CheckIn.id)
        .where(
            CheckIn.placement_id == Placement.id,
            CheckIn.answer == CheckInAnswer.ON_TRACK,
        )
        .exists()
    )
    found = session.scalars(
        select(Placement)
        .where(
            Placement.state == PlacementState.ACTIVE,
            Placement.id.in_(
                select(CheckIn.placement_id).where(
                    CheckIn.kind == CheckInKind.FIRST_CONTACT,
                    CheckIn.answered_at.is_(None),
                    CheckIn.closed_at.is_(None),
                    CheckIn.due_on <= clock.now().date() - FIRST_CONTACT_WITHIN,
                )
            ),
            ~known,
            ~confirmed,
        )
        .order_by(Placement.id)
        .limit(BATCH)
    ).all()
    late = [one for one in found if _is_silent_long(session, one)]
    for placement in late:
        concerns.open_concern(
            session,
            placement,
            kind=ConcernKind.NO_FIRST_CONTACT,
            actor=system(placement.institution_id),
        )
    return len(late)


def _is_silent_long(session: Session, placement: Placement) -> bool:
    """By the campus's calendar; the query above knows only UTC."""
    asked = min(one.due_on for one in _present(session, placement, CheckInKind.FIRST_CONTACT))
    return clock.today(placement.institution.time_zone) >= asked + FIRST_CONTACT_WITHIN
