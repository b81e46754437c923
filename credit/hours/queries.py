"""Reading hours; every query starts from who may see the placement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from credit.hours.models import HoursConfirmation, HoursEntry, HoursRuling
from credit.hours.standing import confirmed_totals
from credit.policy.counting import monday


@dataclass(frozen=True)
class Totals:
    reported: int = 0
    confirmed: int | None = None
    """The latest confirmed total; absent until somebody confirmed."""
    ruled: int | None = None
    """The instructor's word over both."""

    @property
    def accepted(self) -> int:
        """What stands today, before any policy: the ruling, else what both sides say."""
        if self.ruled is not None:
            return self.ruled
        return min(self.reported, self.confirmed) if self.confirmed is not None else 0


@dataclass(frozen=True)
class Week:
    monday: date
    entries: Sequence[HoursEntry]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


def visible_to(actor: Actor) -> Select[HoursEntry]:
    seen = placements.visible_to(actor).with_only_columns(Placement.id)
    return select(HoursEntry).where(HoursEntry.placement_id.in_(seen))


def get(session: Session, placement: Placement, public_id: str, *, actor: Actor) -> HoursEntry:
    entry = session.scalar(
        visible_to(actor).where(
            HoursEntry.placement_id == placement.id,
            HoursEntry.public_id == public_id,
            HoursEntry.removed_at.is_(None),
        )
    )
    if entry is None:
        raise NotFound
    return entry


def entries(session: Session, placement: Placement) -> Sequence[HoursEntry]:
    """Those that stand, latest day first."""
    return session.scalars(
        select(HoursEntry)
        .where(HoursEntry.placement_id == placement.id, HoursEntry.removed_at.is_(None))
        .order_by(HoursEntry.worked_on.desc(), HoursEntry.id.desc())
    ).all()


def by_week(found: Iterable[HoursEntry]) -> list[Week]:
    weeks: dict[date, list[HoursEntry]] = {}
    for entry in found:
        weeks.setdefault(monday(entry.worked_on), []).append(entry)
    return [Week(day, weeks[day]) for day in sorted(weeks, reverse=True)]


def latest_confirmation(session: Session, placement: Placement) -> HoursConfirmation | None:
    return session.scalar(
        select(HoursConfirmation)
        .where(HoursConfirmation.placement_id == placement.id)
        .options(
            joinedload(HoursConfirmation.note),
            joinedload(HoursConfirmation.contact),
            joinedload(HoursConfirmation.person),
        )
        .order_by(HoursConfirmation.id.desc())
        .limit(1)
    )


def latest_ruling(session: Session, placement: Placement) -> HoursRuling | None:
    return session.scalar(
        select(HoursRuling)
        .where(HoursRuling.placement_id == placement.id)
        .options(joinedload(HoursRuling.reason), joinedload(HoursRuling.ruled_by))
        .order_by(HoursRuling.id.desc())
        .limit(1)
    )


def is_ruled(session: Session, placement: Placement) -> bool:
    found = exists().where(HoursRuling.placement_id == placement.id)
    return bool(session.scalar(select(found)))


def last_entry(session: Session, placement: Placement) -> HoursEntry | None:
    """What was logged last, to be offered again."""
    return session.scalar(
        select(HoursEntry)
        .where(HoursEntry.placement_id == placement.id, HoursEntry.removed_at.is_(None))
        .order_by(HoursEntry.id.desc())
        .limit(1)
    )


def totals(session: Session, placement_ids: Iterable[int]) -> dict[int, Totals]:
    """Three queries for any number of placements; every id that was asked is in the answer."""
    ids = list(placement_ids)
    if not ids:
        return {}
    reported = _reported(session, ids)
    confirmed = confirmed_totals(session, ids)
    ruled = _latest(session, HoursRuling, HoursRuling.minutes, ids)
    return {
        one: Totals(reported.get(one, 0), confirmed.get(one), ruled.get(one)) for one in ids
    }


def _reported(session: Session, ids: list[int]) -> Mapping[int, int]:
    rows = session.execute(
        select(HoursEntry.placement_id, func.sum(HoursEntry.minutes))
        .where(HoursEntry.placement_id.in_(ids), HoursEntry.removed_at.is_(None))
        .group_by(HoursEntry.placement_id)
    )
    return {row[0]: int(row[1]) for row in rows}


def _latest(
    session: Session,
    table: type[HoursConfirmation] | type[HoursRuling],
    minutes: InstrumentedAttribute[int],
    ids: list[int],
) -> dict[int, int]:
    newest = (
        select(func.max(table.id))
        .where(table.placement_id.in_(ids))
        .group_by(table.placement_id)
    )
    rows = session.execute(select(table.placement_id, minutes).where(table.id.in_(newest)))
    return {row[0]: row[1] for row in rows}


def minutes_on(
    session: Session, placement: Placement, day: date, *, besides: int | None
) -> int:
    """All that this student logged for one day, whatever the placement."""
    query = (
        select(func.coalesce(func.sum(HoursEntry.minutes), 0))
        .join(HoursEntry.placement)
        .where(
            Placement.person_id == placement.person_id,
            HoursEntry.worked_on == day,
            HoursEntry.removed_at.is_(None),
        )
    )
    if besides is not None:
        query = query.where(HoursEntry.id != besides)
    return int(session.scalar(query) or 0)


def last_worked(session: Session, placement_ids: Iterable[int]) -> dict[int, date]:
    rows = session.execute(
        select(HoursEntry.placement_id, func.max(HoursEntry.worked_on))
        .where(
            HoursEntry.placement_id.in_(list(placement_ids)), HoursEntry.removed_at.is_(None)
        )
        .group_by(HoursEntry.placement_id)
    )
    return {row[0]: row[1] for row in rows}


def same_moments_ago(
    session: Session, placement: Placement, *, since: datetime, **values: object
) -> HoursEntry | None:
    """The entry that a second press of the button would repeat."""
    return session.scalar(
        select(HoursEntry)
        .where(
            HoursEntry.placement_id == placement.id,
            HoursEntry.removed_at.is_(None),
            HoursEntry.created_at > since,
        )
        .filter_by(**values)
        .limit(1)
    )


def confirmed_moments_ago(
    session: Session, placement: Placement, *, since: datetime, **values: object
) -> HoursConfirmation | None:
    """The confirmation that a second press of the button would repeat."""
    latest = session.scalar(
        select(HoursConfirmation)
        .where(
            HoursConfirmation.placement_id == placement.id,
            HoursConfirmation.confirmed_at > since,
        )
        .order_by(HoursConfirmation.id.desc())
        .limit(1)
    )
    is_same = latest is not None and all(
        getattr(latest, name) == value for name, value in values.items()
    )
    return latest if is_same else None


def one_at_a_time(session: Session, placement: Placement) -> None:
    """Two tabs that log at once would each find room in the day."""
    # Rows that only refer to the person may still be written: FOR NO KEY UPDATE.
    session.execute(
        select(Person.id)
        .where(Person.id == placement.person_id)
        .with_for_update(key_share=True)
    )
