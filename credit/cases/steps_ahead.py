"""How far it is to the next step of credit, and what a case elsewhere stands at."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from credit.cases import inputs, queries
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from credit.policy import queries as policies
from credit.policy.amounts import earned_credits
from credit.policy.credit_sum import CreditSum
from credit.policy.parameters import Parameters


@dataclass(frozen=True)
class Ahead:
    minutes: int
    """Counted ones that are still missing."""
    thousandths: int
    """What the hours would be worth then."""


def of(policy: Parameters, found: CreditSum) -> Ahead | None:
    """Nothing where the policy's most is reached."""
    return after(policy, found.total_minutes)


def after(policy: Parameters, minutes: int) -> Ahead | None:
    """The next award by hours alone."""
    earned = earned_credits(policy, minutes)
    low, high = minutes, _enough(policy)
    if high <= low or earned_credits(policy, high) <= earned:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if earned_credits(policy, middle) > earned:
            high = middle
        else:
            low = middle
    return Ahead(high - minutes, earned_credits(policy, high))


def _enough(policy: Parameters) -> int:
    """Minutes for which no more credit can be earned than the policy's most."""
    linear = policy.maximum_thousandths * policy.minutes_per_credit // 1000 + 1
    return max([linear, *(step.minutes for step in policy.hours_table)])


def facts_there(session: Session, course: Course, person_id: int) -> Facts | None:
    """Of the case that would receive a project, where it is open already."""
    case = session.scalar(
        select(CreditCase)
        .where(CreditCase.course_id == course.id, CreditCase.person_id == person_id)
        .options(*queries.PAGE_NEEDS)
    )
    return inputs.load_one(session, case) if case is not None else None


def policy_there(session: Session, course: Course, person_id: int) -> Parameters | None:
    there = facts_there(session, course, person_id)
    if there is not None:
        return there.policy
    version = policies.policy_for(session, course)
    return Parameters.model_validate(version.parameters) if version is not None else None
