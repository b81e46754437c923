"""What a student narrows the board to, kept in the address; each choice is one condition."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Session

from careerlink.courses.models import Course, Objective
from careerlink.listings import search
from careerlink.listings.models import Listing, ListingObjective, SavedListing
from careerlink.people.actors import Actor

HOURS = {"0-20": (0, 20), "5-14": (5, 14), "15-24": (15, 24), "25-40": (25, 40)}
HOURS_WORDS = {"0-20": "Up to 20", "5-14": "5–14", "15-24": "15–24", "25-40": "25–40"}
PAY = ("under", "low", "middle", "high")
NAMES = (
    "q", "where", "hours", "pay", "objective", "field", "slots", "ends", "saved", "only",
    "sort",
)  # fmt: skip
"""As they stand in the address."""
SORTS = ("newest", "pay", "hours", "start")
MOST_CHOSEN = 15
ONE = re.compile(r"[A-Za-z0-9_-]{6,16}")
CHOSEN = re.compile(rf"{ONE.pattern}(,{ONE.pattern}){{0,{MOST_CHOSEN - 1}}}")


@dataclass(frozen=True)
class BoardFilters:
    text: str = ""
    where: str = ""
    """``remote`` or ``place``."""
    hours: str = ""
    pay: str = ""
    objective: str = ""
    """Its code."""
    field: str = ""
    slots: str = ""
    """``left``: at least one place is free."""
    ends: str = ""
    """``in-time``: ends before grades are due."""
    saved: str = ""
    only: str = ""
    """Public ids that an instructor chose, joined by commas."""
    sort: str = "newest"

    def but(self, **changes: str) -> "BoardFilters":
        return replace(self, **changes)

    def chosen(self) -> list[str]:
        """Names of what narrows the list now."""
        return [name for name, value in asdict(self).items() if value and name != "sort"]

    def as_query(self) -> dict[str, str]:
        query = {name: value for name, value in asdict(self).items() if value}
        if query["sort"] == "newest":
            del query["sort"]
        if "text" in query:
            query["q"] = query.pop("text")
        return query


def read(asked: Mapping[str, str]) -> BoardFilters:
    """Unknown values are left out: an old link shows more, never an error."""
    return BoardFilters(
        text=asked["q"],
        where=_one_of(asked["where"], ("remote", "place")),
        hours=_one_of(asked["hours"], HOURS),
        pay=_one_of(asked["pay"], PAY),
        objective=asked["objective"],
        field=asked["field"],
        slots=_one_of(asked["slots"], ("left",)),
        ends=_one_of(asked["ends"], ("in-time",)),
        saved=_one_of(asked["saved"], ("yes",)),
        only=asked["only"] if CHOSEN.fullmatch(asked["only"]) else "",
        sort=_one_of(asked["sort"], SORTS) or "newest",
    )


def conditions(
    session: Session, actor: Actor, course: Course, filters: BoardFilters
) -> list[ColumnElement[bool]]:
    found = by_name(session, actor, course, filters)
    return [found[name] for name in filters.chosen() if name in found]


def by_name(
    session: Session, actor: Actor, course: Course, filters: BoardFilters
) -> dict[str, ColumnElement[bool]]:
    """The condition of each filter that is on, so that counts can leave one out."""
    built: dict[str, ColumnElement[bool]] = {}
    for name in filters.chosen():
        if name == "text":
            built[name] = search.matching(session, filters.text)
        else:
            condition = one(name, getattr(filters, name), actor, course)
            if condition is not None:
                built[name] = condition
    return built


def one(name: str, value: str, actor: Actor, course: Course) -> ColumnElement[bool] | None:
    if name == "where":
        return Listing.is_remote.is_(value == "remote")
    if name == "hours":
        least, most = HOURS[value]
        return Listing.planned_minutes.between(least * 60, most * 60 + 59)
    if name == "pay":
        return _pays(value, course)
    if name == "field":
        return Listing.field == value
    if name == "slots":
        return Listing.slots_held < Listing.slots
    if name == "ends":
        return _ends_in_time(course)
    if name == "only":
        return Listing.public_id.in_(value.split(","))
    if name == "saved":
        return exists().where(
            SavedListing.listing_id == Listing.id, SavedListing.person_id == actor.person_id
        )
    return exists().where(
        ListingObjective.listing_id == Listing.id,
        ListingObjective.objective_id == Objective.id,
        Objective.code == value,
    )


def pay_edges(course: Course) -> tuple[int, int, int]:
    """The floor, a quarter above and a half above it, in minor units per hour."""
    floor = course.institution.fee_floor_minor or 2000
    return floor, floor * 5 // 4, floor * 3 // 2


def _pays(band: str, course: Course) -> ColumnElement[bool]:
    low, middle, high = pay_edges(course)
    least, under = {
        "under": (0, low), "low": (low, middle), "middle": (middle, high), "high": (high, None),
    }[band]  # fmt: skip
    fee, minutes = Listing.fee_minor * 60, Listing.planned_minutes
    at_least: ColumnElement[bool] = fee >= minutes * least
    return at_least if under is None else at_least & (fee < minutes * under)


def _ends_in_time(course: Course) -> ColumnElement[bool] | None:
    term = course.term
    if term is None:
        return None
    return Listing.ends_on <= (term.grades_due_on or term.ends_on)


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""
