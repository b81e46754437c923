"""The sum that a case's page shows: by what is there now, or by what its decision froze."""

from collections.abc import Sequence
from dataclasses import dataclass

from credit.approvals import carried
from credit.cases import award, replay
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, Decision, DecisionOutcome
from credit.cases.standing import standing_of
from credit.policy.credit_sum import CreditSum
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters

FIXED = (CaseState.APPROVED, CaseState.DENIED, CaseState.APPEALED)


@dataclass(frozen=True)
class ShownSum:
    version: CreditPolicyVersion
    policy: Parameters
    found: CreditSum
    likely: CreditSum
    """Once everything is confirmed by name that can be."""

    @property
    def has_to_confirm(self) -> bool:
        return self.likely.credits_thousandths != self.found.credits_thousandths


def of(facts: Facts, decisions: Sequence[Decision]) -> ShownSum:
    """``decisions``: all of the case, oldest first."""
    final = standing_of(decisions) if facts.case.state in FIXED else None
    if final is None:
        before = carried.step_before(facts.case, decisions)
        confirmed = before.inputs.get("confirmed_rules", ()) if before is not None else ()
        version, found = facts.case.policy_version, facts.sum_with(confirmed)
        return ShownSum(version, facts.policy, found, award.most_likely(facts))
    told = replay.explain(final)
    likely = told.sum
    if final.outcome != DecisionOutcome.APPROVED:
        likely = award.with_all_confirmed(told.policy, told.inputs)
    return ShownSum(final.policy_version, told.policy, told.sum, likely)
