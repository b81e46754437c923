"""What a later step takes over from the one before, unless it gives a reason not to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from careerlink.errors import InvalidInput
from credit.cases.choice import Choice
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.policy.wording import credits_in_words


def step_before(case: CreditCase, decisions: Sequence[Decision]) -> Decision | None:
    """The newest approval of the step before, while it holds."""
    if case.state != CaseState.IN_APPROVAL:
        return None
    for one in reversed(decisions):
        if one.outcome == DecisionOutcome.APPROVED and one.step == case.step - 1:
            return one
    return None


def confirmed_before(case: CreditCase, decisions: list[Decision]) -> Mapping[str, int]:
    """Who confirmed which clause at the step before: that stays theirs."""
    before = step_before(case, decisions)
    return before.inputs.get("confirmed_by", {}) if before is not None else {}


def with_what_was_decided(choice: Choice, facts: Facts, decisions: list[Decision]) -> Choice:
    """At a later step an empty figure is the one before, and what was confirmed stays so.

    The reason for a figure holds as long as the policy gives what it gave then.

    :raises InvalidInput: another figure or basis without a reason.
    """
    before = step_before(facts.case, decisions)
    if before is None or choice.outcome != DecisionOutcome.APPROVED:
        return choice
    confirmed = tuple(before.inputs.get("confirmed_rules", ()))
    choice = replace(
        choice, confirmed_rules=tuple(dict.fromkeys((*confirmed, *choice.confirmed_rules)))
    )
    wanted = choice.credits_thousandths
    if wanted is None or (wanted, choice.basis) == (before.credits_thousandths, before.basis):
        computed = facts.sum_with(choice.confirmed_rules).credits_thousandths
        as_before = "as before" if computed == before.computed_thousandths else ""
        return replace(
            choice,
            credits_thousandths=before.credits_thousandths,
            basis=before.basis,
            override_reason=choice.override_reason or as_before,
        )
    if not choice.override_reason.strip():
        given = credits_in_words(before.credits_thousandths or 0)
        raise InvalidInput(
            f"{before.by} awarded {given}. Say why you award another figure.",
            field="override_reason",
        )
    return choice
