"""The credit sum: what a case earns, each line with its clause. Pure, replayable, exact.

Rounded down to the policy's step and capped at its maximum: nobody is credited for work not
done. At 45 hours to the credit in steps of 0.5, 66 h 59 min earn 1.0 and 67 h 30 min earn 1.5.
Source: the clauses of the policy version, which names its own document.
"""

from dataclasses import dataclass, field

from credit.policy import bound_clauses, evidence_clauses, tie_clauses, time_clauses
from credit.policy.amounts import Cap, caps, earned_credits, needed_minutes
from credit.policy.checks import Check, Verdict, hours
from credit.policy.counting import Counted, count_with, site_limit
from credit.policy.eligibility import Refused, refused
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Clause, Parameters

__all__ = ["Check", "CreditSum", "Verdict", "compute", "earned_credits", "hours"]


@dataclass(frozen=True)
class CreditSum:
    placements: tuple[Counted, ...]
    site_minutes: int
    """On site, as far as the policy's share of site time lets it count."""
    academic_minutes: int
    total_minutes: int
    earned_thousandths: int
    """By hours and caps, before the checks."""
    credits_thousandths: int
    """0 while a check does not hold."""
    unused_minutes: int
    checks: tuple[Check, ...] = field(default=())
    hours_clause: Clause = field(default_factory=lambda: Clause(ref="Policy", text=""))
    over_share_minutes: int = 0
    caps: tuple[Cap, ...] = ()
    """Bounds below what the hours alone would earn, the tightest first."""
    earns_mark: bool = False
    """Enough for the mark without credit, where the policy has one, and every check holds."""

    @property
    def unmet(self) -> list[str]:
        return [check.text for check in self.checks if not check.holds]


def compute(policy: Parameters, case: CaseInput) -> CreditSum:
    left_out = refused(policy, case)
    counted = count_with(policy, case, left_out)
    worked = sum(c.counted for c in counted)
    limit = site_limit(policy, case.academic_minutes)
    site = worked if limit is None else min(worked, limit)
    total = site + (case.academic_minutes if policy.academic_counts else 0)
    by_hours = 0 if policy.grade_basis == "non_credit" else earned_credits(policy, total)
    bounds = caps(policy, case, by_hours)
    earned = bounds[0].thousandths if bounds else by_hours
    checks = _checks(policy, case, left_out, counted, total, earned, bounds)
    holds = all(check.holds for check in checks)
    earns_mark = _earns_mark(policy, total, checks)
    return CreditSum(
        placements=tuple(counted),
        site_minutes=site,
        academic_minutes=case.academic_minutes,
        total_minutes=total,
        earned_thousandths=earned,
        credits_thousandths=earned if holds else 0,
        unused_minutes=total - _used(policy, earned, earns_mark),
        checks=tuple(checks),
        hours_clause=policy.clause("hours"),
        over_share_minutes=worked - site,
        caps=tuple(bounds),
        earns_mark=earns_mark,
    )


def _checks(
    policy: Parameters,
    case: CaseInput,
    left_out: Refused,
    counted: list[Counted],
    total: int,
    earned: int,
    bounds: list[Cap],
) -> list[Check]:
    found = [
        *bound_clauses.academic(policy, case),
        *time_clauses.checks(policy, case, left_out, counted),
        *bound_clauses.number(policy, case),
        *bound_clauses.amount(policy, total, earned, bounds[0] if bounds else None),
        *bound_clauses.before(policy, case, earned),
        *evidence_clauses.checks(policy, case),
        *tie_clauses.checks(policy, case),
    ]
    return [check.confirmed(case.confirmed_rules) for check in found]


def _earns_mark(policy: Parameters, total: int, checks: list[Check]) -> bool:
    """A mark without credit asks for its own hours, and for everything else."""
    least = policy.non_credit_minutes
    others = [check for check in checks if check.rule != "hours"]
    return least is not None and total >= least and all(check.holds for check in others)


def _used(policy: Parameters, earned: int, earns_mark: bool) -> int:
    if earned:
        return needed_minutes(policy, earned)
    return policy.non_credit_minutes or 0 if earns_mark else 0
