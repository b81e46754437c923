"""What a decision is worth in the gradebook, as the policy says. No database, no clock."""

from dataclasses import dataclass

from credit.cases.models import CaseState, Decision, DecisionOutcome
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words

PASS_OF = 1000
"""Pass and no pass are 1 and 0 of 1."""
STANDS = (CaseState.APPROVED, CaseState.DENIED, CaseState.APPEALED)
"""What is appealed holds until the second reader has answered."""
GRADED = (DecisionOutcome.APPROVED, DecisionOutcome.DENIED)


@dataclass(frozen=True)
class Worth:
    given_thousandths: int | None
    """``None``: nothing may stand there."""
    maximum_thousandths: int
    comment: str = ""

    @property
    def text(self) -> str:
        if self.given_thousandths is None:
            return "no grade"
        given, most = self.given_thousandths, self.maximum_thousandths
        return f"{points_in_words(given)} of {points_in_words(most)}"


def maximum(policy: Parameters) -> int:
    """What the column counts to."""
    if policy.score_kind == "pass_fail":
        return PASS_OF
    if policy.score_kind == "credits":
        return policy.maximum_thousandths
    return policy.score_maximum_thousandths


def approved(policy: Parameters, credits_thousandths: int) -> Worth:
    words = credits_in_words(credits_thousandths)
    full = maximum(policy)
    if policy.score_kind == "credits":
        # Moodle cuts what is above the maximum, and would seem to show a teacher's own grade.
        shown = min(credits_thousandths, full)
        return Worth(shown, full, f"Approved in CareerLink: {words}.")
    passed = "Pass. " if policy.score_kind == "pass_fail" else ""
    return Worth(full, full, f"{passed}Approved in CareerLink: {words}.")


def denied(policy: Parameters) -> Worth:
    failed = "No pass. " if policy.score_kind == "pass_fail" else ""
    return Worth(0, maximum(policy), f"{failed}Not approved in CareerLink.")


def nothing(policy: Parameters, why: str = "") -> Worth:
    return Worth(None, maximum(policy), why)


def of_standing(decision: Decision | None, policy: Parameters) -> Worth:
    """What should stand there while this decision holds; incomplete and undecided: nothing."""
    if decision is None or decision.outcome not in GRADED:
        return nothing(policy)
    if decision.outcome == DecisionOutcome.DENIED:
        return denied(policy)
    return approved(policy, decision.credits_thousandths or 0)


def of_step(decision: Decision, policy: Parameters) -> Worth | None:
    """What a decision changes there; ``None``: it leaves the gradebook alone."""
    if decision.outcome == DecisionOutcome.VOIDED:
        return nothing(policy, "The decision in CareerLink was voided.")
    if decision.outcome == DecisionOutcome.RETURNED:
        return nothing(policy, "The case came back to the student in CareerLink.")
    if not decision.is_final:
        return None
    if decision.outcome == DecisionOutcome.INCOMPLETE:
        return nothing(policy, "The case is incomplete in CareerLink.")
    return of_standing(decision, policy)


def points_in_words(thousandths: int) -> str:
    return f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")
