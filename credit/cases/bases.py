"""Credit or a mark without credit: what the policy leaves to whoever decides."""

from careerlink.errors import InvalidInput
from credit.cases.models import Basis
from credit.policy.parameters import Parameters

WORDS = {Basis.CREDIT: "Credit", Basis.NON_CREDIT: "Non-credit experience"}


def offered(policy: Parameters) -> tuple[Basis, ...]:
    if policy.grade_basis == "non_credit":
        return (Basis.NON_CREDIT,)
    return tuple(Basis) if policy.non_credit_minutes is not None else (Basis.CREDIT,)


def require(policy: Parameters, basis: Basis, credits: int) -> None:
    """:raises InvalidInput: not by this policy, or worth something without being credit."""
    if basis not in offered(policy):
        raise InvalidInput(
            "The policy of this case knows no mark without credit.", field="basis"
        )
    if basis == Basis.NON_CREDIT and credits:
        raise InvalidInput("A mark without credit is worth 0 credits.", field="credits")
