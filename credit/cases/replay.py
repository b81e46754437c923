"""Why a decision came out as it did, from what it froze: no live record is read."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from credit.cases.models import CreditCase, Decision
from credit.policy.credit_sum import CreditSum, compute
from credit.policy.inputs import CaseInput, digest
from credit.policy.parameters import Parameters


@dataclass(frozen=True)
class Explained:
    policy: Parameters
    inputs: CaseInput
    sum: CreditSum
    hash: str
    """Of the inputs as they are stored now."""
    is_untouched: bool
    """The inputs have the hash that was written down with them."""
    agrees: bool
    """The sum gives today what the decision says the policy gave then."""

    @property
    def holds(self) -> bool:
        return self.is_untouched and self.agrees


def explain(decision: Decision) -> Explained:
    """:raises ValidationError: what is stored is no longer what any decision was made of."""
    policy = Parameters.model_validate(decision.policy_version.parameters)
    inputs = CaseInput.model_validate(decision.inputs)
    found, now = compute(policy, inputs), digest(decision.policy_version_id, inputs)
    return Explained(
        policy=policy,
        inputs=inputs,
        sum=found,
        hash=now,
        # Member for member: a reader's defaults must not fill what somebody took out.
        is_untouched=now == decision.inputs_hash and inputs.stored() == decision.inputs,
        agrees=found.credits_thousandths == decision.computed_thousandths,
    )


def decision_of(session: Session, case_id: str, number: int | None) -> Decision | None:
    """By the public id of its case; the newest one that is not told apart by its number."""
    query = (
        select(Decision)
        .join(Decision.credit_case)
        .where(CreditCase.public_id == case_id)
        .options(
            joinedload(Decision.policy_version),
            joinedload(Decision.decided_by),
            joinedload(Decision.acting_for),
            joinedload(Decision.reason),
        )
        .order_by(Decision.number.desc())
        .limit(1)
    )
    if number is not None:
        query = query.where(Decision.number == number)
    return session.scalar(query)
