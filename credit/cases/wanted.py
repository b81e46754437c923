"""What a reader asks of the queue, all in its address: which cases, whose, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute

from careerlink.people.models import Person
from careerlink.web.query import LONGEST
from credit.cases.models import CreditCase


class Filter(StrEnum):
    MINE = "mine"
    SUPERVISOR = "supervisor"
    STUDENT = "student"
    DECIDED = "decided"
    ALL = "all"


class Whose(StrEnum):
    MINE = "mine"
    """Routed to the reader, or to nobody, or to somebody who has left."""
    EVERYONE = "everyone"


class Sort(StrEnum):
    WAIT = "wait"
    """Longest wait first."""
    NAME = "name"


@dataclass(frozen=True)
class Wanted:
    chosen: Filter = Filter.MINE
    whose: Whose = Whose.MINE
    sort: Sort = Sort.WAIT
    text: str = ""
    """A part of the student's name."""
    after: str | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """From an address; what it does not know, it does not mind."""
        show, for_, sort = asked.get("show"), asked.get("for"), asked.get("sort")
        return cls(
            chosen=Filter(show) if show in set(Filter) else Filter.MINE,
            whose=Whose(for_) if for_ in set(Whose) else Whose.MINE,
            sort=Sort(sort) if sort in set(Sort) else Sort.WAIT,
            text=asked.get("q", "").replace("\0", " ").strip()[:LONGEST],
            after=asked.get("after", "")[:LONGEST] or None,
        )

    @property
    def order_by(self) -> Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]]:
        if self.sort == Sort.NAME:
            return (func.coalesce(Person.name, ""), CreditCase.id)
        return (CreditCase.state_since, CreditCase.id)

    def key_of(self, case: CreditCase) -> Sequence[Any]:
        if self.sort == Sort.NAME:
            return (case.person.name or "", case.id)
        return (case.state_since, case.id)
