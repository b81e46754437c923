"""The student's final acceptance of an award, where the policy asks for it.

It comes after the last approval and before the registrar; who leaves it out keeps the decision,
and a task stands with the office until they have answered.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.cases import queries, standing
from credit.cases.acceptance_models import CreditAcceptance
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.workflow import appeals
from credit.policy.parameters import Parameters

DAYS = 14


def accepted_at(session: Session, decision_ids: Collection[int]) -> Mapping[int, datetime]:
    """When each decision was accepted; those that were not are left out."""
    rows = session.execute(
        select(CreditAcceptance.decision_id, CreditAcceptance.accepted_at).where(
            CreditAcceptance.decision_id.in_(decision_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def is_needed(decision: Decision) -> bool:
    """By the version that it was decided under; only an award is there to be accepted."""
    policy = Parameters.model_validate(decision.policy_version.parameters)
    return decision.outcome == DecisionOutcome.APPROVED and policy.final_acceptance_required


def awaited(session: Session, case: CreditCase) -> Decision | None:
    """The award that waits for the student's answer now."""
    if case.state != CaseState.APPROVED:
        return None
    stands = standing.standing_decisions(session, [case.id]).get(case.id)
    if stands is None or not is_needed(stands):
        return None
    return None if stands.id in accepted_at(session, [stands.id]) else stands


def accept(session: Session, case: CreditCase, number: int, *, actor: Actor) -> None:
    """``number`` is the decision that was on screen. Sent twice it is one acceptance."""
    queries.lock(session, case)
    # Whoever may appeal may accept: both are often possible only once the course is over.
    if not appeals(actor, case):
        raise NotPermitted("Only the student may accept it.")
    stands = standing.standing_decisions(session, [case.id]).get(case.id)
    if stands is None or stands.number != number or case.state != CaseState.APPROVED:
        raise NotPossible("This decision no longer stands. Look at what holds now.")
    if not is_needed(stands):
        raise NotPossible("The policy of this case asks for no acceptance.")
    try:
        with session.begin_nested():
            row = CreditAcceptance(
                decision_id=stands.id, person_id=actor.person_id, accepted_at=clock.now()
            )
            session.add(row)
            session.flush()
    except IntegrityError:
        return
    case.accept_by = None
    session.flush()
    audit.record(session, "credit_case:accept", case, actor=actor, decision=stands.number)


def set_last_day(session: Session, case: CreditCase, _actor: Actor) -> None:
    """Reaction to an approval: from the last one on the student is asked."""
    if awaited(session, case) is not None:
        today = clock.today(case.course.institution.time_zone)
        case.accept_by = today + timedelta(days=DAYS)


def forget_last_day(_session: Session, case: CreditCase, _actor: Actor) -> None:
    """Reaction to whatever leads away from an award."""
    case.accept_by = None
