"""The credit sum as lines with their clauses, the same for instructor and student."""

from credit.policy.counting import Counted
from credit.policy.credit_sum import CreditSum, hours
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words


def lines(policy: Parameters, found: CreditSum) -> list[dict[str, str]]:
    rows = [_placement(policy, one) for one in found.placements]
    if policy.academic_minutes_required or found.academic_minutes:
        rows.append(_academic(policy, found))
    per = hours(policy.minutes_per_credit)
    exact = found.total_minutes / policy.minutes_per_credit
    rows.append({"label": "Counted", "value": hours(found.total_minutes), "kind": "sum"})
    _align(rows)
    rows += [
        {
            "label": f"÷ {per} h per credit",
            "value": f"{int(exact * 100) / 100:.2f}",
            "clause": policy.clause("hours").ref,
        },
        {
            "label": f"Rounded down to steps of {credits_in_words(policy.step_thousandths)}",
            "value": f"{found.earned_thousandths / 1000:g}",
            "clause": _capped(policy, found),
        },
    ]
    return rows


def _align(rows: list[dict[str, str]]) -> None:
    """Every line gets the decimals of the longest: the points stand in one column."""
    decimals = max(len(row["value"].partition(".")[2]) for row in rows)
    for row in rows:
        row["value"] = f"{float(row['value']):.{decimals}f}"


def result(found: CreditSum) -> str:
    return credits_in_words(found.credits_thousandths)


def note(found: CreditSum) -> str:
    if found.unmet and found.earned_thousandths:
        words = credits_in_words(found.earned_thousandths)
        return f"{hours(found.total_minutes)} h would be {words}, but something is missing"
    return f"{hours(found.total_minutes)} h, {hours(found.unused_minutes)} h unused"


def _placement(policy: Parameters, one: Counted) -> dict[str, str]:
    return {
        "label": one.placement.title,
        "value": hours(one.counted),
        "clause": "; ".join(_why(policy, one)),
    }


def _why(policy: Parameters, one: Counted) -> list[str]:
    """Why the figure is not simply what was logged."""
    found = []
    if one.ruled is not None:
        found.append(f"ruled by the instructor, {hours(one.reported)} logged")
    elif one.confirmed is None:
        found.append(f"{hours(one.reported)} logged, none confirmed yet")
    elif one.confirmed != one.reported:
        found.append(f"{hours(one.confirmed)} confirmed of {hours(one.reported)} logged")
    if one.too_early:
        ref = policy.clause("start").ref
        found.append(f"{hours(one.too_early)} too early, {ref}")
    if one.over_week:
        found.append(f"{hours(one.over_week)} over the week, {policy.clause('week').ref}")
    if one.over_plan:
        planned, ref = hours(one.placement.planned_minutes), policy.clause("over_plan").ref
        share = 100 + policy.tolerance_percent
        found.append(f"of {hours(one.basis)}; at most {share} % of {planned} planned, {ref}")
    return found


def _academic(policy: Parameters, found: CreditSum) -> dict[str, str]:
    counts = found.academic_minutes if policy.academic_counts else 0
    required, ref = hours(policy.academic_minutes_required), policy.clause("academic").ref
    clause = f"{hours(found.academic_minutes)} of {required} required, {ref}"
    return {"label": "Academic work", "value": hours(counts), "clause": clause}


def _capped(policy: Parameters, found: CreditSum) -> str:
    if found.earned_thousandths == policy.maximum_thousandths:
        most = credits_in_words(policy.maximum_thousandths)
        return f"at most {most}, {policy.clause('maximum').ref}"
    return policy.clause("hours").ref
