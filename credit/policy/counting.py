"""Which of the reported minutes count. Pure functions: no database, no clock.

Counted = min(latest confirmed total, sum of eligible entries), an instructor's ruling over
both, then the policy's caps (ARCHITECTURE 3).
"""

from dataclasses import dataclass, replace
from datetime import date

from credit.policy.eligibility import Refused, monday, refused
from credit.policy.inputs import CaseInput, PlacementInput
from credit.policy.parameters import Parameters
from credit.policy.weeks import shared_out

__all__ = ["Counted", "count", "count_with", "monday", "site_limit"]


@dataclass(frozen=True)
class Counted:
    """One placement's minutes on their way from the log to the sum."""

    placement: PlacementInput
    reported: int
    too_early: int
    """Before the agreement or the enrollment."""
    over_week: int
    """Of what would count otherwise (in the first edition: of what was logged)."""
    eligible: int
    confirmed: int | None
    ruled: int | None
    cap: int
    counted: int
    outside_term: int = 0
    without_week: int = 0
    """Of hours that were ruled on: what the weeks of the log have no room for."""

    @property
    def over_plan(self) -> int:
        return max(0, self.basis - self.cap)

    @property
    def unconfirmed(self) -> int:
        """Of what could count, what no supervisor confirmed; a ruling is about the total."""
        return self.eligible - self.basis if self.ruled is None else 0

    @property
    def basis(self) -> int:
        """Before the cap: the ruling, or the smaller of confirmed and eligible."""
        if self.ruled is not None:
            return self.ruled
        return min(self.eligible, self.confirmed) if self.confirmed is not None else 0


def count(policy: Parameters, case: CaseInput) -> list[Counted]:
    return count_with(policy, case, refused(policy, case))


def count_with(policy: Parameters, case: CaseInput, left_out: Refused) -> list[Counted]:
    found = [_count(policy, placement, left_out) for placement in case.placements]
    if case.edition < 2 or policy.max_minutes_per_week is None:
        return found
    return _within_weeks(found, left_out, case, policy.max_minutes_per_week)


def _within_weeks(
    found: list[Counted], left_out: Refused, case: CaseInput, most: int
) -> list[Counted]:
    """An instructor's ruling is about the total: it stands, and fills the weeks of its log."""
    takes_room = [c for c in found if c.ruled is None or case.edition >= 3]
    limited = sorted(takes_room, key=lambda c: c.placement.id)
    worked = [_by_week(c.placement, left_out) for c in limited]
    ruled = [number for number, c in enumerate(limited) if c.ruled is not None]
    shares = shared_out([c.counted for c in limited], worked, most, first=ruled)
    counted = {
        c.placement.id: _with_share(c, share) for c, share in zip(limited, shares, strict=True)
    }
    return [counted.get(c.placement.id, c) for c in found]


def _with_share(one: Counted, share: int) -> Counted:
    if one.ruled is not None:
        return replace(one, without_week=one.counted - share)
    return replace(one, counted=share, over_week=one.counted - share)


def _by_week(placement: PlacementInput, left_out: Refused) -> dict[date, int]:
    weeks: dict[date, int] = {}
    for entry in placement.entries:
        if entry.id not in left_out.whole:
            week = monday(entry.worked_on)
            weeks[week] = weeks.get(week, 0) + entry.minutes
    return weeks


def site_limit(policy: Parameters, academic_minutes: int) -> int | None:
    """The most site time that counts beside so much academic work, by the policy's share.

    At 2 of 3 site time counts up to twice the academic work: ``None`` where nothing limits it.
    """
    if policy.site_share_max is None:
        return None
    part, whole = policy.site_share_max
    return academic_minutes * part // (whole - part) if whole > part else None


def _count(policy: Parameters, placement: PlacementInput, left_out: Refused) -> Counted:
    entries = placement.entries
    reported = sum(e.minutes for e in entries)
    too_early = sum(e.minutes for e in entries if e.id in left_out.too_early)
    outside = sum(e.minutes for e in entries if e.id in left_out.outside_term)
    over_week = sum(left_out.over_week.get(e.id, 0) for e in entries)
    found = Counted(
        placement=placement,
        reported=reported,
        too_early=too_early,
        over_week=over_week,
        eligible=reported - too_early - outside - over_week,
        confirmed=placement.confirmed_minutes,
        ruled=placement.ruled_minutes,
        cap=placement.planned_minutes * (100 + policy.tolerance_percent) // 100,
        counted=0,
        outside_term=outside,
    )
    return replace(found, counted=min(found.basis, found.cap))
