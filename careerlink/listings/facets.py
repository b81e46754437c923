"""The links beside the board with their counts: what each would leave, given the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_, func, true
from sqlalchemy.orm import Session

from careerlink.courses.models import Course, Objective
from careerlink.listings import board
from careerlink.listings.board_filters import (
    HOURS,
    HOURS_WORDS,
    PAY,
    BoardFilters,
    by_name,
    one,
    pay_edges,
)
from careerlink.listings.models import Listing, ListingObjective
from careerlink.people.actors import Actor

MOST_FIELDS = 12


@dataclass(frozen=True)
class Choice:
    label: str
    name: str
    """Of the filter, as in the address."""
    value: str
    count: int
    is_current: bool
    minor: tuple[int, ...] = ()
    """Edges of a pay band, which the template writes in the course's currency."""


@dataclass
class Facets:
    total: int = 0
    found: int = 0
    quick: list[Choice] = field(default_factory=list)
    hours: list[Choice] = field(default_factory=list)
    pay: list[Choice] = field(default_factory=list)
    objectives: list[Choice] = field(default_factory=list)
    fields: list[Choice] = field(default_factory=list)
    without: dict[str, int] = field(default_factory=dict)
    """By filter that is on: how many there are without it alone."""


def counted(
    session: Session,
    actor: Actor,
    course: Course,
    filters: BoardFilters,
    objectives: Sequence[Objective],
    today: date,
) -> Facets:
    """Three queries, however many listings and choices there are."""
    built = by_name(session, actor, course, filters)

    def without(name: str) -> Any:
        return and_(true(), *(c for other, c in built.items() if other != name))

    base = board.visible_to(actor, course, today)
    plain = _plain_choices(actor, course)
    columns: list[Any] = [
        func.count().filter(and_(condition, without(name)))
        for name, _value, _label, condition, _minor in plain
    ]
    columns += [func.count().filter(without(name)) for name in built]
    columns += [func.count(), func.count().filter(without(""))]
    numbers = list(session.execute(base.with_only_columns(*columns)).one())
    facets = Facets(total=numbers[-2], found=numbers[-1])
    facets.without = dict(zip(built, numbers[len(plain) : -2], strict=True))
    for (name, value, label, _condition, minor), number in zip(plain, numbers, strict=False):
        choice = Choice(label, name, value, number, getattr(filters, name) == value, minor)
        group = {"hours": facets.hours, "pay": facets.pay}.get(name, facets.quick)
        group.append(choice)
    _add_fields(session, facets, filters, base.where(without("field")))
    _add_objectives(session, facets, filters, base.where(without("objective")), objectives)
    return facets


def _plain_choices(actor: Actor, course: Course) -> list[tuple[str, str, str, Any, Any]]:
    low, middle, high = pay_edges(course)
    edges = {"under": (low,), "low": (low, middle), "middle": (middle, high), "high": (high,)}
    wanted = [
        ("ends", "in-time", "Ends before grades are due", ()),
        ("where", "remote", "Remote", ()),
        ("slots", "left", "Places left", ()),
        ("saved", "yes", "Saved", ()),
        *(("hours", band, HOURS_WORDS[band], ()) for band in HOURS),
        *(("pay", band, "", edges[band]) for band in PAY),
    ]
    found = []
    for name, value, label, minor in wanted:
        condition = one(name, value, actor, course)
        if condition is not None:
            found.append((name, value, label, condition, minor))
    return found


def _add_fields(session: Session, facets: Facets, filters: BoardFilters, query: Any) -> None:
    rows = session.execute(
        query.where(Listing.field != "")
        .with_only_columns(Listing.field, func.count())
        .group_by(Listing.field)
        .order_by(func.count().desc(), Listing.field)
        .limit(MOST_FIELDS)
    )
    facets.fields = [
        Choice(name, "field", name, number, filters.field == name) for name, number in rows
    ]


def _add_objectives(
    session: Session,
    facets: Facets,
    filters: BoardFilters,
    query: Any,
    objectives: Sequence[Objective],
) -> None:
    rows = session.execute(
        query.join(ListingObjective, ListingObjective.listing_id == Listing.id)
        .with_only_columns(ListingObjective.objective_id, func.count())
        .group_by(ListingObjective.objective_id)
    )
    numbers = {row[0]: row[1] for row in rows}
    facets.objectives = [
        Choice(
            f"{objective.code} {objective.title}",
            "objective",
            objective.code,
            numbers.get(objective.id, 0),
            filters.objective == objective.code,
        )
        for objective in objectives
    ]
