"""What a line says of an enrollment, beside what is known of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from careerlink.enrollments.models import EnrollmentLevel

NAMES = {
    "credits_thousandths": "credits",
    "added_on": "added",
    "first_added_on": "first added",
    "dropped_on": "dropped",
    "is_withdrawn": "W",
    "level": "level",
    "program": "program",
    "department": "department",
}
"""Each fact with its word for the screen."""


class Said(Protocol):
    """A line of a file, or one that waited for its student."""

    term_id: Any
    told: Any
    added_on: Any
    first_added_on: Any


Change = tuple[str, Any, Any]
"""Name of the fact, before, after."""


def differences(row: Any, said: Said) -> Sequence[Change]:
    """What would be other than now, where ``row`` is an enrollment or its plain columns.

    What the file has no column for stays as it is; under another term it is not known at all.
    """
    goes_on = row is not None and not is_of_another_term(row, said)
    wanted = {name: getattr(said, name) for name in (said.told if goes_on else NAMES)}
    if "first_added_on" not in said.told:
        days = [said.added_on, *((row.first_added_on, row.added_on) if goes_on else ())]
        wanted["first_added_on"] = min((day for day in days if day), default=None)
    return [
        (name, before, wanted[name])
        for name in NAMES
        if name in wanted and (before := getattr(row, name, None)) != wanted[name]
    ]


def is_of_another_term(row: Any, said: Said) -> bool:
    """A course without a term may be taken again, and under the same number."""
    return row.term_id not in (None, said.term_id)


def contradiction(row: Any, said: Any) -> str:
    """A file may give the day of the drop alone; that of the add is known from before."""
    goes_on = row is not None and not is_of_another_term(row, said)
    added = said.added_on or (row.added_on if goes_on else None)
    if said.dropped_on is not None and added is not None and said.dropped_on < added:
        return f"Dropped on {said.dropped_on}, before the student was added on {added}."
    return ""


def in_words(change: Change) -> list[str]:
    name, before, after = change
    return [NAMES.get(name, name), _words(name, before), _words(name, after)]


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "is_withdrawn":
        return "yes" if value else "no"
    if name == "credits_thousandths":
        return f"{value / 1000:g}"
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, EnrollmentLevel) else str(value)
