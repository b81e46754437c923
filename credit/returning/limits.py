"""How often a case may go back to the student, and until when it can come again."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.enrollments.terms_of_students import term_of
from careerlink.people.actors import Actor
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.policy.parameters import Parameters

TOO_OFTEN = (
    "It went back {times} times, the most that the policy allows. Award, deny or mark it "
    "incomplete."
)
TOO_LATE = (
    "The last day to send it back has passed. Your instructor can give you more time, or "
    "decides on what is there."
)


def rounds(session: Session, case_ids: Iterable[int]) -> dict[int, int]:
    """How often each case was returned so far."""
    found = session.execute(
        select(Decision.credit_case_id, func.count())
        .where(
            Decision.credit_case_id.in_(list(case_ids)),
            Decision.outcome == DecisionOutcome.RETURNED,
        )
        .group_by(Decision.credit_case_id)
    )
    return {row[0]: row[1] for row in found}


def last_day(session: Session, case: CreditCase) -> date:
    """Of a case that is returned today: so many days, and no later than grades are due."""
    policy, today = policy_of(case), today_at(case)
    day = today + timedelta(days=policy.resubmit_days)
    due = grades_due_on(session, case)
    return max(today, min(day, due)) if due is not None else day


def grades_due_on(session: Session, case: CreditCase) -> date | None:
    term = term_of(session, case.course, case.person_id)
    return term.grades_due_on if term is not None else None


def is_over(case: CreditCase) -> bool:
    """The student has not sent it back, and the day has passed: the instructor's move."""
    until = case.resubmit_by
    return case.state == CaseState.RETURNED and until is not None and until < today_at(case)


def today_at(case: CreditCase) -> date:
    return clock.today(case.course.institution.time_zone)


def policy_of(case: CreditCase) -> Parameters:
    return Parameters.model_validate(case.policy_version.parameters)


def not_too_often(session: Session, case: CreditCase) -> list[str]:
    """Guard of ``return``. The decision that returns it now is written already."""
    times = rounds(session, [case.id]).get(case.id, 0) - 1
    most = policy_of(case).most_returns
    return [TOO_OFTEN.format(times=times)] if times >= most else []


def not_too_late(_session: Session, case: CreditCase) -> list[str]:
    """Guard of ``resubmit``."""
    return [TOO_LATE] if is_over(case) else []


def set_last_day(session: Session, case: CreditCase, _actor: Actor) -> None:
    """Reaction to ``return``, and to the answer to an appeal that may return the case."""
    if case.state == CaseState.RETURNED:
        case.resubmit_by = last_day(session, case)


def forget_last_day(_session: Session, case: CreditCase, _actor: Actor) -> None:
    """Reaction to ``resubmit`` and ``take_up``."""
    case.resubmit_by = None
