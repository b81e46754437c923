"""Which cases may be awarded together: nothing in them asks for a second look. No database."""

from collections.abc import Sequence

from credit.cases import flags
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, Decision
from credit.policy.credit_sum import Verdict
from credit.policy.wording import credits_in_words


def why_not(facts: Facts, decisions: Sequence[Decision], assessed: bool) -> str:
    """In words; empty where the sum is exact, every check is met and nothing is flagged.

    ``assessed``: the instructor gave levels for the academic work.
    """
    if facts.case.state != CaseState.READY:
        return "It does not wait for a decision."
    if decisions:
        return "It was decided or returned before. Look at what changed."
    if any(part.input.ruled_minutes is not None for part in facts.parts):
        return "You ruled on its hours."
    if facts.policy.rubric and not assessed:
        return "Its academic work has no levels yet."
    if found := [flag.title for flag in flags.of(facts)]:
        return "It has flags: " + " ".join(found)
    return _why_not_by_sum(facts)


def _why_not_by_sum(facts: Facts) -> str:
    found = facts.sum_with()
    for check in found.checks:
        if check.verdict == Verdict.NOT_CHECKABLE:
            return f"You have to confirm by name: {check.text}"
        if not check.holds:
            return check.text
    if found.credits_thousandths <= 0:
        return "By the policy it earns no credit."
    most = facts.enrolled_thousandths
    if most is not None and found.credits_thousandths > most:
        return f"The student is enrolled for {credits_in_words(most)} only."
    return ""
