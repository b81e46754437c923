"""Decisions on a credit case. Each is a row of its own that holds what it was decided upon."""

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit import delivery
from credit.cases import award, conflicts, inputs, notifications, queries, readiness
from credit.cases.choice import Choice
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.workflow import CASE, DECIDED, decides
from credit.policy.inputs import digest

STATE_AFTER = {
    DecisionOutcome.APPROVED: CaseState.APPROVED,
    DecisionOutcome.RETURNED: CaseState.RETURNED,
    DecisionOutcome.DENIED: CaseState.DENIED,
    DecisionOutcome.INCOMPLETE: CaseState.INCOMPLETE,
    DecisionOutcome.VOIDED: CaseState.READY,
}
FINAL = (DecisionOutcome.APPROVED, DecisionOutcome.DENIED, DecisionOutcome.INCOMPLETE)
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
    return f"{number}.{digest(facts.case.policy_version_id, facts.inputs)[:16]}"


def decide(session: Session, case: CreditCase, choice: Choice, *, actor: Actor) -> Decision:
    """The first decision wins; the same one sent twice is one.

    :raises DecidedMeanwhile, EvidenceChanged: what was on screen is no longer so.
    :raises NotPermitted: not by this person.
    :raises InvalidInput: a comment, a reason or a confirmation is missing.
    """
    queries.lock(session, case)
    latest = queries.latest_decision(session, case)
    facts = inputs.load_one(session, case)
    _only_deciders(session, facts, actor=actor)
    if choice.seen is not None:
        if (repeated := _meanwhile(choice, latest, actor)) is not None:
            return repeated
        if choice.seen != seen_mark(facts, latest):
            raise EvidenceChanged
    readiness.settle(session, facts, dropped=queries.is_dropped(session, case))
    return _record(session, facts, choice, latest, actor=actor)


def _only_deciders(session: Session, facts: Facts, *, actor: Actor) -> None:
    case = facts.case
    if not decides(actor, case):
        raise NotPermitted(
            actor.why_not_decide(case.course_id) or "Only the instructor may do this."
        )
    ids = [part.placement.id for part in facts.parts]
    if why := conflicts.why_not(session, case, ids, actor=actor):
        raise NotPermitted(why)


def _meanwhile(choice: Choice, latest: Decision | None, actor: Actor) -> Decision | None:
    """The decision that a second press of the button would repeat."""
    seen = int((choice.seen or "0").partition(".")[0] or 0)
    if latest is None or latest.number == seen:
        return None
    own = latest.decided_by_id == actor.person_id and latest.outcome == choice.outcome
    if own and latest.number == seen + 1:
        return latest
    raise DecidedMeanwhile(latest)


def _record(
    session: Session, facts: Facts, choice: Choice, latest: Decision | None, *, actor: Actor
) -> Decision:
    case, outcome = facts.case, choice.outcome
    state = STATE_AFTER[outcome]
    _refuse_impossible(case, state, outcome)
    reason = _reason(choice)
    frozen = facts.confirmed(choice.confirmed_rules)
    computed = facts.sum_with(choice.confirmed_rules)
    credits = (
        award.credits_for(facts, choice, computed) if state == CaseState.APPROVED else None
    )
    decision = Decision(
        credit_case_id=case.id,
        number=latest.number + 1 if latest is not None else 1,
        outcome=outcome,
        basis=choice.basis,
        credits_thousandths=credits,
        computed_thousandths=computed.credits_thousandths,
        is_final=outcome in FINAL,
        reason_id=audit.erasable(session, reason).id if reason else None,
        decided_by_id=actor.person_id,
        acting_for_id=actor.standing(case.course_id).acts_for_id,
        decided_at=clock.now(),
        voids_id=latest.id if outcome == DecisionOutcome.VOIDED and latest else None,
        policy_version_id=case.policy_version_id,
        inputs=frozen.stored(),
        inputs_hash=digest(case.policy_version_id, frozen),
    )
    session.add(decision)
    session.flush()
    states.move(
        session,
        case,
        state,
        CASE,
        actor=actor,
        reason=reason,
        detail={"decision": decision.number, "credits_thousandths": credits},
        returned_reason=choice.comment if state == CaseState.RETURNED else "",
        waits_until=None,
    )
    # A case marked incomplete may lack as much as it did before.
    readiness.settle(session, facts, dropped=queries.is_dropped(session, case))
    notifications.decision_made(session, case, decision, actor=actor)
    delivery.send_grade(session, decision, policy=facts.policy, actor=actor)
    return decision


def _refuse_impossible(case: CreditCase, state: CaseState, outcome: DecisionOutcome) -> None:
    if outcome == DecisionOutcome.VOIDED and case.state not in DECIDED:
        raise NotPossible("There is no decision that could be voided.")
    if (case.state, state) in CASE:
        return
    facts_say = {
        CaseState.OPEN: "The evidence is not complete yet.",
        CaseState.RETURNED: "The student has it back and has not sent it again.",
        CaseState.DROPPED: "The student is no longer in the course.",
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
        raise InvalidInput(NEEDED[choice.outcome], field="comment")
    return "\n\n".join(text for text in (comment, override) if text)


NEEDED = {
    DecisionOutcome.RETURNED: "Say what the student should change.",
    DecisionOutcome.DENIED: "Say why credit is denied; the student reads it.",
    DecisionOutcome.INCOMPLETE: "Say why the case is incomplete; the student reads it.",
    DecisionOutcome.VOIDED: "Say why the decision is voided; the student reads it.",
}
