"""How much credit hours are worth, and what else bounds it. Exact, and never rounded up."""

from dataclasses import dataclass

from credit.policy.checks import credit_figure, hours
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Clause, Parameters


@dataclass(frozen=True)
class Cap:
    """A bound that is below what the hours alone would earn."""

    rule: str
    clause: Clause
    thousandths: int
    """In steps that can be awarded."""
    text: str
    """Such as "11.5 of 12 credits in a lifetime are used"."""


def earned_credits(policy: Parameters, minutes: int) -> int:
    """Thousandths of a credit for ``minutes``, rounded down to the step and capped."""
    if minutes < 0:
        raise ValueError("minutes of work cannot be negative")
    return awardable(policy, min(_by_hours(policy, minutes), policy.maximum_thousandths))


def awardable(policy: Parameters, thousandths: int) -> int:
    """Rounded down to the policy's step; nothing where it is below the smallest award."""
    whole = thousandths // policy.step_thousandths * policy.step_thousandths
    return whole if whole >= policy.minimum_thousandths else 0


def smallest_award(policy: Parameters) -> int:
    """The least that hours can earn at all; 0 where they cannot earn anything."""
    most, step = policy.maximum_thousandths, policy.step_thousandths
    if policy.hours_table:
        found = [awardable(policy, min(row.thousandths, most)) for row in policy.hours_table]
        return min((one for one in found if one), default=0)
    least = -(-max(policy.minimum_thousandths, step) // step) * step
    return least if least <= most else 0


def is_over_maximum(policy: Parameters, minutes: int) -> bool:
    """Would the hours earn more, if it were not for the most that a course gives?"""
    if policy.grade_basis == "non_credit":
        return False
    return awardable(policy, _by_hours(policy, minutes)) > earned_credits(policy, minutes)


def needed_minutes(policy: Parameters, thousandths: int) -> int:
    """The fewest minutes that earn so much."""
    if thousandths <= 0:
        return 0
    for step in policy.hours_table:
        if step.thousandths >= thousandths:
            return step.minutes
    # Rounded up: a minute less must not earn it.
    return -(-thousandths * policy.minutes_per_credit // 1000)


def caps(policy: Parameters, case: CaseInput, earned: int) -> list[Cap]:
    """Bounds below ``earned``, the tightest first."""
    found = [
        *_academic(policy, case),
        *_lifetime(policy, case),
        *_major(policy, case),
    ]
    return sorted((one for one in found if one.thousandths < earned), key=_tightness)


def _tightness(one: Cap) -> tuple[int, str]:
    return one.thousandths, one.rule


def earlier_thousandths(case: CaseInput) -> int:
    return sum(one.thousandths for one in case.earlier)


def lifetime_maximum(policy: Parameters, case: CaseInput) -> int | None:
    """More for two majors, once they are on record."""
    if len(case.majors) > 1 and policy.lifetime_two_majors_thousandths is not None:
        return policy.lifetime_two_majors_thousandths
    return policy.lifetime_maximum_thousandths


def major_shares(policy: Parameters, case: CaseInput) -> list[int]:
    """The most that counts toward each major, the smallest first."""
    if policy.major_share_max is None:
        return []
    part, whole = policy.major_share_max
    return sorted(one.thousandths * part // whole for one in case.majors)


def major_maximum(policy: Parameters, case: CaseInput) -> int | None:
    """All majors together; that credit fits the one it counts toward is a check of its own."""
    shares = major_shares(policy, case)
    if not shares:
        return None
    return sum(shares) if case.edition >= 3 else shares[0]


def majors_in_words(case: CaseInput) -> str:
    return "all majors" if len(case.majors) > 1 and case.edition >= 3 else "the major"


def _by_hours(policy: Parameters, minutes: int) -> int:
    if not policy.hours_table:
        return minutes * 1000 // policy.minutes_per_credit
    reached = [step.thousandths for step in policy.hours_table if step.minutes <= minutes]
    return max(reached, default=0)


def _academic(policy: Parameters, case: CaseInput) -> list[Cap]:
    per_credit = policy.academic_minutes_per_credit
    if not per_credit:
        return []
    most = awardable(policy, case.academic_minutes * 1000 // per_credit)
    text = f"{hours(case.academic_minutes)} h of academic work, {hours(per_credit)} h a credit"
    return [Cap("academic", policy.clause("academic"), most, text)]


def _lifetime(policy: Parameters, case: CaseInput) -> list[Cap]:
    most, used = lifetime_maximum(policy, case), earlier_thousandths(case)
    if most is None:
        return []
    text = f"{credit_figure(used)} of {credit_figure(most)} credits in all are used"
    left = awardable(policy, max(0, most - used))
    return [Cap("lifetime", policy.clause("lifetime"), left, text)]


def _major(policy: Parameters, case: CaseInput) -> list[Cap]:
    most, used = major_maximum(policy, case), earlier_thousandths(case)
    if most is None:
        return []
    of = majors_in_words(case)
    text = f"{credit_figure(used)} of {credit_figure(most)} credits of {of} are used"
    left = awardable(policy, max(0, most - used))
    return [Cap("major", policy.clause("major"), left, text)]
