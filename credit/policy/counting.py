"""Which of the reported minutes count. Pure functions: no database, no clock.

Counted = min(latest confirmed total, sum of eligible entries), an instructor's ruling over
both, then the policy's caps (ARCHITECTURE 3).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from credit.policy.inputs import CaseInput, EntryInput, PlacementInput
from credit.policy.parameters import Parameters


@dataclass(frozen=True)
class Counted:
    """One placement's minutes on their way from the log to the sum."""

    placement: PlacementInput
    reported: int
    too_early: int
    """Before the agreement or the enrollment."""
    over_week: int
    eligible: int
    confirmed: int | None
    ruled: int | None
    cap: int
    counted: int

    @property
    def over_plan(self) -> int:
        return max(0, self.basis - self.cap)

    @property
    def basis(self) -> int:
        """Before the cap: the ruling, or the smaller of confirmed and eligible."""
        if self.ruled is not None:
            return self.ruled
        return min(self.eligible, self.confirmed) if self.confirmed is not None else 0


def count(policy: Parameters, case: CaseInput) -> list[Counted]:
    early = {
        entry.id
        for placement in case.placements
        for entry in placement.entries
        if _is_early(policy, case, placement, entry)
    }
    over = _over_week(policy, case, early)
    return [_count(policy, placement, early, over) for placement in case.placements]


def _count(
    policy: Parameters, placement: PlacementInput, early: set[int], over: dict[int, int]
) -> Counted:
    reported = sum(e.minutes for e in placement.entries)
    too_early = sum(e.minutes for e in placement.entries if e.id in early)
    over_week = sum(over.get(e.id, 0) for e in placement.entries)
    cap = placement.planned_minutes * (100 + policy.tolerance_percent) // 100
    counted = Counted(
        placement=placement,
        reported=reported,
        too_early=too_early,
        over_week=over_week,
        eligible=reported - too_early - over_week,
        confirmed=placement.confirmed_minutes,
        ruled=placement.ruled_minutes,
        cap=cap,
        counted=0,
    )
    return Counted(**{**vars(counted), "counted": min(counted.basis, cap)})


def _is_early(
    policy: Parameters, case: CaseInput, placement: PlacementInput, entry: EntryInput
) -> bool:
    if policy.not_before_agreement and (
        placement.agreed_on is None or entry.worked_on < placement.agreed_on
    ):
        return True
    return bool(
        policy.not_before_enrollment
        and case.enrolled_on is not None
        and entry.worked_on < case.enrolled_on
    )


def _over_week(policy: Parameters, case: CaseInput, early: set[int]) -> dict[int, int]:
    """Minutes over the weekly limit, by entry: the latest of a week give way first."""
    if policy.max_minutes_per_week is None:
        return {}
    weeks: dict[date, list[EntryInput]] = {}
    for placement in case.placements:
        for entry in placement.entries:
            if entry.id not in early:
                weeks.setdefault(monday(entry.worked_on), []).append(entry)
    over: dict[int, int] = {}
    for entries in weeks.values():
        left = policy.max_minutes_per_week
        for entry in sorted(entries, key=lambda e: (e.worked_on, e.id)):
            taken = min(left, entry.minutes)
            left -= taken
            if taken < entry.minutes:
                over[entry.id] = entry.minutes - taken
    return over


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
