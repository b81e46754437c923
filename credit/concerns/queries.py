"""Reading what the office looks into: staff all of it, teachers that of their courses."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from careerlink.courses.reach import looks_after
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.check_ins.models import CheckIn, CheckInAnswer
from credit.concerns.models import Concern, ConcernKind

NEEDS = (
    joinedload(Concern.placement).joinedload(Placement.person),
    joinedload(Concern.placement).joinedload(Placement.partner),
    joinedload(Concern.placement).joinedload(Placement.course),
    joinedload(Concern.words),
    joinedload(Concern.note),
    joinedload(Concern.taken_by),
    joinedload(Concern.settled_by),
)


def stands() -> ColumnElement[bool]:
    """Still to be looked into; a missing first contact no more once one took place, or once the
    work is over."""
    placement = aliased(Placement)
    at_work = exists().where(
        placement.id == Concern.placement_id, placement.state == PlacementState.ACTIVE
    )
    in_touch = exists().where(
        CheckIn.placement_id == Concern.placement_id,
        CheckIn.answer == CheckInAnswer.ON_TRACK,
        CheckIn.answered_at > Concern.opened_at,
    )
    is_moot = and_(
        Concern.kind == ConcernKind.NO_FIRST_CONTACT,
        or_(~at_work.correlate(Concern), in_touch.correlate(Concern)),
    )
    return and_(Concern.settled_at.is_(None), ~is_moot)


def visible_to(actor: Actor) -> Select[Concern]:
    """Neither students nor supervisors: it may be about the other side."""
    query = select(Concern).where(Concern.institution_id == actor.institution_id)
    if actor.reads_office or actor.is_system:
        return query
    if actor.person_id is None:
        return query.where(false())
    return query.join(Concern.placement).where(
        looks_after(actor, Placement.course_id, Placement.person_id)
    )


def get(session: Session, public_id: str, *, actor: Actor) -> Concern:
    concern = session.scalar(
        visible_to(actor).where(Concern.public_id == public_id).options(*NEEDS)
    )
    if concern is None:
        raise NotFound
    return concern


def of_placement(session: Session, placement: Placement, *, actor: Actor) -> Sequence[Concern]:
    """Open ones first, then the latest."""
    return session.scalars(
        visible_to(actor)
        .where(
            Concern.placement_id == placement.id, or_(Concern.settled_at.is_not(None), stands())
        )
        .options(*NEEDS)
        .order_by(Concern.settled_at.is_not(None), Concern.id.desc())
    ).all()


def waiting(session: Session, actor: Actor, *, most: int) -> Sequence[Concern]:
    """Oldest first."""
    return session.scalars(
        visible_to(actor)
        .where(stands())
        .options(*NEEDS)
        .order_by(Concern.opened_at, Concern.id)
        .limit(most)
    ).all()


def in_course(
    session: Session, actor: Actor, course_id: int, *, since: datetime, most: int
) -> Sequence[Concern]:
    """Open ones, and those that were settled lately, for whoever teaches there."""
    return session.scalars(
        visible_to(actor)
        .where(
            Concern.placement_id.in_(
                select(Placement.id).where(Placement.course_id == course_id)
            ),
            or_(stands(), Concern.settled_at > since),
        )
        .options(*NEEDS)
        .order_by(Concern.settled_at.is_not(None), Concern.opened_at.desc(), Concern.id)
        .limit(most)
    ).all()


def open_kinds(session: Session, placement_ids: Iterable[int]) -> dict[int, list[ConcernKind]]:
    """By placement, for lists."""
    found: dict[int, list[ConcernKind]] = {}
    for placement_id, kind in session.execute(
        select(Concern.placement_id, Concern.kind)
        .where(Concern.placement_id.in_(list(placement_ids)), stands())
        .order_by(Concern.id)
    ):
        found.setdefault(placement_id, []).append(kind)
    return found


def latest(session: Session, placement: Placement, kind: ConcernKind) -> Concern | None:
    return session.scalar(
        select(Concern)
        .where(Concern.placement_id == placement.id, Concern.kind == kind)
        .order_by(Concern.id.desc())
        .limit(1)
    )
