"""Changes of a placement that other features follow: its dates, and who supervises."""

from dataclasses import dataclass
from datetime import date

from careerlink.placements.models import Placement, Supervision


@dataclass(frozen=True)
class Schedule:
    """The dates and the size of a placement, as agreed upon at one time."""

    starts_on: date
    ends_on: date
    planned_minutes: int


@dataclass(frozen=True)
class HandOver:
    """Somebody else supervises from now on; the evaluations of both stay possible."""

    placement: Placement
    ended: tuple[Supervision, ...]
    begun: Supervision
    passes_draft: bool
    """The former supervisor agreed that what they had written so far goes to the new one."""
    asks_former: bool = False
    """The former supervisor can still be reached, and evaluates what they saw themselves."""
