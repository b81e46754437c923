"""Where an answer at a step leads, and who sits at which."""

import pytest

from credit.appeals.models import AppealState
from credit.appeals.workflow import APPEAL
from credit.approvals import steps
from credit.approvals.roles import ApproverRole
from credit.cases.models import CaseState, DecisionOutcome

ALONE = ("instructor",)
THREE = ("instructor", "chair", "registrar")
APPROVED = DecisionOutcome.APPROVED


@pytest.mark.parametrize(
    ("chain", "step", "state", "then", "awaits"),
    [
        (ALONE, 1, CaseState.APPROVED, 1, None),
        (THREE, 1, CaseState.IN_APPROVAL, 2, ApproverRole.CHAIR),
        (THREE, 2, CaseState.IN_APPROVAL, 3, ApproverRole.REGISTRAR),
        (THREE, 3, CaseState.APPROVED, 3, None),
    ],
)
def test_an_approval_leads_to_the_next_step_or_is_final(
    chain: tuple[str, ...],
    step: int,
    state: CaseState,
    then: int,
    awaits: ApproverRole | None,
) -> None:
    found = steps.after(APPROVED, step=step, chain=chain)

    assert (found.state, found.step, found.awaits) == (state, then, awaits)
    assert found.is_final == (state == CaseState.APPROVED)


def test_what_goes_back_goes_on_where_it_was_and_what_is_voided_from_the_start() -> None:
    assert steps.after(DecisionOutcome.RETURNED, step=2, chain=THREE).step == 2
    assert steps.after(DecisionOutcome.VOIDED, step=3, chain=THREE).step == 1
    assert steps.after_resubmission(step=2, chain=THREE).awaits == ApproverRole.CHAIR
    assert steps.after_resubmission(step=1, chain=THREE).state == CaseState.READY


def test_an_appeal_ends_once_and_in_one_of_four_ways() -> None:
    assert {edge for edge, _to in APPEAL} == {AppealState.OPEN}
    assert {to for _edge, to in APPEAL} == set(AppealState) - {AppealState.OPEN}
    assert all(edge.outlives_course for edge in APPEAL.values())
