"""Incomplete cases: until when they may be finished, and when they come back by themselves."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.errors import InvalidInput
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from credit.cases import standing
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase
from credit.cases.readiness import lacks
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Parameters

WITHOUT_A_TERM = timedelta(days=120)
NOT_ALLOWED = "The policy of this case knows no Incomplete: award, return or deny it."


def resuming(session: Session, found: Iterable[Facts]) -> set[int]:
    """Ids of the incomplete cases of which nothing is missing any more, and something came
    in since they were marked so."""
    complete = [
        facts
        for facts in found
        if facts.case.state == CaseState.INCOMPLETE and not lacks(facts)
    ]
    if not complete:
        return set()
    marked = standing.standing_decisions(session, [facts.case.id for facts in complete])
    return {
        facts.case.id
        for facts in complete
        if facts.case.id in marked and _differs(facts, marked[facts.case.id].inputs)
    }


def _differs(facts: Facts, frozen: dict[str, object]) -> bool:
    then, now = CaseInput.model_validate(frozen), facts.inputs
    return (then.placements, then.academic_minutes) != (now.placements, now.academic_minutes)


def allowed(_session: Session, case: CreditCase) -> list[str]:
    """Guard of ``leave_incomplete``."""
    policy = Parameters.model_validate(case.policy_version.parameters)
    return [] if policy.incomplete_allowed else [NOT_ALLOWED]


def last_day(session: Session, case: CreditCase) -> date:
    """Unless another one is chosen: the end of the term after the case's own."""
    today = clock.today(case.course.institution.time_zone)
    term = case.course.term
    if term is None:
        return today + WITHOUT_A_TERM
    following = session.scalar(
        select(Term.ends_on)
        .where(Term.institution_id == case.institution_id, Term.starts_on > term.ends_on)
        .order_by(Term.starts_on, Term.ends_on)
        .limit(1)
    )
    return max(following or term.ends_on + WITHOUT_A_TERM, today + timedelta(days=1))


def set_last_day(session: Session, case: CreditCase, _actor: Actor) -> None:
    """Reaction to ``leave_incomplete``: a day that was chosen stays."""
    today = clock.today(case.course.institution.time_zone)
    if case.incomplete_until is None:
        case.incomplete_until = last_day(session, case)
    elif case.incomplete_until <= today:
        raise InvalidInput("Choose a day that is still to come.", field="finish_by")


def forget_last_day(_session: Session, case: CreditCase, _actor: Actor) -> None:
    """Reaction to whatever leads out of an incomplete case, or away from it on an appeal."""
    if case.state != CaseState.INCOMPLETE:
        case.incomplete_until = None
