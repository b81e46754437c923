"""The days of a term, and which orders of them cannot be meant. No database, no clock."""

from collections.abc import Mapping
from datetime import date, timedelta

DAYS = {
    "starts_on": "First day",
    "last_add_on": "Last day to add",
    "census_on": "Census day",
    "last_drop_on": "Last day to drop",
    "withdraw_by_on": "Last day to withdraw (W)",
    "ends_on": "Last day",
    "grades_due_on": "Grades due",
}
WITHIN = ("last_add_on", "census_on", "last_drop_on", "withdraw_by_on")
LONGEST = timedelta(days=400)
LATEST_GRADES = timedelta(days=200)
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100

Days = Mapping[str, date | None]


def faults(days: Days) -> dict[str, str]:
    """What is wrong, by the day at which it stands."""
    found: dict[str, str] = {}
    for name, day in days.items():
        if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            found[name] = f"Check the year: {day.year}."
    first, last = days.get("starts_on"), days.get("ends_on")
    if found or first is None or last is None:
        return found
    if last <= first:
        found["ends_on"] = f"The last day comes after the first, {first}."
    elif last - first > LONGEST:
        found["ends_on"] = f"From {first} this is more than 400 days. Check the year."
    for name in WITHIN:
        day = days.get(name)
        if day is not None and not first <= day <= last:
            found[name] = f"Choose a day of the term, {first} to {last}."
    return found | _order(days, last)


def _order(days: Days, last: date) -> dict[str, str]:
    found: dict[str, str] = {}
    drop, withdraw = days.get("last_drop_on"), days.get("withdraw_by_on")
    if drop is not None and withdraw is not None and withdraw < drop:
        found["withdraw_by_on"] = (
            f"Leaving with a W ends on the last day to drop, {drop}, at the earliest."
        )
    due = days.get("grades_due_on")
    if due is not None and due < last:
        found["grades_due_on"] = f"Grades are due on the last day, {last}, or later."
    elif due is not None and due - last > LATEST_GRADES:
        found["grades_due_on"] = "This is more than 200 days after the term. Check the year."
    return found
