"""Reading check-ins: each side its own question, teachers and the office both answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from credit.check_ins.models import CheckIn, CheckInKind, Party

ANSWERED = (
    joinedload(CheckIn.person),
    joinedload(CheckIn.contact),
    joinedload(CheckIn.words),
)


@dataclass(frozen=True)
class Pair:
    """One question, as both sides answered it."""

    kind: CheckInKind
    due_on: date
    student: CheckIn | None
    supervisor: CheckIn | None

    @property
    def answered_at(self) -> datetime | None:
        """The latest answer."""
        both = (self.student, self.supervisor)
        return max((one.answered_at for one in both if one and one.answered_at), default=None)


def visible_to(actor: Actor) -> Select[CheckIn]:
    """A supervisor reads their own answers only: the student's may be about them."""
    seen = placements.visible_to(actor).with_only_columns(Placement.id)
    query = select(CheckIn).where(CheckIn.placement_id.in_(seen))
    if actor.contact_id is not None:
        query = query.where(
            CheckIn.party == Party.SUPERVISOR,
            or_(CheckIn.contact_id.is_(None), CheckIn.contact_id == actor.contact_id),
        )
    return query


def get(session: Session, placement: Placement, public_id: str, *, actor: Actor) -> CheckIn:
    found = session.scalar(
        visible_to(actor)
        .where(CheckIn.placement_id == placement.id, CheckIn.public_id == public_id)
        .options(*ANSWERED, joinedload(CheckIn.placement))
    )
    if found is None:
        raise NotFound
    return found


def due(session: Session, placement: Placement, party: Party) -> CheckIn | None:
    """What this side is asked today: how it goes, or else whether there was contact at all."""
    today = clock.today(placement.institution.time_zone)
    return session.scalar(
        select(CheckIn)
        .where(
            CheckIn.placement_id == placement.id,
            CheckIn.party == party,
            CheckIn.answered_at.is_(None),
            CheckIn.closed_at.is_(None),
            CheckIn.due_on <= today,
        )
        .order_by(CheckIn.kind.desc(), CheckIn.number.desc())
        .limit(1)
    )


def pairs(
    session: Session, placement_ids: Iterable[int], *, actor: Actor
) -> Mapping[int, Sequence[Pair]]:
    """By placement, oldest first, what was answered or is still asked; one query for all."""
    rows = session.scalars(
        visible_to(actor)
        .where(
            CheckIn.placement_id.in_(list(placement_ids)),
            or_(CheckIn.answered_at.is_not(None), CheckIn.closed_at.is_(None)),
        )
        .options(*ANSWERED)
        .order_by(CheckIn.placement_id, CheckIn.kind, CheckIn.number)
    )
    by_question: dict[tuple[int, CheckInKind, int], dict[Party, CheckIn]] = {}
    for row in rows:
        by_question.setdefault((row.placement_id, row.kind, row.number), {})[row.party] = row
    found: dict[int, list[Pair]] = {}
    for (placement_id, kind, _number), sides in by_question.items():
        day = min(one.due_on for one in sides.values())
        pair = Pair(kind, day, sides.get(Party.STUDENT), sides.get(Party.SUPERVISOR))
        found.setdefault(placement_id, []).append(pair)
    return found


def answers_of(
    session: Session, placement: Placement, party: Party, *, actor: Actor
) -> Sequence[CheckIn]:
    """Latest first."""
    return session.scalars(
        visible_to(actor)
        .where(
            CheckIn.placement_id == placement.id,
            CheckIn.party == party,
            CheckIn.answered_at.is_not(None),
        )
        .options(*ANSWERED)
        .order_by(CheckIn.answered_at.desc(), CheckIn.id.desc())
    ).all()
