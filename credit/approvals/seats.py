"""As what somebody makes a decision, and why they may not."""

from collections.abc import Sequence, Set

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit.appeals import queries as appeals
from credit.approvals import authority, steps
from credit.approvals.authority import Seat
from credit.approvals.roles import ApproverRole
from credit.cases import conflicts
from credit.cases.conflicts import Grounds
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.standing import standing_of
from credit.cases.workflow import DECIDED, decides, why_not_decides

APPEALED = "The student has appealed. A second reader answers that first."
OTHER_STEP = "You decided at another step of this case, so somebody else decides here."
OTHERS_STEP = "{} decided at another step of this case, so somebody else decides here."
OTHER_SECTION = "You were asked for other sections of this course than this student’s."
AFTER_APPEAL = "This was decided on an appeal, so only a second reader can void it."


def seat_for(
    actor: Actor,
    case: CreditCase,
    outcome: DecisionOutcome,
    decisions: list[Decision],
    *,
    to_instructor: bool = False,
) -> Seat | None:
    """``None`` where this person has no part in such a decision, conflicts apart."""
    if case.state == CaseState.APPEALED:
        return None
    takes_back = outcome == DecisionOutcome.VOIDED and not to_instructor
    if case.state == CaseState.IN_APPROVAL and not takes_back:
        return authority.seat(actor, case, case.awaits)
    if decides(actor, case):
        standing = actor.standing(case.course_id)
        return Seat(None, standing.acts_for_id, standing.acts_for)
    if case.state in DECIDED and outcome == DecisionOutcome.VOIDED:
        final = standing_of(decisions)
        return authority.seat(actor, case, final.as_role if final else None)
    return None


def why_no_seat(actor: Actor, case: CreditCase) -> str:
    if case.state == CaseState.APPEALED:
        return APPEALED
    if case.state == CaseState.IN_APPROVAL:
        return f"This case waits for {steps.NAMES[case.awaits]}, who decides next."
    return why_not_decides(actor, case)


def why_not_twice(
    actor: Actor, step: int, decisions: list[Decision], people: Set[int | None]
) -> str:
    """Nobody acts at two steps of one case. ``people``: the actor and in whose place they act,
    under every account of theirs."""
    for one in decisions:
        if one.outcome == DecisionOutcome.VOIDED or one.step == step:
            continue
        if one.decided_by_id == actor.person_id:
            return OTHER_STEP
        if {one.decided_by_id, one.acting_for_id} & people:
            name = one.decided_by.label if one.acting_for is None else one.acting_for.label
            return OTHERS_STEP.format(name)
    return ""


def step_of(seat: Seat, case: CreditCase, decisions: list[Decision]) -> int:
    """At which step a decision from this seat is made."""
    if seat.role is None:
        return 1
    if case.state == CaseState.IN_APPROVAL:
        return case.step
    final = standing_of(decisions)
    return final.step if final is not None else case.step


def grounds(session: Session, found: Sequence[Facts], *, actor: Actor) -> Grounds:
    """What may speak against a decision by ``actor`` on any of these."""
    work = [part.placement.id for facts in found for part in facts.parts]
    return conflicts.grounds(session, [one.case for one in found], work, actor=actor)


def offered(
    session: Session,
    facts: Facts,
    outcome: DecisionOutcome,
    decisions: list[Decision],
    *,
    actor: Actor,
    to_instructor: bool = False,
    read: Grounds | None = None,
) -> tuple[Seat | None, str]:
    """The seat, and why it cannot be taken; ``actor`` is narrowed to this case already.

    ``read`` are the ``grounds`` of a list of cases, or those that were read a moment ago.
    """
    case = facts.case
    final = standing_of(decisions)
    approvals = [one for one in decisions if one.outcome == DecisionOutcome.APPROVED]
    is_void = outcome == DecisionOutcome.VOIDED and case.state in DECIDED
    takes_back = (
        outcome == DecisionOutcome.VOIDED
        and case.state == CaseState.IN_APPROVAL
        and not to_instructor
    )
    against = read or grounds(session, [facts], actor=actor)
    if is_void and final is not None and appeals.answered(session, final):
        found, why = _reader(actor, case, decisions, final, against)
        if why:
            return found, why
    elif takes_back and approvals and appeals.answered(session, approvals[-1]):
        return None, AFTER_APPEAL
    else:
        found = seat_for(actor, case, outcome, decisions, to_instructor=to_instructor)
    if found is None:
        return None, why_no_seat(actor, case)
    if found.role is None and (case.course_id, case.person_id) not in against.students:
        return None, OTHER_SECTION
    ids = [part.placement.id for part in facts.parts]
    why = conflicts.why_not(against, case, ids, actor=actor, seat=found)
    if not why and (outcome != DecisionOutcome.VOIDED or to_instructor):
        step = step_of(found, case, decisions)
        people = against.accounts_of(actor.person_id, found.acts_for_id)
        why = why_not_twice(actor, step, decisions, people)
    return found, why


def _reader(
    actor: Actor,
    case: CreditCase,
    decisions: list[Decision],
    final: Decision,
    against: Grounds,
) -> tuple[Seat | None, str]:
    """After an answered appeal: a chair, but nobody whose decision the reader looked at."""
    found = authority.seat(actor, case, ApproverRole.CHAIR)
    people = against.accounts_of(actor.person_id, found.acts_for_id if found else None)
    before = [one for one in decisions if one.id != final.id or one.replaces_id is None]
    if found is None or any({one.decided_by_id, one.acting_for_id} & people for one in before):
        return None, AFTER_APPEAL
    return found, ""
