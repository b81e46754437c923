"""One decided case under another policy: what comes out, and which clause makes it so. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from credit.policy.changes import between
from credit.policy.checks import Verdict
from credit.policy.credit_sum import CreditSum, compute
from credit.policy.editor_questions import questions, rule_of
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Parameters
from credit.policy.wording import RULES

EVIDENCE = {
    "midpoint_evaluation_required": "midpoint evaluations",
    "outcomes_verified": "what shows each objective",
}
"""Read and frozen only where a policy asks for it, in words."""


@dataclass(frozen=True)
class Compared:
    before: int
    after: int
    """Thousandths of a credit; with everything confirmed that cannot be checked."""
    needs: tuple[tuple[str, str], ...] = ()
    """Clause and sentence of what the frozen inputs do not say."""
    reasons: tuple[tuple[str, str], ...] = ()
    """Clause and sentence of what makes the difference."""

    @property
    def is_checkable(self) -> bool:
        return not self.needs

    @property
    def differs(self) -> bool:
        return self.before != self.after


def compare(old: Parameters, new: Parameters, case: CaseInput) -> Compared:
    before = compute(old, case).credits_thousandths
    known, unread = _as_frozen_for(old, new, case), _unread_evidence(old, new, case)
    readable = new.model_copy(update=dict.fromkeys(unread, False))
    found = compute(readable, known)
    needs = _needs(unread, found)
    if needs:
        trusted = set(case.confirmed_rules) | {rule for rule, _ in needs}
        found = compute(readable, known.model_copy(update={"confirmed_rules": tuple(trusted)}))
    after = found.credits_thousandths
    reasons = _reasons(old, new, case, found) if before != after else ()
    return Compared(
        before,
        after,
        tuple((_title(new, rule), text) for rule, text in needs),
        tuple((_title(new, rule), text) for rule, text in reasons),
    )


def _as_frozen_for(old: Parameters, new: Parameters, case: CaseInput) -> CaseInput:
    """Frozen is the first day of as many terms as the old policy let count."""
    if case.term is None or new.carry_terms == old.carry_terms:
        return case
    term = case.term.model_copy(update={"carried_from": None})
    return case.model_copy(update={"term": term})


def _unread_evidence(old: Parameters, new: Parameters, case: CaseInput) -> list[str]:
    """Parameters of which it is not known whether the case had it, for nobody asked."""
    return [
        name
        for name in EVIDENCE
        if getattr(new, name) and not (getattr(old, name) and case.edition >= 2)
    ]


def _needs(unread: Sequence[str], found: CreditSum) -> list[tuple[str, str]]:
    """What this policy would ask and these inputs cannot answer."""
    needs = [
        (check.rule, check.text)
        for check in found.checks
        if check.verdict == Verdict.NOT_CHECKABLE
    ]
    if unread:
        what = " and ".join(EVIDENCE[name] for name in unread)
        needs.append(("evidence", f"Evidence: not checkable, needs {what}."))
    known = {rule for rule, _ in needs}
    return [
        (rule, next(text for one, text in needs if one == rule))
        for rule in RULES
        if rule in known
    ]


def _reasons(
    old: Parameters, new: Parameters, case: CaseInput, found: CreditSum
) -> list[tuple[str, str]]:
    """The rules whose change alone brings the new result, else those without which it stays."""
    changed = changed_rules(old, new)
    before, after = compute(old, case).credits_thousandths, found.credits_thousandths
    alone = [rule for rule in changed if _with(old, changed[rule], case) == after]
    if not alone:
        reverted = {rule: _values(old, names) for rule, names in _names(changed).items()}
        alone = [rule for rule in changed if _with(new, reverted[rule], case) == before]
    texts = {
        rule: "; ".join(one.text for one in of_rule)
        for rule, of_rule in groupby(between(old, new), key=lambda one: one.rule)
    } | {check.rule: check.text for check in found.checks if not check.holds}
    return [(rule, texts.get(rule, "")) for rule in alone or list(changed)]


def changed_rules(old: Parameters, new: Parameters) -> dict[str, dict[str, Any]]:
    """By rule: the parameters that differ, as the new policy has them."""
    found: dict[str, dict[str, Any]] = {}
    for one in questions():
        value = getattr(new, one.name)
        if getattr(old, one.name) != value:
            found.setdefault(rule_of(one.name), {})[one.name] = value
    return found


def _with(policy: Parameters, values: Mapping[str, Any], case: CaseInput) -> int:
    # Unchecked on purpose: half of a change may be no policy that anybody would publish.
    return compute(policy.model_copy(update=dict(values)), case).credits_thousandths


def _names(changed: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    return {rule: list(values) for rule, values in changed.items()}


def _values(policy: Parameters, names: list[str]) -> dict[str, Any]:
    return {name: getattr(policy, name) for name in names}


def _title(policy: Parameters, rule: str) -> str:
    clause = policy.clauses.get(rule)
    return clause.ref if clause else RULES.get(rule, rule)
