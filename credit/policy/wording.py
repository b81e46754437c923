"""A policy in plain sentences, each beside its clause."""

from dataclasses import dataclass

from credit.policy import clause_words as words
from credit.policy.amounts import smallest_award
from credit.policy.checks import credit_figure, hours
from credit.policy.parameters import Clause, Parameters

RULES = {
    "hours": "Hours to credit",
    "maximum": "Least and most",
    "grade": "Grade",
    "over_plan": "More hours than planned",
    "site_share": "Share of site time",
    "academic": "Academic work",
    "start": "When hours begin to count",
    "term": "Term",
    "start_week": "Latest start",
    "week": "Hours in a week",
    "span": "Weeks",
    "bundle": "Projects",
    "lifetime": "Credit in all",
    "lifetime_cases": "How often",
    "major": "Share of a major",
    "evidence": "Evidence",
    "syllabus": "Syllabus",
    "payer": "Who pays",
    "double_count": "Counted elsewhere",
    "supervisor": "Who supervises",
    "host": "Ties to the host",
    "hold": "Holds",
    "approval": "Who decides",
    "return": "Sending back",
    "incomplete": "Incomplete",
    "acceptance": "The student’s word",
    "census": "Leaving the course",
    "gradebook": "Gradebook",
}
"""By the names under which a policy keeps its clauses, in the order of the sum."""


@dataclass(frozen=True)
class Rule:
    title: str
    text: str
    clause: Clause
    rule: str = ""


def rules_of(policy: Parameters) -> list[Rule]:
    """In the order in which the sum is worked out; rules that the policy does not have are
    left out."""
    texts = {
        "hours": _hours(policy),
        "maximum": _limits(policy),
        "grade": words.grade(policy),
        "over_plan": _over_plan(policy),
        "site_share": words.site_share(policy),
        "academic": _academic(policy),
        "start": _start(policy),
        "term": words.term(policy),
        "start_week": words.start_week(policy),
        "week": _week(policy),
        "span": _span(policy),
        "bundle": _bundle(policy),
        "lifetime": words.lifetime(policy),
        "lifetime_cases": words.lifetime_cases(policy),
        "major": words.major(policy),
        "evidence": _evidence(policy),
        "syllabus": words.syllabus(policy),
        "payer": words.payer(policy),
        "double_count": words.double_count(policy),
        "supervisor": words.supervisor(policy),
        "host": words.host(policy),
        "hold": words.hold(policy),
        "approval": words.approval(policy),
        "return": words.sending_back(policy),
        "incomplete": words.incomplete(policy),
        "acceptance": words.acceptance(policy),
        "census": words.census(policy),
        "gradebook": words.gradebook(policy),
    }
    return [
        Rule(RULES[rule], text, policy.clause(rule), rule)
        for rule, text in texts.items()
        if text
    ]


def credits_in_words(thousandths: int) -> str:
    figure = credit_figure(thousandths)
    return f"{figure} credit" if thousandths == 1000 else f"{figure} credits"


def _hours(policy: Parameters) -> str:
    if policy.grade_basis == "non_credit":
        needed = hours(policy.non_credit_minutes or 0)
        return f"{needed} hours of work make a mark on the transcript, without credit."
    mark = words.mark(policy)
    steps = (
        f"Credit is given in steps of {credits_in_words(policy.step_thousandths)}, "
        "always rounded down."
    )
    if not policy.hours_table:
        return f"{hours(policy.minutes_per_credit)} hours of work make 1 credit. {steps}{mark}"
    rows = ", ".join(
        f"{credits_in_words(step.thousandths)} from {hours(step.minutes)} hours"
        for step in policy.hours_table
    )
    return f"Credit by hours of work: {rows}. {steps}{mark}"


def _limits(policy: Parameters) -> str:
    if policy.grade_basis == "non_credit":
        return ""
    least, most = smallest_award(policy), policy.maximum_thousandths
    lowest = f"The smallest award is {credits_in_words(least)}; at" if least else "At"
    return f"{lowest} most {credits_in_words(most)} can be earned in this course."


def _over_plan(policy: Parameters) -> str:
    if not policy.tolerance_percent:
        return "Hours count up to those planned in the learning agreement."
    return (
        f"Hours count up to {100 + policy.tolerance_percent} % of those planned in the "
        "learning agreement."
    )


def _academic(policy: Parameters) -> str:
    sentences = []
    if policy.academic_minutes_required:
        sentences.append(
            f"{hours(policy.academic_minutes_required)} hours of academic work are required"
        )
    if policy.academic_minutes_per_credit:
        sentences.append(
            f"{hours(policy.academic_minutes_per_credit)} hours of academic work go with "
            "each credit"
        )
    if not sentences:
        return ""
    how = "count" if policy.academic_counts else "do not count"
    return f"{'; '.join(sentences)}; they {how} toward the hours."


def _start(policy: Parameters) -> str:
    from_when = []
    if policy.not_before_agreement:
        from_when.append(words.agreement_day(policy))
    if policy.not_before_enrollment:
        from_when.append("the registrar has the student enrolled")
    sentences = []
    if from_when:
        sentences.append(f"Hours count from the day on which {' and '.join(from_when)}.")
    if words.retroactivity(policy):
        sentences.append(words.retroactivity(policy))
    return " ".join(sentences)


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
        text
        for required, text in (
            (policy.agreement_required, "a learning agreement in force"),
            (policy.deliverables_required, _pieces(policy.deliverables_required)),
            (policy.reflection_required, "a reflection"),
            (policy.midpoint_evaluation_required, "the supervisor’s midpoint evaluation"),
            (policy.supervisor_evaluation_required, "the supervisor’s final evaluation"),
            (policy.self_evaluation_required, "the student’s own evaluation"),
            (policy.outcomes_verified, "evidence for each learning objective"),
        )
        if required
    ]
    return f"Every project needs {', '.join(needed)}." if needed else ""


def _pieces(number: int) -> str:
    return "the work itself" if number == 1 else f"{number} pieces of work"
