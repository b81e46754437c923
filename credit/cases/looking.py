"""What a page does before it shows a case: bring its state up to date, note who reads."""

from collections.abc import Collection

from flask import g
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.people.actors import Actor
from careerlink.web import request_session, services
from credit.cases import inputs, keeping, queries
from credit.cases.deciding import DecidedMeanwhile
from credit.cases.forms import DecisionForm, ReasonForm
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from credit.policy import queries as policy
from credit.policy.credit_sum import Verdict


def settle(found: Collection[Facts]) -> bool:
    """Make the moves that follow by themselves, in a short unit of their own."""
    session = request_session()
    ids = [case.id for case in keeping.unsettled(session, found)]
    if not ids:
        return False
    # What this request has read so far is from before the moves.
    session.rollback()
    with services().database.write() as unit:
        keeping.settle_all(unit, ids)
    session.refresh(g.course)
    return True


def note_reading(case: CreditCase, *, actor: Actor, course: Course) -> None:
    """Staff from outside the course leave a line in the student's history."""
    if actor.role_in(course.id) == CourseRole.NONE:
        with services().database.write() as unit:
            audit.record(unit, "credit_case:read", case, actor=actor)


def has_policy(session: Session, course: Course) -> bool:
    return policy.policy_for(session, course) is not None


def offer_confirmations(session: Session, case: CreditCase, form: DecisionForm) -> None:
    """The boxes that the page had; a browser may send no other."""
    facts = inputs.load_one(session, case)
    checks = facts.sum_with().checks
    unknown = [check for check in checks if check.verdict == Verdict.NOT_CHECKABLE]
    form.offer(unknown, facts.policy)


def too_late(
    session: Session, case: CreditCase, form: DecisionForm | ReasonForm
) -> DecidedMeanwhile | None:
    """Who comes too late hears that first: the page shows no form any more."""
    latest, seen = queries.latest_decision(session, case), form.seen.data or ""
    if latest is None or not seen or seen.startswith(f"{latest.number}."):
        return None
    return DecidedMeanwhile(latest)
