"""Decisions on a credit case. Each is a row of its own that holds what it was decided upon."""

from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit, states
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit import delivery
from credit.approvals import asking, authority, carried, seats, steps
from credit.approvals.authority import Seat
from credit.cases import award, inputs, notifications, queries, readiness
from credit.cases.choice import Choice
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.standing import standing_of
from credit.cases.workflow import CASE, DECIDED
from credit.cases.writing import decision_row
from credit.policy.inputs import digest

MOST_WRITTEN = 4000


class DecidedMeanwhile(ChangedMeanwhile):
    """Somebody decided first; the page says who and when."""

    def __init__(self, decision: Decision) -> None:
        super().__init__("This case was decided while you had it open.")
        self.decision = decision


class EvidenceChanged(ChangedMeanwhile):
    def __init__(self) -> None:
        super().__init__(
            "The evidence changed since you opened this page. Look at it again, then decide."
        )


def seen_mark(facts: Facts, latest: Decision | None) -> str:
    """Stands in the form: which decision was the last, and what the evidence was."""
    number = latest.number if latest is not None else 0
    figures = digest(facts.case.policy_version_id, facts.inputs)
    told = repr([figures, *(part.beside_the_sum for part in facts.parts)])
    return f"{number}.{sha256(told.encode()).hexdigest()[:16]}"


def decide(session: Session, case: CreditCase, choice: Choice, *, actor: Actor) -> Decision:
    """The first decision wins; the same one sent twice is one.

    :raises DecidedMeanwhile, EvidenceChanged: what was on screen is no longer so.
    :raises NotPermitted: not by this person, or not at this step.
    :raises InvalidInput: a comment, a reason or a confirmation is missing.
    """
    queries.lock(session, case)
    actor = authority.narrowed(session, actor, case)
    decisions = list(queries.decisions(session, case))
    latest = decisions[-1] if decisions else None
    facts = inputs.load_one(session, case)
    if choice.seen is not None:
        if (repeated := meanwhile(choice, latest, actor)) is not None:
            return repeated
        if choice.seen != seen_mark(facts, latest):
            raise EvidenceChanged
    seat = _seat(session, facts, choice, decisions, actor=actor)
    readiness.settle(session, facts)
    return _record(session, facts, choice, decisions, seat, actor=actor)


def _seat(
    session: Session,
    facts: Facts,
    choice: Choice,
    decisions: list[Decision],
    *,
    actor: Actor,
) -> Seat:
    seat, why = seats.offered(
        session,
        facts,
        choice.outcome,
        decisions,
        actor=actor,
        to_instructor=choice.to_instructor,
    )
    if seat is None or why:
        raise NotPermitted(why)
    return seat


def meanwhile(choice: Choice, latest: Decision | None, actor: Actor) -> Decision | None:
    """The decision that a second press of the button would repeat."""
    number = (choice.seen or "0").partition(".")[0]
    if not (number.isascii() and number.isdigit()):
        raise EvidenceChanged
    seen = int(number)
    if latest is None or latest.number == seen:
        return None
    own = latest.decided_by_id == actor.person_id and latest.outcome == choice.outcome
    if own and latest.number == seen + 1:
        return latest
    raise DecidedMeanwhile(latest)


def _record(
    session: Session,
    facts: Facts,
    choice: Choice,
    decisions: list[Decision],
    seat: Seat,
    *,
    actor: Actor,
) -> Decision:
    case = facts.case
    step = seats.step_of(seat, case, decisions)
    then = steps.after(choice.outcome, step=step, chain=facts.policy.approver_chain)
    _refuse_impossible(case, then.state, choice.outcome)
    reason = _reason(choice)
    voided = _voided(case, decisions) if choice.outcome == DecisionOutcome.VOIDED else None
    decision = _row(
        facts,
        choice,
        decisions,
        seat,
        actor=actor,
        step=step,
        is_final=then.is_final,
        voids_id=voided.id if voided else None,
    )
    decision.reason_id = audit.erasable(session, reason).id if reason else None
    session.add(decision)
    session.flush()
    states.move(
        session,
        case,
        then.state,
        CASE,
        actor=actor,
        reason=reason,
        detail={
            "decision": decision.number,
            "credits_thousandths": decision.credits_thousandths,
            "step": step,
        },
        returned_reason=choice.comment if then.state == CaseState.RETURNED else "",
        waits_until=None,
        incomplete_until=choice.finish_by if then.state == CaseState.INCOMPLETE else None,
        step=then.step,
        awaits=then.awaits,
    )
    # A case marked incomplete may lack as much as it did before.
    readiness.settle(session, facts)
    _tell(session, facts, decision, voided, actor=actor)
    return decision


def _row(
    facts: Facts,
    choice: Choice,
    decisions: list[Decision],
    seat: Seat,
    *,
    actor: Actor,
    **values: Any,
) -> Decision:
    """:raises InvalidInput: an award that the policy does not allow as it stands."""
    choice = carried.with_what_was_decided(choice, facts, decisions)
    before = carried.confirmed_before(facts.case, decisions)
    frozen = facts.confirmed(choice.confirmed_rules, by=actor.person_id, before=before)
    computed = facts.sum_with(choice.confirmed_rules)
    approved = choice.outcome == DecisionOutcome.APPROVED
    return decision_row(
        facts,
        frozen,
        seat,
        actor=actor,
        number=len(decisions) + 1,
        outcome=choice.outcome,
        basis=award.basis_of(facts.policy, choice.basis),
        credits_thousandths=award.credits_for(facts, choice, computed) if approved else None,
        computed_thousandths=computed.credits_thousandths,
        **values,
    )


def _voided(case: CreditCase, decisions: list[Decision]) -> Decision | None:
    """What is taken back: the final decision that stands, or the approval before the next."""
    if case.state == CaseState.IN_APPROVAL:
        approvals = [one for one in decisions if one.outcome == DecisionOutcome.APPROVED]
        return approvals[-1] if approvals else None
    return standing_of(decisions)


def _tell(
    session: Session,
    facts: Facts,
    decision: Decision,
    voided: Decision | None,
    *,
    actor: Actor,
) -> None:
    """The student, the gradebook and the registrar hear of what is final, not of steps."""
    case = facts.case
    between = voided is not None and not voided.is_final
    if case.state == CaseState.IN_APPROVAL:
        asking.approvers(session, case, actor=actor)
    elif between and decision.as_role is not None:
        asking.instructor(session, case, decision, actor=actor)
    elif not between:
        notifications.decision_made(session, case, decision, actor=actor)
        delivery.send_grade(session, decision, policy=facts.policy, actor=actor)


def _refuse_impossible(case: CreditCase, state: CaseState, outcome: DecisionOutcome) -> None:
    takes_back = case.state in (*DECIDED, CaseState.IN_APPROVAL)
    if outcome == DecisionOutcome.VOIDED and not takes_back:
        raise NotPossible("There is no decision that could be voided.")
    if (case.state, state) in CASE:
        return
    facts_say = {
        CaseState.OPEN: "The evidence is not complete yet.",
        CaseState.RETURNED: "The student has it back and has not sent it again.",
        CaseState.DROPPED: "The student is no longer in the course.",
        CaseState.APPEALED: seats.APPEALED,
    }
    raise NotPossible(
        facts_say.get(case.state, f"This case is {states.words(case.state)} already.")
    )


def _reason(choice: Choice) -> str:
    """What is kept as the reason: the comment, and why the award differs."""
    comment, override = choice.comment.strip(), choice.override_reason.strip()
    if max(len(comment), len(override)) > MOST_WRITTEN:
        raise InvalidInput(f"Write up to {MOST_WRITTEN} characters.", field="comment")
    if choice.outcome != DecisionOutcome.APPROVED and not comment:
        needed = FOR_INSTRUCTOR if choice.to_instructor else NEEDED[choice.outcome]
        raise InvalidInput(needed, field="comment")
    return "\n\n".join(text for text in (comment, override) if text)


FOR_INSTRUCTOR = "Say what the instructor should look at again."
NEEDED = {
    DecisionOutcome.RETURNED: "Say what the student should change.",
    DecisionOutcome.DENIED: "Say why credit is denied; the student reads it.",
    DecisionOutcome.INCOMPLETE: "Say why the case is incomplete; the student reads it.",
    DecisionOutcome.VOIDED: "Say why the decision is voided; the student reads it.",
}
