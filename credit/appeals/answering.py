"""The second reader's answer: uphold, amend or return, each with a reason."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from credit import delivery
from credit.appeals import notifications, operations, queries
from credit.appeals.models import Appeal, AppealState
from credit.approvals import authority, steps
from credit.approvals.authority import Seat
from credit.cases import award, conflicts, inputs
from credit.cases import queries as cases
from credit.cases.choice import Choice
from credit.cases.deciding import EvidenceChanged, seen_mark
from credit.cases.inputs import Facts
from credit.cases.models import Basis, CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.workflow import CASE, approves
from credit.policy.inputs import digest
from credit.policy.wording import credits_in_words

DECIDED_HERE = "You decided in this case, so somebody else reads the appeal."
SPOKE_HERE = "You wrote to the second reader in this appeal, so somebody else reads it."
MOST_WRITTEN = 4000


class Answer(StrEnum):
    UPHOLD = "uphold"
    AMEND = "amend"
    TO_INSTRUCTOR = "to_instructor"
    TO_STUDENT = "to_student"


STATE = {
    Answer.UPHOLD: AppealState.UPHELD,
    Answer.AMEND: AppealState.AMENDED,
    Answer.TO_INSTRUCTOR: AppealState.RETURNED,
    Answer.TO_STUDENT: AppealState.RETURNED,
}


@dataclass(frozen=True)
class Reply:
    answer: Answer
    reason: str
    credits_thousandths: int | None = None
    """Of an amendment; nothing takes what the policy gives."""
    basis: Basis = Basis.CREDIT
    confirmed_rules: tuple[str, ...] = ()
    seen: str | None = None


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
    people = conflicts.accounts_of(session, actor.person_id, seat.acts_for_id)
    people |= {one for one in (actor.person_id, seat.acts_for_id) if one is not None}
    if any({one.decided_by_id, one.acting_for_id} & people for one in decisions):
        return seat, DECIDED_HERE
    if queries.spoke_for_decision(session, case, people):
        return seat, SPOKE_HERE
    ids = [part.placement.id for part in facts.parts]
    return seat, conflicts.why_not(session, case, ids, actor=actor, seat=seat)


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
    made = _decide(session, facts, appeal, reply, reason, decisions, seat, actor=actor)
    operations.close(
        session,
        appeal,
        STATE[reply.answer],
        actor=actor,
        reason=reason,
        acting_for_id=seat.acts_for_id,
        answer_id=made.id if made else None,
    )
    _move_case(session, case, appeal, reply, reason, actor=actor)
    notifications.answered(session, appeal, actor=actor)
    if made is not None:
        delivery.send_grade(session, made, policy=facts.policy, actor=actor)
    return appeal


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


def _decide(
    session: Session,
    facts: Facts,
    appeal: Appeal,
    reply: Reply,
    reason: str,
    decisions: list[Decision],
    seat: Seat,
    *,
    actor: Actor,
) -> Decision | None:
    """What the answer puts in the place of the decision, if anything."""
    if reply.answer == Answer.UPHOLD:
        return None
    amends = reply.answer == Answer.AMEND
    frozen = facts.confirmed(reply.confirmed_rules, by=actor.person_id)
    computed = facts.sum_with(reply.confirmed_rules)
    rows = [DecisionOutcome.APPROVED] if amends else [DecisionOutcome.VOIDED]
    if reply.answer == Answer.TO_STUDENT:
        rows.append(DecisionOutcome.RETURNED)
    credits = _amended(facts, appeal, reply, reason) if amends else None
    text = audit.erasable(session, reason)
    made = [
        Decision(
            credit_case_id=facts.case.id,
            number=len(decisions) + offset,
            outcome=outcome,
            basis=award.basis_of(facts.policy, reply.basis) if amends else Basis.CREDIT,
            credits_thousandths=credits,
            computed_thousandths=computed.credits_thousandths,
            step=appeal.decision.step,
            is_final=amends,
            reason_id=text.id,
            decided_by_id=actor.person_id,
            acting_for_id=seat.acts_for_id,
            as_role=seat.role,
            decided_at=clock.now(),
            voids_id=appeal.decision_id if outcome == DecisionOutcome.VOIDED else None,
            replaces_id=appeal.decision_id if amends else None,
            policy_version_id=facts.case.policy_version_id,
            inputs=frozen.stored(),
            inputs_hash=digest(facts.case.policy_version_id, frozen),
        )
        for offset, outcome in enumerate(rows, 1)
    ]
    session.add_all(made)
    session.flush()
    return made[0]


def _amended(facts: Facts, appeal: Appeal, reply: Reply, reason: str) -> int:
    """By the same rules as any award, and never less than what was appealed."""
    before = appeal.decision
    choice = Choice(
        DecisionOutcome.APPROVED,
        credits_thousandths=reply.credits_thousandths,
        basis=reply.basis,
        override_reason=reason,
        confirmed_rules=reply.confirmed_rules,
    )
    given = award.credits_for(facts, choice, facts.sum_with(reply.confirmed_rules))
    had = before.credits_thousandths or 0
    was_award = before.outcome == DecisionOutcome.APPROVED
    if was_award and given <= had:
        raise InvalidInput(
            f"The decision gave {credits_in_words(had)}. An amendment gives more; otherwise "
            "uphold it.",
            field="credits",
        )
    return given


def _move_case(
    session: Session,
    case: CreditCase,
    appeal: Appeal,
    reply: Reply,
    reason: str,
    *,
    actor: Actor,
) -> None:
    to = {
        Answer.UPHOLD: steps.AFTER[appeal.decision.outcome],
        Answer.AMEND: CaseState.APPROVED,
        Answer.TO_INSTRUCTOR: CaseState.READY,
        Answer.TO_STUDENT: CaseState.RETURNED,
    }[reply.answer]
    again = to in (CaseState.READY, CaseState.RETURNED)
    states.move(
        session,
        case,
        to,
        CASE,
        actor=actor,
        reason=reason,
        detail={"answer": reply.answer.value},
        awaits=None,
        returned_reason=reason if to == CaseState.RETURNED else "",
        **({"step": 1} if again else {}),
    )
