"""Clauses on days and weeks: enrollment, term, start, span."""

from datetime import date

from credit.policy.checks import Check, hours, judged, unknown
from credit.policy.counting import Counted
from credit.policy.eligibility import (
    Refused,
    eligible_days,
    last_day_of_week,
    original_enrollment,
)
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Parameters

TERM = "the dates of the term"


def checks(
    policy: Parameters, case: CaseInput, left_out: Refused, counted: list[Counted]
) -> list[Check]:
    found = [
        _enrollment(policy, case),
        _term(policy, case),
        _carried(policy, case),
        _start_week(policy, case, left_out),
        _week(policy, counted),
        _span(policy, case, left_out),
    ]
    return [check for check in found if check is not None]


def _enrollment(policy: Parameters, case: CaseInput) -> Check | None:
    if case.edition < 2:
        return None
    retroactive = policy.retro_days is not None
    if not (policy.not_before_enrollment or retroactive):
        return None
    subject = "No hours before the enrollment"
    if policy.retro_days and not policy.not_before_enrollment:
        subject = f"No hours more than {policy.retro_days} days before the enrollment"
    if any(original_enrollment(case, one) is None for one in case.placements):
        return unknown(policy, "start", subject, "the day of enrollment")
    if policy.enroll_by_week is not None and retroactive and case.term is None:
        return unknown(policy, "start", subject, TERM)
    return None


def _term(policy: Parameters, case: CaseInput) -> Check | None:
    if not policy.within_term or case.term is not None:
        return None
    return unknown(policy, "term", "Work within the term", TERM)


def _carried(policy: Parameters, case: CaseInput) -> Check | None:
    if not policy.carry_terms or case.term is None or case.term.carried_from is not None:
        return None
    return unknown(policy, "term", "Work of the term before", "the dates of that term")


def _start_week(policy: Parameters, case: CaseInput, left_out: Refused) -> Check | None:
    week = policy.latest_start_week
    if week is None:
        return None
    if case.term is None:
        return unknown(policy, "start_week", f"Start by week {week}", TERM)
    first = min(eligible_days(case, left_out), default=None)
    if first is None:
        return judged(policy, "start_week", False, f"Start by week {week}: no hours yet")
    began = max(1, (first - case.term.starts_on).days // 7 + 1)
    holds = first <= last_day_of_week(case.term.starts_on, week)
    text = f"Started in week {began} of the term, by week {week} asked for"
    return judged(policy, "start_week", holds, text)


def _week(policy: Parameters, counted: list[Counted]) -> Check | None:
    """Whatever is over the week does not count; of hours ruled on no week is known."""
    most = policy.max_minutes_per_week
    if most is None or not any(one.without_week for one in counted):
        return None
    subject = f"At most {hours(most)} h a week"
    return unknown(policy, "week", subject, "the weeks of the hours that were ruled on")


def _span(policy: Parameters, case: CaseInput, left_out: Refused) -> Check | None:
    least = policy.min_span_weeks
    if not least:
        return None
    days = _span_days(case, left_out)
    first: date | None = min(days, default=None)
    if policy.span_from_enrollment:
        first = case.enrolled_on
        if first is None:
            return unknown(policy, "span", f"Span of {least} weeks", "the day of enrollment")
    last = max(days, default=None)
    weeks = ((last - first).days + 1) // 7 if first is not None and last is not None else 0
    return judged(
        policy,
        "span",
        weeks >= least,
        f"Span: {max(0, weeks)} weeks, at least {least} asked for",
    )


def _span_days(case: CaseInput, left_out: Refused) -> list[date]:
    if case.edition >= 2:
        return eligible_days(case, left_out)
    return [entry.worked_on for one in case.placements for entry in one.entries]
