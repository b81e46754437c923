"""What an answer at a step of the chain leads to, and who acts at which step. No database."""

from collections.abc import Sequence
from dataclasses import dataclass

from credit.approvals.roles import ApproverRole
from credit.cases.models import CaseState, DecisionOutcome

AFTER = {
    DecisionOutcome.APPROVED: CaseState.APPROVED,
    DecisionOutcome.RETURNED: CaseState.RETURNED,
    DecisionOutcome.DENIED: CaseState.DENIED,
    DecisionOutcome.INCOMPLETE: CaseState.INCOMPLETE,
    DecisionOutcome.VOIDED: CaseState.READY,
}
NAMES = {
    None: "the instructor",
    ApproverRole.CHAIR: "a chair",
    ApproverRole.REGISTRAR: "the registrar",
}
FINAL = (DecisionOutcome.APPROVED, DecisionOutcome.DENIED, DecisionOutcome.INCOMPLETE)


@dataclass(frozen=True)
class Next:
    """Where a case goes: its state, the step that acts there, and who that is."""

    state: CaseState
    step: int
    awaits: ApproverRole | None = None
    is_final: bool = False


def role_at(chain: Sequence[str], step: int) -> ApproverRole | None:
    """Who acts at ``step``, counted from 1; nothing for the instructor."""
    name = chain[step - 1] if 0 < step <= len(chain) else "instructor"
    return None if name == "instructor" else ApproverRole(name)


def after(outcome: DecisionOutcome, *, step: int, chain: Sequence[str]) -> Next:
    state = AFTER[outcome]
    if outcome == DecisionOutcome.APPROVED and step < len(chain):
        return Next(CaseState.IN_APPROVAL, step + 1, role_at(chain, step + 1))
    if outcome == DecisionOutcome.VOIDED:
        return Next(CaseState.READY, 1)
    # What is sent back goes on where it was returned; the steps before it are not repeated.
    return Next(state, step, is_final=outcome in FINAL)


def after_resubmission(*, step: int, chain: Sequence[str]) -> Next:
    role = role_at(chain, step)
    if role is None:
        return Next(CaseState.READY, 1)
    return Next(CaseState.IN_APPROVAL, step, role)


def of_reader(*, step: int, chain: Sequence[str]) -> int:
    """As which step a second reader's award counts: a chair has taken the chair's then, too."""
    while step < len(chain) and role_at(chain, step + 1) == ApproverRole.CHAIR:
        step += 1
    return step
