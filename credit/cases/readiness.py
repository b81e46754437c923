"""What a case still lacks, whose move that makes it, and what moves by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.people.actors import system
from credit.approvals import steps
from credit.cases.dropping import CAN_BE_LEFT
from credit.cases.inputs import Facts, Part
from credit.cases.models import CaseState, CreditCase
from credit.cases.workflow import CASE
from credit.returning import limits


class Mover(StrEnum):
    INSTRUCTOR = "instructor"
    SUPERVISOR = "supervisor"
    STUDENT = "student"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Lack:
    text: str
    """A noun phrase that continues "Missing: "."""
    mover: Mover


def lacks(facts: Facts) -> list[Lack]:
    """What keeps the evidence from being complete; figures that fall short are not among it."""
    if not facts.parts:
        return [Lack("a project in this case", Mover.STUDENT)]
    return lacks_of(facts, facts.parts)


def lacks_of(facts: Facts, parts: Iterable[Part]) -> list[Lack]:
    return [lack for part in parts for lack in _lacks_in(facts, part)]


def _lacks_in(facts: Facts, part: Part) -> Iterable[Lack]:
    title, policy, given = f"“{part.placement.title}”", facts.policy, part.input
    if part.is_unfinished:
        yield Lack(f"the end of the work on {title}", Mover.STUDENT)
        return
    if given.confirmed_minutes is None and given.ruled_minutes is None:
        yield Lack(f"confirmed hours of {title}", Mover.SUPERVISOR)
    evaluated = part.is_evaluated or given.attested
    if policy.supervisor_evaluation_required and not evaluated:
        yield Lack(f"the supervisor’s evaluation of {title}", Mover.SUPERVISOR)
    if given.deliverables < policy.deliverables_required:
        yield Lack(f"the work itself of {title}", Mover.STUDENT)
    if policy.reflection_required and not given.reflections:
        yield Lack(f"the reflection on {title}", Mover.STUDENT)
    if policy.self_evaluation_required and not given.self_submission_ids:
        yield Lack(f"the student’s own evaluation of {title}", Mover.STUDENT)


def is_waiting(facts: Facts) -> bool:
    """The instructor chose to wait for a silent supervisor, and the day has not come."""
    until = facts.case.waits_until
    today = clock.today(facts.case.course.institution.time_zone)
    return until is not None and today <= until


def overdue_parts(facts: Facts) -> list[Part]:
    """Where the instructor has to choose: wait, decide on other evidence, or incomplete."""
    return [part for part in facts.parts if part.is_overdue and not part.is_unfinished]


def mover(facts: Facts) -> Mover:
    """Whose move it is; ``whose_move.column`` says the same in the database's words."""
    state = facts.case.state
    if state == CaseState.READY:
        return Mover.INSTRUCTOR
    if state == CaseState.RETURNED:
        return Mover.INSTRUCTOR if limits.is_over(facts.case) else Mover.STUDENT
    if state == CaseState.INCOMPLETE:
        return Mover.STUDENT
    if state != CaseState.OPEN:
        return Mover.NOBODY
    if overdue_parts(facts) and not is_waiting(facts):
        return Mover.INSTRUCTOR
    if any(part.disputes for part in facts.parts):
        return Mover.INSTRUCTOR
    movers = {lack.mover for lack in lacks(facts)}
    unfinished = any(part.is_unfinished for part in facts.parts)
    if Mover.SUPERVISOR in movers and not unfinished:
        return Mover.SUPERVISOR
    return Mover.STUDENT


def wanted_state(facts: Facts, *, resumes: bool = False) -> CaseState:
    """Where the case belongs by what is there now; decided cases stay where they are.

    ``resumes``: something came in for an incomplete case, and all that it lacked is there.
    """
    state: CaseState = facts.case.state
    if state in CAN_BE_LEFT and facts.departure is not None:
        return CaseState.DROPPED
    if state == CaseState.DROPPED and facts.departure is None:
        return _before_the_drop(facts.case)
    if state in (CaseState.OPEN, CaseState.READY):
        return CaseState.OPEN if lacks(facts) else CaseState.READY
    if state == CaseState.INCOMPLETE and resumes:
        return CaseState.OPEN
    return state


def _before_the_drop(case: CreditCase) -> CaseState:
    """As it was; a case that was ready is looked at once more."""
    before = case.dropped_from
    return before if before in (CaseState.RETURNED, CaseState.IN_APPROVAL) else CaseState.OPEN


def settle(session: Session, facts: Facts, *, resumes: bool = False) -> bool:
    """Make the moves that nobody makes in person; say whether there was one."""
    case, moved = facts.case, _dates_drop(session, facts)
    # A student who comes back may find everything complete: two moves.
    while (wanted := wanted_state(facts, resumes=resumes)) != case.state:
        actor = system(case.institution_id)
        states.move(session, case, wanted, CASE, actor=actor, **_changes(facts, wanted))
        moved = True
    return moved


def is_settled(facts: Facts, *, resumes: bool = False) -> bool:
    wanted = wanted_state(facts, resumes=resumes)
    return wanted == facts.case.state and not _has_other_day(facts)


def _changes(facts: Facts, wanted: CaseState) -> dict[str, Any]:
    """What a drop keeps of where the case stood, and what a return gives back."""
    case = facts.case
    if wanted == CaseState.DROPPED and facts.departure is not None:
        left = facts.departure.on
        return {"dropped_from": case.state, "dropped_on": left, "awaits": None}
    if case.state == CaseState.INCOMPLETE:
        return {"step": 1}
    if case.state != CaseState.DROPPED:
        return {}
    is_halfway = wanted == CaseState.IN_APPROVAL
    awaits = steps.role_at(facts.policy.approver_chain, case.step) if is_halfway else None
    return {"dropped_from": None, "dropped_on": None, "awaits": awaits}


def _has_other_day(facts: Facts) -> bool:
    left = facts.departure
    is_dropped = facts.case.state == CaseState.DROPPED
    return is_dropped and left is not None and left.on != facts.case.dropped_on


def _dates_drop(session: Session, facts: Facts) -> bool:
    """The registrar's day often comes after the roster's: it is the one that counts."""
    if not _has_other_day(facts) or facts.departure is None:
        return False
    case, before = facts.case, facts.case.dropped_on
    case.dropped_on = facts.departure.on
    session.flush()
    audit.record(
        session,
        "credit_case:date_drop",
        case,
        actor=system(case.institution_id),
        day=case.dropped_on.isoformat(),
        day_before=before.isoformat() if before else None,
    )
    return True
