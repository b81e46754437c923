"""How much credit an approval may give, and what a different figure needs."""

from careerlink.errors import InvalidInput
from credit.cases import bases
from credit.cases.choice import Choice
from credit.cases.inputs import Facts
from credit.cases.models import Basis
from credit.policy.consistency import MOST_CREDITS
from credit.policy.credit_sum import CreditSum, Verdict, compute
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words


def basis_of(policy: Parameters, basis: Basis) -> Basis:
    """A course whose policy gives marks without credit gives no other."""
    return Basis.NON_CREDIT if policy.grade_basis == "non_credit" else basis


def credits_for(facts: Facts, choice: Choice, computed: CreditSum) -> int:
    """The award in thousandths.

    :raises InvalidInput: not a step of the policy, above the enrollment, zero for credit, or
        other than computed without a reason.
    """
    wanted = choice.credits_thousandths
    basis = basis_of(facts.policy, choice.basis)
    likely = 0 if basis == Basis.NON_CREDIT else computed.credits_thousandths
    given = likely if wanted is None else wanted
    _refuse_unconfirmed(computed, choice)
    if given < 0 or given % facts.policy.step_thousandths:
        step = credits_in_words(facts.policy.step_thousandths)
        raise InvalidInput(f"Credit is given in steps of {step}.", field="credits")
    if given > MOST_CREDITS:
        ceiling = credits_in_words(MOST_CREDITS)
        raise InvalidInput(f"No course gives more than {ceiling}.", field="credits")
    bases.require(facts.policy, basis, given)
    if given == 0 and basis == Basis.CREDIT:
        raise InvalidInput(
            "By the policy this case earns no credit. Deny or return it, mark it as a "
            "non-credit experience, or award credit with a reason.",
            field="credits",
        )
    most = facts.enrolled_thousandths
    if most is not None and given > most:
        raise InvalidInput(
            f"The student is enrolled for {credits_in_words(most)}; the registrar must change "
            "that first.",
            field="credits",
        )
    if not choice.override_reason.strip():
        _refuse_difference(facts, given, basis, computed)
    return given


def _refuse_difference(facts: Facts, given: int, basis: Basis, computed: CreditSum) -> None:
    policy = facts.policy
    # Who is enrolled for no credit cannot get what the hours would be worth.
    is_for_none = facts.enrolled_thousandths == 0 and basis == Basis.NON_CREDIT
    if given != computed.credits_thousandths and not is_for_none:
        raise InvalidInput(
            f"The policy gives {credits_in_words(computed.credits_thousandths)}. Say why you "
            "award another figure.",
            field="override_reason",
        )
    has_marks = policy.non_credit_minutes is not None
    if basis == Basis.NON_CREDIT and has_marks and not computed.earns_mark:
        lacks = "; ".join(text.rstrip(".") for text in computed.unmet) or "the hours for it"
        raise InvalidInput(
            f"By the policy this case earns no mark: {lacks}. Say why you give it.",
            field="override_reason",
        )


def most_likely(facts: Facts) -> CreditSum:
    """The sum once everything that can be confirmed by name is."""
    return with_all_confirmed(facts.policy, facts.inputs)


def with_all_confirmed(policy: Parameters, given: CaseInput) -> CreditSum:
    rules = {*given.confirmed_rules, *_unknown(compute(policy, given))}
    return compute(policy, given.model_copy(update={"confirmed_rules": tuple(sorted(rules))}))


def to_confirm(facts: Facts) -> tuple[str, ...]:
    return _unknown(facts.sum_with())


def _unknown(found: CreditSum) -> tuple[str, ...]:
    return tuple(check.rule for check in found.checks if check.verdict == Verdict.NOT_CHECKABLE)


def _refuse_unconfirmed(computed: CreditSum, choice: Choice) -> None:
    open_ones = [c for c in computed.checks if c.verdict == Verdict.NOT_CHECKABLE]
    if open_ones and not choice.override_reason.strip():
        raise InvalidInput(
            f"Confirm by name what CareerLink cannot check: {open_ones[0].text}",
            field="confirmed_rules",
        )
