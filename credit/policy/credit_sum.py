"""The credit sum: what a case earns, each line with its clause. Pure, replayable, exact.

Rounded down to the policy's step and capped at its maximum: nobody is credited for work not
done. At 45 hours to the credit in steps of 0.5, 66 h 59 min earn 1.0 and 67 h 30 min earn 1.5.
Source: the clauses of the policy version, which names its own document.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from credit.policy.counting import Counted, count
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Clause, Parameters


class Verdict(StrEnum):
    MET = "met"
    SHORT = "short"
    NOT_CHECKABLE = "not_checkable"
    CONFIRMED = "confirmed"
    """Not checkable, and confirmed by name."""


@dataclass(frozen=True)
class Check:
    rule: str
    clause: Clause
    verdict: Verdict
    text: str
    """One sentence with the figures: "Academic work: 15 of 15 h"."""

    @property
    def holds(self) -> bool:
        return self.verdict in (Verdict.MET, Verdict.CONFIRMED)


@dataclass(frozen=True)
class CreditSum:
    placements: tuple[Counted, ...]
    site_minutes: int
    academic_minutes: int
    total_minutes: int
    earned_thousandths: int
    """By the hours alone, before the checks."""
    credits_thousandths: int
    """0 while a check does not hold."""
    unused_minutes: int
    checks: tuple[Check, ...] = field(default=())
    hours_clause: Clause = field(default_factory=lambda: Clause(ref="Policy", text=""))

    @property
    def unmet(self) -> list[str]:
        return [check.text for check in self.checks if not check.holds]


def compute(policy: Parameters, case: CaseInput) -> CreditSum:
    counted = count(policy, case)
    site = sum(c.counted for c in counted)
    total = site + (case.academic_minutes if policy.academic_counts else 0)
    earned = earned_credits(policy, total)
    checks = _checks(policy, case, counted, earned)
    used = earned * policy.minutes_per_credit // 1000
    return CreditSum(
        placements=tuple(counted),
        site_minutes=site,
        academic_minutes=case.academic_minutes,
        total_minutes=total,
        earned_thousandths=earned,
        credits_thousandths=earned if all(check.holds for check in checks) else 0,
        unused_minutes=total - used,
        checks=tuple(checks),
        hours_clause=policy.clause("hours"),
    )


def earned_credits(policy: Parameters, minutes: int) -> int:
    """Thousandths of a credit for ``minutes``, rounded down to the step and capped."""
    if minutes < 0:
        raise ValueError("minutes of work cannot be negative")
    steps = minutes * 1000 // (policy.minutes_per_credit * policy.step_thousandths)
    earned = min(steps * policy.step_thousandths, policy.maximum_thousandths)
    return earned if earned >= policy.minimum_thousandths else 0


def _checks(
    policy: Parameters, case: CaseInput, counted: list[Counted], earned: int
) -> list[Check]:
    found = [
        _academic(policy, case),
        _span(policy, case, counted),
        _number(policy, case),
        _hours(policy, earned),
        *_evidence(policy, case),
    ]
    return [
        _confirmed(check) if check.rule in case.confirmed_rules else check
        for check in found
        if check is not None
    ]


def _confirmed(check: Check) -> Check:
    """A confirmation helps only where the input is missing, never against a figure."""
    if check.verdict != Verdict.NOT_CHECKABLE:
        return check
    return Check(
        check.rule, check.clause, Verdict.CONFIRMED, f"{check.text} Confirmed by name."
    )


def _check(policy: Parameters, rule: str, holds: bool, text: str) -> Check:
    verdict = Verdict.MET if holds else Verdict.SHORT
    return Check(rule, policy.clause(rule), verdict, text)


def _academic(policy: Parameters, case: CaseInput) -> Check | None:
    if not policy.academic_minutes_required:
        return None
    required = policy.academic_minutes_required
    return _check(
        policy,
        "academic",
        case.academic_minutes >= required,
        f"Academic work: {hours(case.academic_minutes)} of {hours(required)} h",
    )


def _hours(policy: Parameters, earned: int) -> Check | None:
    if earned >= policy.minimum_thousandths:
        return None
    least = policy.minimum_thousandths * policy.minutes_per_credit // 1000
    return _check(policy, "hours", False, f"The smallest award needs {hours(least)} h in all")


def _number(policy: Parameters, case: CaseInput) -> Check | None:
    found, least, most = len(case.placements), policy.min_placements, policy.max_placements
    if least <= found and (most is None or found <= most):
        return None
    wanted = f"at least {least}" if found < least else f"at most {most}"
    return _check(policy, "bundle", False, f"Projects in this case: {found}, {wanted} needed")


def _span(policy: Parameters, case: CaseInput, counted: list[Counted]) -> Check | None:
    if not policy.min_span_weeks:
        return None
    clause = policy.clause("span")
    days = [e.worked_on for c in counted for e in c.placement.entries]
    first: date | None = (
        case.enrolled_on if policy.span_from_enrollment else min(days, default=None)
    )
    if policy.span_from_enrollment and first is None:
        text = f"Span of {policy.min_span_weeks} weeks: needs the day of enrollment."
        return Check("span", clause, Verdict.NOT_CHECKABLE, text)
    last = max(days, default=None)
    weeks = ((last - first).days + 1) // 7 if first is not None and last is not None else 0
    return _check(
        policy,
        "span",
        weeks >= policy.min_span_weeks,
        f"Span: {max(0, weeks)} of {policy.min_span_weeks} weeks",
    )


def _evidence(policy: Parameters, case: CaseInput) -> list[Check]:
    rules = (
        (policy.deliverables_required, "a deliverable", lambda p: p.deliverables),
        (int(policy.reflection_required), "a reflection", lambda p: p.reflections),
        (
            int(policy.supervisor_evaluation_required),
            "the supervisor’s evaluation",
            lambda p: len(p.submission_ids) + p.attested,
        ),
        (
            int(policy.self_evaluation_required),
            "the student’s own evaluation",
            lambda p: len(p.self_submission_ids),
        ),
    )
    found = []
    for required, name, amount in rules:
        lacking = [p.title for p in case.placements if amount(p) < required]
        if required:
            text = (
                f"Every project has {name}"
                if not lacking
                else (f"Missing {name}: {', '.join(lacking)}")
            )
            found.append(_check(policy, "evidence", not lacking, text))
    return found


def hours(minutes: int) -> str:
    """Such as ``46.5``: at most two decimals, since entries are quarter hours."""
    text = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return text or "0"
