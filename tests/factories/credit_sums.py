"""Inputs of credit sums, without a database: a case that lacks nothing, and changes to it."""

from datetime import date, timedelta
from typing import Any

from credit.policy.inputs import EDITION, CaseInput, EntryInput, PlacementInput, TermInput

FIRST = date(2026, 9, 7)
TERM = TermInput(starts_on=FIRST, ends_on=date(2026, 12, 20), carried_from=date(2026, 6, 1))
HOUR = 60


def placement(minutes: int, *, number: int = 1, **values: Any) -> PlacementInput:
    """Work of ``minutes``, in days of eight hours, one a week, confirmed as reported."""
    full, rest = divmod(minutes, 480)
    days = [480] * full + ([rest] if rest else [])
    entries = tuple(
        EntryInput(id=number * 1000 + i, worked_on=FIRST + timedelta(weeks=i), minutes=m)
        for i, m in enumerate(days)
    )
    plain: dict[str, Any] = {
        "id": number,
        "title": f"Project {number}",
        "planned_minutes": minutes or 60,
        "agreement_id": number,
        "agreed_on": FIRST,
        "entries": entries,
        "confirmation_id": number,
        "confirmed_minutes": minutes,
    }
    return PlacementInput(**{**plain, **values})


def case(*placements: PlacementInput, **values: Any) -> CaseInput:
    return CaseInput(placements=placements, **values)


def whole_project(hours: int, *, number: int = 1, days: int = 77, **values: Any) -> Any:
    """From the first day of term on over so many days, with all evidence and no ties."""
    pieces = max(2, -(-hours // 8))
    minutes = [hours * HOUR // pieces] * pieces
    minutes[0] += hours * HOUR - sum(minutes)
    plain: dict[str, Any] = {
        "entries": tuple(
            EntryInput(
                id=number * 1000 + at,
                worked_on=FIRST + timedelta(days=at * (days - 1) // (pieces - 1)),
                minutes=amount,
            )
            for at, amount in enumerate(minutes)
        ),
        "agreed_on": FIRST - timedelta(days=7),
        "deliverables": 1,
        "reflections": 1,
        "submission_ids": (number,),
        "self_submission_ids": (number,),
        "midpoint_ids": (number,),
        "objectives": 2,
        "is_paid_by_university": False,
        "supervisor_teaches": False,
        "has_tie": False,
    }
    return placement(hours * HOUR, number=number, **{**plain, **values})


def moved(project: PlacementInput, *, days: int) -> PlacementInput:
    """The same work, so many days later or earlier."""
    entries = [
        one.model_copy(update={"worked_on": one.worked_on + timedelta(days=days)})
        for one in project.entries
    ]
    return project.model_copy(update={"entries": tuple(entries)})


def whole_case(*projects: PlacementInput, **values: Any) -> CaseInput:
    """Everything that a policy may ask is known, and as it should be."""
    plain: dict[str, Any] = {
        "edition": EDITION,
        "enrolled_on": FIRST - timedelta(days=7),
        "term": TERM,
        "is_earlier_known": True,
        "nothing_earlier_id": 1,
        "majors": ({"id": 1, "thousandths": 36_000},),
        "has_syllabus": True,
        "has_hold": False,
        "confirmed_rules": ("double_count",),
    }
    return CaseInput(placements=projects, **{**plain, **values})
