"""What a case still lacks, whose move that makes it, and what moves by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from careerlink import clock, states
from careerlink.people.actors import system
from credit.cases.inputs import Facts, Part
from credit.cases.models import CaseState
from credit.cases.workflow import CASE


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
    return [lack for part in facts.parts for lack in _lacks_of(facts, part)]


def _lacks_of(facts: Facts, part: Part) -> Iterable[Lack]:
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


def wanted_state(facts: Facts, *, dropped: bool) -> CaseState:
    """Where the case belongs by what is there now; decided cases stay where they are."""
    state: CaseState = facts.case.state
    if state in (CaseState.OPEN, CaseState.READY, CaseState.RETURNED) and dropped:
        return CaseState.DROPPED
    if state == CaseState.DROPPED and not dropped:
        return CaseState.RETURNED if facts.case.returned_reason else CaseState.OPEN
    if state in (CaseState.OPEN, CaseState.READY):
        return CaseState.OPEN if lacks(facts) else CaseState.READY
    return state


def settle(session: Session, facts: Facts, *, dropped: bool = False) -> bool:
    """Make the moves that nobody makes in person; say whether there was one."""
    case, moved = facts.case, False
    # A student who comes back may find everything complete: two moves.
    while (wanted := wanted_state(facts, dropped=dropped)) != case.state:
        states.move(session, case, wanted, CASE, actor=system(case.institution_id))
        moved = True
    return moved
