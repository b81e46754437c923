"""Why a decision came out as it did, from what it froze: no live record is read."""

from dataclasses import dataclass

from credit.cases.models import Decision
from credit.policy.credit_sum import CreditSum, compute
from credit.policy.inputs import CaseInput, digest
from credit.policy.parameters import Parameters


@dataclass(frozen=True)
class Explained:
    sum: CreditSum
    is_untouched: bool
    """The inputs have the hash that was written down with them."""
    agrees: bool
    """The sum gives today what the decision says the policy gave then."""


def explain(decision: Decision) -> Explained:
    policy = Parameters.model_validate(decision.policy_version.parameters)
    inputs = CaseInput.model_validate(decision.inputs)
    found = compute(policy, inputs)
    return Explained(
        sum=found,
        is_untouched=digest(decision.policy_version_id, inputs) == decision.inputs_hash,
        agrees=found.credits_thousandths == decision.computed_thousandths,
    )
