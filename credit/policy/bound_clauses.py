"""Clauses on amounts: academic work, number of projects, smallest award, what came before."""

from credit.policy.amounts import (
    Cap,
    awardable,
    earlier_thousandths,
    lifetime_maximum,
    major_maximum,
    major_shares,
    majors_in_words,
    needed_minutes,
    smallest_award,
)
from credit.policy.checks import Check, credit_figure, hours, judged, unknown
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Parameters

EARLIER = "a record of earlier internship credit, or that there was none"


def academic(policy: Parameters, case: CaseInput) -> list[Check]:
    required = policy.academic_minutes_required
    if not required:
        return []
    text = f"Academic work: {hours(case.academic_minutes)} of {hours(required)} h"
    return [judged(policy, "academic", case.academic_minutes >= required, text)]


def number(policy: Parameters, case: CaseInput) -> list[Check]:
    found, least, most = len(case.placements), policy.min_placements, policy.max_placements
    if least <= found and (most is None or found <= most):
        return []
    wanted = f"at least {least}" if found < least else f"at most {most}"
    text = f"Projects in this case: {found}, {wanted} needed"
    return [judged(policy, "bundle", False, text)]


def amount(
    policy: Parameters, total_minutes: int, earned: int, tightest: Cap | None
) -> list[Check]:
    if policy.grade_basis == "non_credit":
        return _mark(policy, total_minutes)
    if earned:
        return []
    if tightest is not None:
        # What was earned before has a clause of its own, which says the same.
        text = f"Nothing can be awarded: {tightest.text}"
        return [judged(policy, "academic", False, text)] * (tightest.rule == "academic")
    least = needed_minutes(policy, smallest_award(policy))
    text = f"The smallest award needs {hours(least)} h in all"
    return [judged(policy, "hours", False, text)]


def before(policy: Parameters, case: CaseInput, earned: int) -> list[Check]:
    """What the student earned earlier: a figure that is known counts, known in full or not."""
    return [
        *_times(policy, case),
        *_lifetime(policy, case, earned),
        *_major(policy, case, earned),
    ]


def _mark(policy: Parameters, total_minutes: int) -> list[Check]:
    least = policy.non_credit_minutes or 0
    text = f"For the mark without credit: {hours(total_minutes)} of {hours(least)} h"
    return [judged(policy, "hours", total_minutes >= least, text)]


def _times(policy: Parameters, case: CaseInput) -> list[Check]:
    most = policy.lifetime_cases
    if most is None:
        return []
    same = policy.lifetime_scope == "same_course"
    this = 1 + sum(one.is_same_course or not same for one in case.earlier)
    where = "this course" if same else "an internship for credit"
    text = f"Time {this} of {most} for {where}"
    if this <= most and not case.is_earlier_known:
        return [unknown(policy, "lifetime_cases", f"At most {most} times {where}", EARLIER)]
    return [judged(policy, "lifetime_cases", this <= most, text)]


def _lifetime(policy: Parameters, case: CaseInput, earned: int) -> list[Check]:
    most, used = lifetime_maximum(policy, case), earlier_thousandths(case)
    if most is None:
        return []
    of = f"of {credit_figure(most)} credits in all"
    if not awardable(policy, max(0, most - used)):
        two = policy.lifetime_two_majors_thousandths
        more = f"; {credit_figure(two)} with two majors on record" if two and two > most else ""
        text = f"Nothing left: {credit_figure(used)} {of} are used{more}"
        return [judged(policy, "lifetime", False, text)]
    if not case.is_earlier_known:
        subject = f"At most {credit_figure(most)} credits in all"
        return [unknown(policy, "lifetime", subject, EARLIER)]
    text = f"{credit_figure(used)} + {credit_figure(earned)} {of}"
    return [judged(policy, "lifetime", used + earned <= most, text)]


def _major(policy: Parameters, case: CaseInput, earned: int) -> list[Check]:
    if policy.major_share_max is None:
        return []
    part, whole = policy.major_share_max
    most, used = major_maximum(policy, case), earlier_thousandths(case)
    subject = f"At most {part}/{whole} of the major"
    if most is None:
        return [unknown(policy, "major", subject, "the credits that the major asks for")]
    of = f"of {credit_figure(most)} credits of {majors_in_words(case)}"
    if not awardable(policy, max(0, most - used)):
        text = f"Nothing left: {credit_figure(used)} {of} are used"
        return [judged(policy, "major", False, text)]
    needs = [] if case.is_earlier_known else [EARLIER]
    if used + earned > major_shares(policy, case)[0]:
        needs.append("the major that each credit counts toward")
    if needs:
        return [unknown(policy, "major", subject, " and ".join(needs))]
    text = f"{credit_figure(used)} + {credit_figure(earned)} {of}"
    return [judged(policy, "major", used + earned <= most, text)]
