"""What the packet says of the chain: each step, who is next, and what this reader may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit.approvals import asking, authority, carried, seats, steps
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, Decision, DecisionOutcome
from credit.cases.workflow import DECIDED, UNDECIDED


@dataclass(frozen=True)
class Step:
    """One step of the chain, with its newest approval while that holds."""

    number: int
    who: str
    decision: Decision | None
    is_next: bool


def values(
    session: Session, facts: Facts, decisions: Sequence[Decision], *, actor: Actor
) -> dict[str, Any]:
    """``actor`` may be anybody who reads this packet."""
    case, made = facts.case, list(decisions)
    actor = authority.narrowed(session, actor, case)
    read = seats.grounds(session, [facts], actor=actor)
    seat, why = seats.offered(
        session, facts, DecisionOutcome.APPROVED, made, actor=actor, read=read
    )
    void_seat, why_not_void = seats.offered(
        session, facts, DecisionOutcome.VOIDED, made, actor=actor, read=read
    )
    before = carried.step_before(case, made)
    is_decided = case.state in DECIDED
    in_approval = case.state == CaseState.IN_APPROVAL
    acts = seat is not None and not why
    voids = void_seat is not None and not why_not_void
    is_instructor = acts and seat is not None and seat.role is None
    return {
        "from_outside": not (actor.reads_office or actor.may_look(case.course_id)),
        "why_not": why_not_void if is_decided else why,
        "may_decide": acts and case.state in (CaseState.READY, CaseState.IN_APPROVAL),
        "may_leave_incomplete": is_instructor
        and case.state in UNDECIDED
        and facts.policy.incomplete_allowed,
        "may_void": voids and is_decided,
        "may_take_back": voids and in_approval,
        "may_record": is_instructor and case.state in (*UNDECIDED, CaseState.INCOMPLETE),
        "is_decided": is_decided,
        "chain_steps": chain_steps(facts, made),
        "chain_length": len(facts.policy.approver_chain),
        "step_before": before,
        "next_approvers": asking.who_is_next(session, case) if case.awaits else [],
        "next_role": steps.NAMES[case.awaits],
        "evidence_changed": before is not None and _has_changed(facts, before),
    }


def student_values(
    session: Session, facts: Facts, decisions: Sequence[Decision]
) -> dict[str, Any]:
    """For the student's own page: where the case is."""
    case = facts.case
    return {
        "chain_steps": chain_steps(facts, list(decisions)),
        "next_approvers": asking.who_is_next(session, case) if case.awaits else [],
        "next_role": steps.NAMES[case.awaits],
    }


def chain_steps(facts: Facts, decisions: list[Decision]) -> list[Step]:
    """Nothing where one instructor decides alone."""
    case, chain = facts.case, facts.policy.approver_chain
    if len(chain) < 2:
        return []
    in_approval = case.state == CaseState.IN_APPROVAL
    done = case.step - 1 if in_approval else len(chain) * (case.state == CaseState.APPROVED)
    return [
        Step(
            number=number,
            who=steps.NAMES[steps.role_at(chain, number)],
            decision=_approval(decisions, number) if number <= done else None,
            is_next=in_approval and number == case.step,
        )
        for number in range(1, len(chain) + 1)
    ]


def _approval(decisions: list[Decision], step: int) -> Decision | None:
    """Also the award of a second reader, in the place of a denial at this step."""
    approvals = [one for one in decisions if one.outcome == DecisionOutcome.APPROVED]
    newest = next((one for one in reversed(approvals) if one.step == step), None)
    by_reader = next((one for one in reversed(approvals) if one.replaces_id), None)
    return newest or by_reader


def _has_changed(facts: Facts, before: Decision) -> bool:
    """Since the step before decided: other evidence than what stands in its row."""
    confirmed = tuple(before.inputs.get("confirmed_rules", ()))
    by_whom = before.inputs.get("confirmed_by", {})
    now = facts.confirmed(confirmed, before=by_whom).stored()
    # The arithmetic may have a newer edition since; that is no evidence.
    return {**now, "edition": 0} != {**before.inputs, "edition": 0}
