"""From one decision to the next case: what comes next, and what just happened."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from credit.cases import queries, queue
from credit.cases.history import outcome_words
from credit.cases.models import CaseState, CreditCase


@dataclass(frozen=True)
class Just:
    """The decision that was made a moment ago, on the page of the case after it."""

    name: str
    words: str
    case_id: str
    goes_on: bool
    """To the next step of a chain: the student hears nothing yet."""
    may_void: bool


def following(session: Session, actor: Actor, course: Course, case: CreditCase) -> str | None:
    """The public id of the case to open once this one is decided: the one after it in the
    list of those that wait, else the first of them."""
    waiting = queue.mine_in_order(session, actor, course)
    ids = [number for number, _public in waiting]
    others = [public for number, public in waiting if number != case.id]
    if case.id not in ids:
        return None
    return next(iter(others[ids.index(case.id) :] + others[:1]), None)


def just_decided(session: Session, actor: Actor, course: Course, case_id: str) -> Just | None:
    """What the address says was decided, if this reader did it and it still stands."""
    if not case_id:
        return None
    try:
        case = queries.get(session, case_id, actor=actor, course=course)
    except NotFound:
        return None
    latest = queries.latest_decision(session, case)
    if latest is None or latest.decided_by_id != actor.person_id:
        return None
    goes_on = case.state == CaseState.IN_APPROVAL
    may_void = goes_on or latest.outcome.value == case.state.value
    return Just(case.person.label, outcome_words(latest), case.public_id, goes_on, may_void)
