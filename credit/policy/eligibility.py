"""Which hours may count at all, by the day on which they were worked."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from credit.policy.inputs import CaseInput, EntryInput, PlacementInput, TermInput
from credit.policy.parameters import Parameters


@dataclass(frozen=True)
class Refused:
    """Entry ids by the reason for which their minutes do not count."""

    too_early: frozenset[int] = frozenset()
    """Before the agreement or the enrollment."""
    outside_term: frozenset[int] = frozenset()
    over_week: dict[int, int] = field(default_factory=dict)
    """Minutes over the weekly limit, by entry, in the first edition of the arithmetic: the
    latest of a week give way first."""

    @property
    def whole(self) -> frozenset[int]:
        return self.too_early | self.outside_term


def refused(policy: Parameters, case: CaseInput) -> Refused:
    early = frozenset(
        entry.id
        for placement in case.placements
        for entry in placement.entries
        if entry.worked_on < _first_day(policy, case, placement)
    )
    outside = frozenset(
        entry_id
        for placement in case.placements
        for entry_id in _outside_term(policy, case, placement, early)
    )
    return Refused(early, outside, _over_week(policy, case, early | outside))


def original_enrollment(case: CaseInput, placement: PlacementInput) -> date | None:
    """A project that was moved here brings the enrollment under which it began."""
    known = [day for day in (placement.enrolled_on, case.enrolled_on) if day is not None]
    return min(known, default=None)


def eligible_days(case: CaseInput, found: Refused) -> list[date]:
    return [
        entry.worked_on
        for placement in case.placements
        for entry in placement.entries
        if entry.id not in found.whole
    ]


def last_day_of_week(starts_on: date, number: int) -> date:
    """Of the ``number``-th week of a term, counted from its first day."""
    return starts_on + timedelta(weeks=number, days=-1)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_day(policy: Parameters, case: CaseInput, placement: PlacementInput) -> date:
    bounds = [date.min]
    if policy.not_before_agreement:
        agreed = placement.agreed_on
        lead = timedelta(days=policy.agreement_lead_days)
        bounds.append(agreed + lead if agreed is not None else date.max)
    enrolled = original_enrollment(case, placement)
    if enrolled is not None and policy.not_before_enrollment:
        bounds.append(enrolled)
    elif (
        enrolled is not None
        and policy.retro_days is not None
        and not _is_enrolled_in_time(policy, case, enrolled)
    ):
        bounds.append(enrolled - timedelta(days=policy.retro_days))
    return max(bounds)


def _is_enrolled_in_time(policy: Parameters, case: CaseInput, enrolled: date) -> bool:
    """Early enough in the term that it does not matter how long the work had run."""
    if policy.enroll_by_week is None or case.term is None:
        return False
    return enrolled <= last_day_of_week(case.term.starts_on, policy.enroll_by_week)


def _outside_term(
    policy: Parameters, case: CaseInput, placement: PlacementInput, early: frozenset[int]
) -> list[int]:
    term = case.term
    if not policy.within_term or term is None:
        return []
    left = [entry for entry in placement.entries if entry.id not in early]
    begins = _term_begins(policy, term)
    inside = [e for e in left if begins <= e.worked_on <= term.ends_on]
    if inside and policy.past_term_end:
        inside = [e for e in left if begins <= e.worked_on]
    kept = {entry.id for entry in inside}
    return [entry.id for entry in left if entry.id not in kept]


def _term_begins(policy: Parameters, term: TermInput) -> date:
    """Where the days of an earlier term are missing, a check of its own asks for them."""
    if not policy.carry_terms:
        return term.starts_on
    return term.carried_from or date.min


def _over_week(
    policy: Parameters, case: CaseInput, refused_ids: frozenset[int]
) -> dict[int, int]:
    """In the first edition; later ones share a week out (``weeks``)."""
    if policy.max_minutes_per_week is None or case.edition >= 2:
        return {}
    weeks: dict[date, list[EntryInput]] = {}
    for placement in case.placements:
        for entry in placement.entries:
            if entry.id not in refused_ids:
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
