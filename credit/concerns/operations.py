"""Opening, taking and settling what the office looks into. Nothing here commits."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.concerns.models import Concern, ConcernKind

LONGEST = 2000


def open_concern(
    session: Session,
    placement: Placement,
    *,
    kind: ConcernKind,
    actor: Actor,
    words_id: int | None = None,
    minutes: int | None = None,
) -> Concern:
    """A task for staff; while one of this kind is open, another answer makes no second one."""
    if present := _open(session, placement, kind):
        return present
    concern = Concern(
        institution_id=placement.institution_id,
        placement=placement,
        kind=kind,
        words_id=words_id,
        minutes=minutes,
    )
    try:
        # Both sides may answer in the same second.
        with session.begin_nested():
            session.add(concern)
            session.flush()
    except IntegrityError:
        return _open(session, placement, kind) or concern
    audit.record(
        session,
        "concern:open",
        concern,
        actor=actor,
        kind=kind,
        placement=placement.id,
        minutes=minutes,
    )
    return concern


def take(session: Session, concern: Concern, *, actor: Actor) -> None:
    """Say that one is on it, so that colleagues and the instructor see it."""
    _require_staff(concern, actor)
    if concern.settled_at is not None or concern.taken_by_id == actor.person_id:
        return
    concern.taken_by_id, concern.taken_at = actor.person_id, clock.now()
    session.flush()
    audit.record(session, "concern:take", concern, actor=actor)


def settle(session: Session, concern: Concern, *, actor: Actor, note: str) -> None:
    """Done, with what came of it; a second press finds it settled.

    :raises ChangedMeanwhile: a colleague settled it first; their note stands.
    """
    _require_staff(concern, actor)
    if not note.strip() or len(note) > LONGEST:
        raise InvalidInput("Say in a sentence what came of it.", field="note")
    if concern.settled_at is not None:
        if concern.settled_by_id == actor.person_id:
            return
        raise ChangedMeanwhile("A colleague has settled this already; their note stands.")
    concern.settled_at, concern.settled_by_id = clock.now(), actor.person_id
    concern.note_id = audit.erasable(session, note.strip()).id
    session.flush()
    audit.record(session, "concern:settle", concern, actor=actor)


def _open(session: Session, placement: Placement, kind: ConcernKind) -> Concern | None:
    return session.scalar(
        select(Concern).where(
            Concern.placement_id == placement.id,
            Concern.kind == kind,
            Concern.settled_at.is_(None),
        )
    )


def _require_staff(concern: Concern, actor: Actor) -> None:
    if not actor.is_staff or actor.institution_id != concern.institution_id:
        raise NotPermitted("Only career staff settle this.")
