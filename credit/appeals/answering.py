"""The second reader's answer: uphold, amend or return, each with a reason."""

from sqlalchemy.orm import Session

from careerlink import states
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from credit import delivery
from credit.appeals import notifications, operations, outcomes, queries
from credit.appeals.models import Appeal, AppealState
from credit.appeals.outcomes import Answer, Reply
from credit.approvals import asking, authority
from credit.approvals.authority import Seat
from credit.approvals.steps import Next
from credit.cases import conflicts, inputs, readiness
from credit.cases import queries as cases
from credit.cases.deciding import EvidenceChanged, seen_mark
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.workflow import CASE, approves

DECIDED_HERE = "You decided in this case, so somebody else reads the appeal."
SPOKE_HERE = "You wrote to the second reader in this appeal, so somebody else reads it."
MOST_WRITTEN = 4000


STATE = {
    Answer.UPHOLD: AppealState.UPHELD,
    Answer.AMEND: AppealState.AMENDED,
    Answer.TO_INSTRUCTOR: AppealState.RETURNED,
    Answer.TO_STUDENT: AppealState.RETURNED,
}


class AnsweredMeanwhile(ChangedMeanwhile):
    def __init__(self, appeal: Appeal | None) -> None:
        by = appeal.answered_by.label if appeal and appeal.answered_by else "somebody else"
        super().__init__(f"This appeal was closed while you had it open, by {by}.")


def why_not(
    session: Session, facts: Facts, decisions: list[Decision], *, actor: Actor
) -> tuple[Seat | None, str]:
    """The reader's seat, and why it cannot be taken; ``actor`` is narrowed to this case."""
    case = facts.case
    seat = authority.seat(actor, case, case.awaits)
    if seat is None or not approves(actor, case):
        return None, "A second reader answers this: a chair who had no part in the decision."
    ids = [part.placement.id for part in facts.parts]
    found = conflicts.grounds(session, [case], ids, actor=actor)
    people = found.accounts_of(actor.person_id, seat.acts_for_id)
    if any({one.decided_by_id, one.acting_for_id} & people for one in decisions):
        return seat, DECIDED_HERE
    if queries.spoke_for_decision(session, case, people):
        return seat, SPOKE_HERE
    return seat, conflicts.why_not(found, case, ids, actor=actor, seat=seat)


def answer(session: Session, case: CreditCase, reply: Reply, *, actor: Actor) -> Appeal:
    """The first answer holds; the same one sent twice is one.

    :raises AnsweredMeanwhile, EvidenceChanged: what was on screen is no longer so.
    """
    cases.lock(session, case)
    actor = authority.narrowed(session, actor, case)
    appeal = queries.open_one(session, case)
    if appeal is None:
        return _repeated(session, case, reply, actor)
    facts = inputs.load_one(session, case)
    decisions = list(cases.decisions(session, case))
    seat, why = why_not(session, facts, decisions, actor=actor)
    if seat is None or why:
        raise NotPermitted(why)
    if reply.seen is not None and reply.seen != seen_mark(facts, decisions[-1]):
        raise EvidenceChanged
    reason = _reason(reply)
    made = outcomes.made(session, facts, appeal, reply, reason, decisions, seat, actor=actor)
    goes_on = outcomes.then(facts, appeal, reply.answer)
    operations.close(
        session,
        appeal,
        STATE[reply.answer],
        actor=actor,
        reason=reason,
        acting_for_id=seat.acts_for_id,
        answer_id=_answer_id(made),
    )
    _move_case(session, case, goes_on, reply, reason, actor=actor)
    # What was incomplete may lack as much as it did before.
    readiness.settle(session, facts)
    notifications.answered(session, appeal, actor=actor)
    if case.awaits is not None:
        asking.approvers(session, case, actor=actor)
    if made:
        delivery.send_grade(session, made[0], policy=facts.policy, actor=actor)
    return appeal


def _answer_id(made: list[Decision]) -> int | None:
    """The award, or what took the decision back."""
    awards = [one for one in made if one.outcome == DecisionOutcome.APPROVED]
    return next((one.id for one in (*awards, *made)), None)


def _repeated(session: Session, case: CreditCase, reply: Reply, actor: Actor) -> Appeal:
    made = queries.of_case(session, case)
    last = made[-1] if made else None
    if (
        last is not None
        and last.answered_by_id == actor.person_id
        and last.state == STATE[reply.answer]
    ):
        return last
    raise AnsweredMeanwhile(last)


def _reason(reply: Reply) -> str:
    reason = reply.reason.strip()
    if not reason:
        raise InvalidInput("Say why; the student reads it.", field="reason")
    if len(reason) > MOST_WRITTEN:
        raise InvalidInput(f"Write up to {MOST_WRITTEN} characters.", field="reason")
    return reason


def _move_case(
    session: Session,
    case: CreditCase,
    goes_on: Next,
    reply: Reply,
    reason: str,
    *,
    actor: Actor,
) -> None:
    states.move(
        session,
        case,
        goes_on.state,
        CASE,
        actor=actor,
        reason=reason,
        detail={"answer": reply.answer.value},
        awaits=goes_on.awaits,
        step=goes_on.step,
        returned_reason=reason if goes_on.state == CaseState.RETURNED else "",
    )
