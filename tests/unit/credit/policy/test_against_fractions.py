"""The sum against the same rules worked out a second time, in fractions and by brute force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

from credit.policy.amounts import earned_credits, needed_minutes
from credit.policy.counting import monday
from credit.policy.credit_sum import compute
from credit.policy.inputs import (
    EDITION,
    CaseInput,
    EarlierInput,
    EntryInput,
    MajorInput,
    PlacementInput,
    TermInput,
)
from credit.policy.parameters import HoursStep, Parameters
from tests.factories.credit_sums import FIRST, placement

TABLE = tuple(
    HoursStep(minutes=minutes, thousandths=thousandths)
    for minutes, thousandths in ((300, 500), (700, 1000), (1500, 3000))
)
TERM = TermInput(
    starts_on=FIRST,
    ends_on=FIRST + timedelta(days=20),
    carried_from=FIRST - timedelta(days=10),
)


def some_policy(dice: Random) -> Parameters:
    one = dice.choice
    values: dict[str, Any] = {
        "minutes_per_credit": one((107, 600, 2700)),
        "hours_table": one(((), (), TABLE)),
        "step_thousandths": one((1, 250, 500)),
        "minimum_thousandths": one((0, 250, 600)),
        "maximum_thousandths": one((1100, 2750, 9000)),
        "tolerance_percent": one((0, 7)),
        "site_share_max": one((None, None, (2, 3), (3, 5), (1, 1))),
        "max_minutes_per_week": one((None, 500, 901)),
        "academic_minutes_per_credit": one((0, 0, 271)),
        "academic_counts": one((True, False)),
        "not_before_agreement": one((True, False)),
        "not_before_enrollment": one((True, False)),
        "within_term": True,
        "carry_terms": one((0, 1)),
        "past_term_end": one((True, False)),
        "lifetime_maximum_thousandths": one((None, 3000)),
        "major_share_max": one((None, (1, 3))),
    }
    if values["not_before_agreement"]:
        values["agreement_lead_days"] = one((0, 1))
    values["retro_days"] = one((None, 0) if values["not_before_enrollment"] else (None, 0, 5))
    if values["retro_days"] is not None:
        values["enroll_by_week"] = one((None, 1))
    if values["lifetime_maximum_thousandths"]:
        values["lifetime_two_majors_thousandths"] = one((None, 4200))
    return Parameters(**values)


def some_case(dice: Random) -> CaseInput:
    one = dice.choice
    earlier = one(((), (), (1500,), (900, 1300), (700, 700, 700)))
    majors = one(((), (10_000,), (8_000, 7_000)))
    return CaseInput(
        placements=tuple(some_project(dice, n) for n in range(1, one((1, 2, 3)) + 1)),
        academic_minutes=one((0, 137, 450, 1500)),
        enrolled_on=one((None, _day(dice, -12, 9))),
        earlier=tuple(EarlierInput(record_id=n, thousandths=t) for n, t in enumerate(earlier)),
        majors=tuple(MajorInput(id=n, thousandths=t) for n, t in enumerate(majors)),
        edition=EDITION,
        term=TERM,
        is_earlier_known=True,
    )


def some_project(dice: Random, number: int) -> PlacementInput:
    worked = tuple(
        EntryInput(
            id=number * 100 + at, worked_on=_day(dice, -12, 24), minutes=dice.randint(0, 700)
        )
        for at in range(dice.randint(0, 6))
    )
    return placement(
        0,
        number=number,
        entries=worked,
        planned_minutes=dice.randint(0, 2500),
        confirmed_minutes=dice.choice((None, dice.randint(0, 3000), 3000)),
        ruled_minutes=dice.choice((None, None, None, 333, 1200)),
        agreed_on=dice.choice((None, *(_day(dice, -12, 4) for _ in range(4)))),
        enrolled_on=dice.choice((None, _day(dice, -12, 9))),
    )


def _day(dice: Random, first: int, last: int) -> date:
    return FIRST + timedelta(days=dice.randint(first, last))


@dataclass(frozen=True)
class Worked:
    total: int
    earned: int


def test_the_sum_is_what_fractions_say() -> None:
    amounts = set()
    for number in range(1500):
        dice = Random(number)
        policy, case = some_policy(dice), some_case(dice)
        found, expected = compute(policy, case), by_fractions(policy, case)
        amounts.add(expected.earned)

        told = (number, policy, case)
        assert Worked(found.total_minutes, found.earned_thousandths) == expected, told
        assert found.credits_thousandths in (0, found.earned_thousandths), told
        if found.earned_thousandths:
            least = needed_minutes(policy, found.earned_thousandths)
            assert found.unused_minutes == found.total_minutes - least >= 0, told
            assert earned_credits(policy, least - 1) < found.earned_thousandths, told
    # Not one case over and over.
    assert len(amounts) > 50


def by_fractions(policy: Parameters, case: CaseInput) -> Worked:
    worked = _after_weeks(policy, [(one, _days(policy, case, one)) for one in case.placements])
    site = Fraction(worked)
    if policy.site_share_max and policy.site_share_max[0] < policy.site_share_max[1]:
        share = Fraction(*policy.site_share_max)
        site = min(site, share / (1 - share) * case.academic_minutes)
    total = int(site) + case.academic_minutes * policy.academic_counts
    exact = Fraction(total * 1000, policy.minutes_per_credit)
    if policy.hours_table:
        exact = max((Fraction(s.thousandths) for s in policy.hours_table if total >= s.minutes),
                    default=Fraction(0))  # fmt: skip
    return Worked(total, _award(policy, min([exact, *_bounds(policy, case)])))


def _bounds(policy: Parameters, case: CaseInput) -> Iterable[Fraction]:
    yield Fraction(policy.maximum_thousandths)
    if policy.academic_minutes_per_credit:
        yield Fraction(case.academic_minutes * 1000, policy.academic_minutes_per_credit)
    before = sum(one.thousandths for one in case.earlier)
    if policy.lifetime_maximum_thousandths is not None:
        one, two = policy.lifetime_maximum_thousandths, policy.lifetime_two_majors_thousandths
        yield Fraction((two or one) if len(case.majors) > 1 else one) - before
    if policy.major_share_max and case.majors:
        share = Fraction(*policy.major_share_max)
        yield Fraction(sum(int(share * one.thousandths) for one in case.majors)) - before


def _award(policy: Parameters, thousandths: Fraction) -> int:
    whole = (
        int(max(thousandths, Fraction(0)) / policy.step_thousandths) * policy.step_thousandths
    )
    return whole if whole >= policy.minimum_thousandths else 0


def _days(policy: Parameters, case: CaseInput, project: PlacementInput) -> list[EntryInput]:
    joined = min([day for day in (case.enrolled_on, project.enrolled_on) if day], default=None)
    found = []
    for entry in project.entries:
        lead = (entry.worked_on - (project.agreed_on or date.max)).days
        if policy.not_before_agreement and lead < policy.agreement_lead_days:
            continue
        if joined is not None and not _after_enrollment(policy, joined, entry.worked_on):
            continue
        found.append(entry)
    begins = FIRST - timedelta(days=10 * policy.carry_terms)
    began = [entry for entry in found if begins <= entry.worked_on]
    inside = [entry for entry in began if entry.worked_on <= TERM.ends_on]
    return began if inside and policy.past_term_end else inside


def _after_enrollment(policy: Parameters, joined: date, worked_on: date) -> bool:
    if policy.not_before_enrollment:
        return worked_on >= joined
    if policy.retro_days is None:
        return True
    in_first_week = (joined - FIRST).days < 7
    return bool(policy.enroll_by_week and in_first_week) or (
        (joined - worked_on).days <= policy.retro_days
    )


Project = tuple[PlacementInput, list[EntryInput]]


def _after_weeks(policy: Parameters, worked: Sequence[Project]) -> int:
    """What is ruled on stands, and goes first where a week has too little room for all."""
    ruled = [one for one in worked if one[0].ruled_minutes is not None]
    stands = sum(_limit(policy, one) for one in ruled)
    return stands + _most(policy, worked) - _most(policy, ruled)


def _limit(policy: Parameters, one: Project) -> int:
    project, days = one
    eligible = sum(entry.minutes for entry in days)
    basis = min(eligible, project.confirmed_minutes or 0)
    if project.ruled_minutes is not None:
        basis = project.ruled_minutes
    return min(
        basis, int(project.planned_minutes * Fraction(100 + policy.tolerance_percent, 100))
    )


def _most(policy: Parameters, worked: Sequence[Project]) -> int:
    """The smallest cut: each project is held by its own limit, or by its weeks."""
    if policy.max_minutes_per_week is None:
        return sum(_limit(policy, one) for one in worked)
    cuts = []
    for size in range(len(worked) + 1):
        for by_week in combinations(range(len(worked)), size):
            weeks: dict[date, int] = {}
            for number in by_week:
                for entry in worked[number][1]:
                    week = monday(entry.worked_on)
                    weeks[week] = weeks.get(week, 0) + entry.minutes
            own = [_limit(policy, one) for n, one in enumerate(worked) if n not in by_week]
            held = [min(minutes, policy.max_minutes_per_week) for minutes in weeks.values()]
            cuts.append(sum(own) + sum(held))
    return min(cuts)
