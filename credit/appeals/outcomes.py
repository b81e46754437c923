"""What a second reader's answer puts in the place of a decision."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.errors import InvalidInput
from careerlink.people.actors import Actor
from credit.appeals.models import Appeal
from credit.approvals import steps
from credit.approvals.authority import Seat
from credit.approvals.steps import Next
from credit.cases import award
from credit.cases.choice import Choice
from credit.cases.inputs import Facts
from credit.cases.models import Basis, CaseState, Decision, DecisionOutcome
from credit.cases.writing import decision_row
from credit.policy.wording import credits_in_words


class Answer(StrEnum):
    UPHOLD = "uphold"
    AMEND = "amend"
    TO_INSTRUCTOR = "to_instructor"
    TO_STUDENT = "to_student"


@dataclass(frozen=True)
class Reply:
    answer: Answer
    reason: str
    credits_thousandths: int | None = None
    """Of an amendment; nothing takes what the policy gives."""
    basis: Basis = Basis.CREDIT
    confirmed_rules: tuple[str, ...] = ()
    seen: str | None = None


def then(facts: Facts, appeal: Appeal, answer: Answer) -> Next:
    """Where the case goes. An award is final only once the steps after the reader's, such as
    the registrar's, have approved it, too."""
    if answer == Answer.AMEND:
        chain = facts.policy.approver_chain
        step = steps.of_reader(step=appeal.decision.step, chain=chain)
        return steps.after(DecisionOutcome.APPROVED, step=step, chain=chain)
    to = {
        Answer.UPHOLD: steps.AFTER[appeal.decision.outcome],
        Answer.TO_INSTRUCTOR: CaseState.READY,
        Answer.TO_STUDENT: CaseState.RETURNED,
    }[answer]
    return Next(to, facts.case.step if answer == Answer.UPHOLD else 1)


def made(
    session: Session,
    facts: Facts,
    appeal: Appeal,
    reply: Reply,
    reason: str,
    decisions: list[Decision],
    seat: Seat,
    *,
    actor: Actor,
) -> list[Decision]:
    """In their order; none where the decision is upheld."""
    outcomes = _outcomes(reply.answer, is_final=then(facts, appeal, reply.answer).is_final)
    if not outcomes:
        return []
    frozen = facts.confirmed(reply.confirmed_rules, by=actor.person_id)
    credits = _amended(facts, appeal, reply, reason) if reply.answer == Answer.AMEND else None
    text = audit.erasable(session, reason)
    computed = facts.sum_with(reply.confirmed_rules).credits_thousandths
    rows = [
        decision_row(
            facts,
            frozen,
            seat,
            actor=actor,
            number=len(decisions) + offset,
            outcome=outcome,
            computed_thousandths=computed,
            step=appeal.decision.step,
            is_final=False,
            reason_id=text.id,
            voids_id=appeal.decision_id if outcome == DecisionOutcome.VOIDED else None,
        )
        for offset, outcome in enumerate(outcomes, 1)
    ]
    if credits is not None:
        _award(rows[-1], facts, appeal, reply, credits)
    session.add_all(rows)
    session.flush()
    return rows


def _outcomes(answer: Answer, *, is_final: bool) -> list[DecisionOutcome]:
    """What goes on to others no longer stands meanwhile."""
    return {
        Answer.UPHOLD: [],
        Answer.AMEND: [DecisionOutcome.APPROVED]
        if is_final
        else [DecisionOutcome.VOIDED, DecisionOutcome.APPROVED],
        Answer.TO_INSTRUCTOR: [DecisionOutcome.VOIDED],
        Answer.TO_STUDENT: [DecisionOutcome.VOIDED, DecisionOutcome.RETURNED],
    }[answer]


def _award(row: Decision, facts: Facts, appeal: Appeal, reply: Reply, credits: int) -> None:
    chain = facts.policy.approver_chain
    row.basis = award.basis_of(facts.policy, reply.basis)
    row.credits_thousandths = credits
    row.replaces_id = appeal.decision_id
    row.step = steps.of_reader(step=appeal.decision.step, chain=chain)
    row.is_final = then(facts, appeal, Answer.AMEND).is_final


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
