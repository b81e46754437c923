"""A policy in plain sentences, each beside its clause."""

from dataclasses import dataclass

from credit.policy.credit_sum import hours
from credit.policy.parameters import Clause, Parameters


@dataclass(frozen=True)
class Rule:
    title: str
    text: str
    clause: Clause


def rules_of(policy: Parameters) -> list[Rule]:
    """In the order in which the sum is worked out."""
    found = [
        ("hours", "Hours to credit", _hours(policy)),
        ("maximum", "Least and most", _limits(policy)),
        ("over_plan", "More hours than planned", _over_plan(policy)),
        ("academic", "Academic work", _academic(policy)),
        ("start", "When hours begin to count", _start(policy)),
        ("week", "Hours in a week", _week(policy)),
        ("span", "Weeks", _span(policy)),
        ("bundle", "Projects", _bundle(policy)),
        ("evidence", "Evidence", _evidence(policy)),
    ]
    return [Rule(title, text, policy.clause(rule)) for rule, title, text in found if text]


def credits_in_words(thousandths: int) -> str:
    figure = f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")
    return f"{figure} credit" if thousandths == 1000 else f"{figure} credits"


def _hours(policy: Parameters) -> str:
    return (
        f"{hours(policy.minutes_per_credit)} hours of work make 1 credit. Credit is given in "
        f"steps of {credits_in_words(policy.step_thousandths)}, always rounded down."
    )


def _limits(policy: Parameters) -> str:
    least, most = policy.minimum_thousandths, policy.maximum_thousandths
    lowest = f"The smallest award is {credits_in_words(least)}; " if least else ""
    return f"{lowest}at most {credits_in_words(most)} can be earned in this course."


def _over_plan(policy: Parameters) -> str:
    if not policy.tolerance_percent:
        return "Hours count up to those planned in the learning agreement."
    return (
        f"Hours count up to {100 + policy.tolerance_percent} % of those planned in the "
        "learning agreement."
    )


def _academic(policy: Parameters) -> str:
    if not policy.academic_minutes_required:
        return ""
    required = f"{hours(policy.academic_minutes_required)} hours of academic work are required"
    if policy.academic_counts:
        return f"{required}; they count toward the hours."
    return f"{required}; they do not count toward the hours."


def _start(policy: Parameters) -> str:
    from_when = []
    if policy.not_before_agreement:
        from_when.append("the learning agreement is in force")
    if policy.not_before_enrollment:
        from_when.append("the registrar has the student enrolled")
    return f"Hours count from the day on which {' and '.join(from_when)}." if from_when else ""


def _week(policy: Parameters) -> str:
    if policy.max_minutes_per_week is None:
        return ""
    return (
        f"At most {hours(policy.max_minutes_per_week)} hours of a week (Monday to Sunday) "
        "count, over all projects together."
    )


def _span(policy: Parameters) -> str:
    if not policy.min_span_weeks:
        return ""
    first = "the day of enrollment" if policy.span_from_enrollment else "the first hour"
    return f"From {first} to the last hour at least {policy.min_span_weeks} weeks."


def _bundle(policy: Parameters) -> str:
    least, most = policy.min_placements, policy.max_placements
    if least == 1 and most is None:
        return "Several small projects may be put together."
    if most is None:
        return f"At least {least} projects."
    return f"{least} to {most} projects." if least != most else f"Exactly {least} projects."


def _evidence(policy: Parameters) -> str:
    needed = [
        words
        for required, words in (
            (policy.deliverables_required, "the work itself"),
            (policy.reflection_required, "a reflection"),
            (policy.supervisor_evaluation_required, "the supervisor’s final evaluation"),
            (policy.self_evaluation_required, "the student’s own evaluation"),
        )
        if required
    ]
    return f"Every project needs {', '.join(needed)}." if needed else ""
