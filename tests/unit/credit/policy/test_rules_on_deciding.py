"""Published rules on how a case is marked and ended: what is offered under them."""

from typing import Any, cast

import pytest
from sqlalchemy.orm import Session

from credit.cases import acceptance, finishing
from credit.cases.models import Basis, CreditCase, Decision, DecisionOutcome
from credit.policy.known_rules import known
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from credit.registrar import lines

NO_SESSION = cast(Session, None)


def under(key: str, **other: Any) -> Parameters:
    """What a university publishes, or the same but for the parameter that is tried."""
    return Parameters.model_validate(known(key).parameters.stored() | other)


def version(policy: Parameters) -> CreditPolicyVersion:
    return CreditPolicyVersion(parameters=policy.stored())


def decided(outcome: DecisionOutcome, policy: Parameters) -> Decision:
    return Decision(outcome=outcome, basis=Basis.CREDIT, policy_version=version(policy))


@pytest.mark.parametrize("key", ["concordia", "oregon"])
def test_pass_or_no_pass_is_the_grade_where_the_rules_say_so(key: str) -> None:
    outcomes = (DecisionOutcome.APPROVED, DecisionOutcome.DENIED)
    for policy, grades in ((under(key), ["P", "NP"]), (under(key, grade_basis="letter"), [""])):
        told = [lines.grade_of(decided(outcome, policy), policy) for outcome in outcomes]
        assert told == grades * (2 // len(grades))


def test_no_incomplete_where_the_rules_exclude_it() -> None:
    for policy, says in (
        (under("eastern_connecticut"), [finishing.NOT_ALLOWED]),
        (under("eastern_connecticut", incomplete_allowed=True), []),
    ):
        case = CreditCase(policy_version=version(policy))
        assert finishing.allowed(NO_SESSION, case) == says


def test_the_student_has_the_last_word_where_the_rules_ask_for_it() -> None:
    key, award = "pacific_lutheran", DecisionOutcome.APPROVED
    assert acceptance.is_needed(decided(award, under(key)))
    assert not acceptance.is_needed(decided(DecisionOutcome.DENIED, under(key)))
    other = under(key, final_acceptance_required=False)
    assert not acceptance.is_needed(decided(award, other))
