"""One line of a list of what is unfinished, whatever the record is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from careerlink.placements.models import Placement
from credit.appeals.models import Appeal
from credit.cases.models import CreditCase


@dataclass(frozen=True)
class Item:
    id: int
    student: str
    title: str
    where: str
    url: str
    state: str
    since: datetime


def _of_placement(row: Any, placement: Placement, state: str, since: datetime) -> Item:
    return Item(
        id=row.id,
        student=placement.person.label,
        title=f"“{placement.title}” at {placement.partner.name}",
        where=placement.course.label or placement.course.title,
        url=url_for("office_placements.show", placement_id=placement.public_id),
        state=state,
        since=since,
    )


def of_placement(row: Placement) -> Item:
    return _of_placement(row, row, row.state.value, row.state_since)


def of_part(row: Any) -> Item:
    return _of_placement(row, row.placement, row.state.value, row.state_since)


def of_case(row: CreditCase, state: str = "", since: datetime | None = None) -> Item:
    course = row.course
    return Item(
        id=row.id,
        student=row.person.label,
        title=course.title,
        where=course.label or course.title,
        url=url_for("cases.show", course_id=course.public_id, case_id=row.public_id),
        state=state or row.state.value,
        since=since or row.state_since,
    )


def of_appeal(row: Appeal) -> Item:
    return of_case(row.credit_case, "appealed", row.filed_at)
