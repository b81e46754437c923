"""The credit sum as lines with their clauses, the same for instructor and student."""

from collections.abc import Mapping, Sequence
from typing import Any

from credit.policy.amounts import is_over_maximum
from credit.policy.checks import alike, credit_figure
from credit.policy.counting import Counted
from credit.policy.credit_sum import CreditSum, hours
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words

Line = dict[str, Any]
"""``label``, ``value``, ``clause``, ``kind`` "sum", ``links`` to the evidence behind it."""
Links = Mapping[int, Sequence[Mapping[str, str]]]
"""``label`` and ``url``, by placement."""
MARK = "Mark without credit"


def lines(policy: Parameters, found: CreditSum, links: Links | None = None) -> list[Line]:
    minutes = [_placement(policy, one, (links or {}).get(one.placement.id, ())) for one in
               found.placements]  # fmt: skip
    if found.over_share_minutes:
        minutes.append(_over_share(policy, found))
    if policy.academic_minutes_required or found.academic_minutes:
        minutes.append(_academic(policy, found))
    minutes.append({"label": "Counted", "minutes": found.total_minutes, "kind": "sum"})
    _align(minutes)
    if policy.grade_basis == "non_credit":
        return [*minutes, _for_mark(policy)]
    return [*minutes, _rate(policy, found), *_capped(found), _rounded(policy, found)]


def result(found: CreditSum) -> str:
    if found.earns_mark and not found.credits_thousandths:
        return MARK
    return credits_in_words(found.credits_thousandths)


def note(found: CreditSum) -> str:
    if found.unmet and found.earned_thousandths:
        words = credits_in_words(found.earned_thousandths)
        return f"{hours(found.total_minutes)} h would be {words}, but something is missing"
    total = f"{hours(found.total_minutes)} h"
    return f"{total}, {hours(found.unused_minutes)} h unused" if found.unused_minutes else total


def _align(rows: list[Line]) -> None:
    """Every line gets the decimals of the longest: the points stand in one column."""
    texts = alike([abs(row["minutes"]) for row in rows])
    decimals = max(len(text.partition(".")[2]) for text in texts)
    for row, text in zip(rows, texts, strict=True):
        whole, _, rest = text.partition(".")
        sign = "−" if row.pop("minutes") < 0 else ""
        row["value"] = f"{sign}{whole}" + (f".{rest:0<{decimals}}" if decimals else "")


def _placement(policy: Parameters, one: Counted, links: Sequence[Mapping[str, str]]) -> Line:
    return {
        "label": one.placement.title,
        "minutes": one.counted,
        "clause": "; ".join(why(policy, one)),
        "links": links,
    }


def why(policy: Parameters, one: Counted) -> list[str]:
    """Why the figure is not simply what was logged."""
    found = []
    if one.ruled is not None:
        found.append(f"ruled by the instructor, {hours(one.reported)} logged")
    elif one.confirmed is None:
        found.append(f"{hours(one.reported)} logged, none confirmed yet")
    elif one.confirmed != one.reported:
        found.append(f"{hours(one.confirmed)} confirmed of {hours(one.reported)} logged")
    for minutes, words, rule in (
        (one.too_early, "too early", "start"),
        (one.outside_term, "outside the term", "term"),
        (one.over_week, "over the week", "week"),
    ):
        if minutes:
            found.append(f"{hours(minutes)} {words}, {policy.clause(rule).ref}")
    if one.over_plan:
        planned, ref = hours(one.placement.planned_minutes), policy.clause("over_plan").ref
        share = 100 + policy.tolerance_percent
        found.append(f"of {hours(one.basis)}; at most {share} % of {planned} planned, {ref}")
    return found


def _over_share(policy: Parameters, found: CreditSum) -> Line:
    part, whole = policy.site_share_max or (1, 1)
    return {
        "label": "Site time over its share",
        "minutes": -found.over_share_minutes,
        "clause": f"at most {part}/{whole} of all work, {policy.clause('site_share').ref}",
    }


def _academic(policy: Parameters, found: CreditSum) -> Line:
    ref = policy.clause("academic").ref
    clause = f"{hours(found.academic_minutes)} recorded, {ref}"
    if required := policy.academic_minutes_required:
        clause = f"{hours(found.academic_minutes)} of {hours(required)} required, {ref}"
    counts = found.academic_minutes if policy.academic_counts else 0
    return {"label": "Academic work", "minutes": counts, "clause": clause}


def _rate(policy: Parameters, found: CreditSum) -> Line:
    ref = policy.clause("hours").ref
    if policy.hours_table:
        reached = [s for s in policy.hours_table if s.minutes <= found.total_minutes]
        if not reached:
            first = hours(policy.hours_table[0].minutes)
            return {"label": f"Credit from {first} h on", "value": "0", "clause": ref}
        label = f"From {hours(reached[-1].minutes)} h on"
        return {"label": label, "value": credit_figure(reached[-1].thousandths), "clause": ref}
    exact = found.total_minutes * 1000 // policy.minutes_per_credit
    figure = f"{exact // 1000}.{exact % 1000:03d}"
    return {
        "label": f"÷ {hours(policy.minutes_per_credit)} h per credit",
        "value": figure if policy.step_thousandths % 10 else figure[:-1],
        "clause": ref,
    }


def _capped(found: CreditSum) -> list[Line]:
    return [
        {"label": cap.text, "value": credit_figure(cap.thousandths), "clause": cap.clause.ref}
        for cap in found.caps
    ]


def _rounded(policy: Parameters, found: CreditSum) -> Line:
    clause = policy.clause("hours").ref
    if not found.caps and is_over_maximum(policy, found.total_minutes):
        most = credits_in_words(policy.maximum_thousandths)
        clause = f"at most {most}, {policy.clause('maximum').ref}"
    return {
        "label": f"Rounded down to steps of {credits_in_words(policy.step_thousandths)}",
        "value": credit_figure(found.earned_thousandths),
        "clause": clause,
    }


def _for_mark(policy: Parameters) -> Line:
    return {
        "label": "Needed for the mark without credit",
        "value": hours(policy.non_credit_minutes or 0),
        "clause": policy.clause("hours").ref,
    }
