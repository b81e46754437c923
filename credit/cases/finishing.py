"""Incomplete cases: until when they may be finished, and when they come back by themselves."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.enrollments.terms_of_students import term_of
from careerlink.errors import InvalidInput
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from credit.cases import standing
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision
from credit.cases.readiness import lacks, lacks_of
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Parameters

WITHOUT_A_TERM = timedelta(days=120)
LONGEST = timedelta(days=2 * 366)
NOT_ALLOWED = "The policy of this case knows no Incomplete: award, return or deny it."


def resuming(session: Session, found: Iterable[Facts]) -> set[int]:
    """Ids of the incomplete cases that go on: what they lacked has come."""
    incomplete = [facts for facts in found if facts.case.state == CaseState.INCOMPLETE]
    if not incomplete:
        return set()
    marked = standing.standing_decisions(session, [facts.case.id for facts in incomplete])
    return {
        facts.case.id
        for facts in incomplete
        if facts.case.id in marked and _goes_on(facts, marked[facts.case.id])
    }


def _goes_on(facts: Facts, marked: Decision) -> bool:
    """Nothing is missing any more, and something came in since the case was marked so.

    A project that joined since may still be at work when the rest has come: the case does not
    wait for it as incomplete.
    """
    then = CaseInput.model_validate(marked.inputs)
    known = {one.id for one in then.placements}
    before = [part for part in facts.parts if part.placement.id in known]
    parts = facts.parts if not lacks(facts) else before
    if not parts or lacks_of(facts, parts):
        return False
    now = tuple(part.input for part in parts)
    if (then.placements, then.academic_minutes) != (now, facts.inputs.academic_minutes):
        return True
    handed_in = [one.newest_at for part in parts for one in part.pieces if one.newest_at]
    return any(moment > marked.decided_at for moment in handed_in)


def allowed(_session: Session, case: CreditCase) -> list[str]:
    """Guard of ``leave_incomplete``."""
    policy = Parameters.model_validate(case.policy_version.parameters)
    return [] if policy.incomplete_allowed else [NOT_ALLOWED]


def last_day(session: Session, case: CreditCase) -> date:
    """Unless another one is chosen: the end of the term after the case's own."""
    today = clock.today(case.course.institution.time_zone)
    term = term_of(session, case.course, case.person_id)
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
    elif case.incomplete_until > today + LONGEST:
        raise InvalidInput("Choose a day within two years.", field="finish_by")


def forget_last_day(_session: Session, case: CreditCase, _actor: Actor) -> None:
    """Reaction to whatever leads out of an incomplete case, or away from it on an appeal."""
    if case.state != CaseState.INCOMPLETE:
        case.incomplete_until = None
