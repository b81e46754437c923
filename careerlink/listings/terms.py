"""What a listing must promise: hours within the program's range, pay not under the floor.

The floor is campus policy: minimum wage law does not cover a contractor with a fixed fee.
"""

from collections.abc import Mapping
from typing import Any

from careerlink.listings.models import Listing

LEAST_MINUTES = 5 * 60
MOST_MINUTES = 40 * 60


def per_hour(fee_minor: int, minutes: int) -> int:
    """Rounded down, in minor units: never better than it is."""
    return fee_minor * 60 // minutes if minutes else 0


def is_below_floor(fee_minor: int, minutes: int, floor_minor: int) -> bool:
    """Compared without rounding: $19.999 is below a floor of $20."""
    return fee_minor * 60 < floor_minor * minutes


def problems(values: Mapping[str, Any], floor_minor: int) -> dict[str, str]:
    """By field, why these terms may not go to students; empty when they may."""
    found: dict[str, str] = {}
    minutes, fee_minor = values["planned_minutes"], values["fee_minor"]
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        found["hours"] = "hours between 5 and 40"
    if is_below_floor(fee_minor, minutes, floor_minor) and not values["floor_exception"]:
        found["floor_exception"] = (
            "the campus floor per hour, or staff’s reason for an exception"
        )
    if values["starts_on"] > values["ends_on"]:
        found["ends_on"] = "an end on or after the start"
    if values["apply_by"] is not None and values["apply_by"] > values["ends_on"]:
        found["apply_by"] = "an apply-by day before the project ends"
    return found


def values_of(listing: Listing) -> dict[str, Any]:
    names = (
        "planned_minutes", "fee_minor", "floor_exception", "starts_on", "ends_on", "apply_by",
    )  # fmt: skip
    return {name: getattr(listing, name) for name in names}


def unmet(listing: Any) -> list[str]:
    return list(problems(values_of(listing), listing.institution.fee_floor_minor).values())
