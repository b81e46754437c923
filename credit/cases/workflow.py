"""The moves of a credit case: who decides, and what leads back."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.cases.models import CaseState as S

STUDENT = "the student"
SUPERVISOR = "the supervisor"
INSTRUCTOR = "the instructor"
SYSTEM = "CareerLink"


def decides(actor: Actor, case: Any) -> bool:
    """May this person decide in the course, and is it somebody else's case?"""
    return (
        actor.institution_id == case.institution_id
        and actor.may_decide(case.course_id)
        and actor.person_id != case.person_id
    )


def is_own(actor: Actor, case: Any) -> bool:
    """The student, enrolled, in a session that may write in this course."""
    standing = actor.standing(case.course_id)
    return (
        actor.person_id is not None
        and actor.person_id == case.person_id
        and actor.is_student(case.course_id)
        and not standing.read_only
        and not standing.dropped
    )


def is_system(actor: Actor, case: Any) -> bool:
    return actor.is_system and actor.institution_id == case.institution_id


_INCOMPLETE = Transition(
    "leave_incomplete", "Mark incomplete", decides, INSTRUCTOR, needs_reason=True
)
_VOID = Transition("void", "Void the decision", decides, INSTRUCTOR, needs_reason=True)
_DROP = Transition("drop", "Note the drop", is_system, SYSTEM)

CASE: Workflow = {
    (S.OPEN, S.READY): Transition("complete", "Evidence is complete", is_system, STUDENT),
    (S.READY, S.OPEN): Transition("lack", "Evidence is missing", is_system, SYSTEM),
    (S.READY, S.APPROVED): Transition("approve", "Award credit", decides, INSTRUCTOR),
    (S.READY, S.RETURNED): Transition(
        "return", "Return with comments", decides, INSTRUCTOR, needs_reason=True
    ),
    (S.READY, S.DENIED): Transition(
        "deny", "Deny credit", decides, INSTRUCTOR, needs_reason=True
    ),
    (S.READY, S.INCOMPLETE): _INCOMPLETE,
    (S.OPEN, S.INCOMPLETE): _INCOMPLETE,
    (S.RETURNED, S.INCOMPLETE): _INCOMPLETE,
    (S.RETURNED, S.READY): Transition("resubmit", "Send it back", is_own, STUDENT),
    (S.APPROVED, S.READY): _VOID,
    (S.DENIED, S.READY): _VOID,
    (S.INCOMPLETE, S.READY): _VOID,
    (S.OPEN, S.DROPPED): _DROP,
    (S.READY, S.DROPPED): _DROP,
    (S.RETURNED, S.DROPPED): _DROP,
    (S.DROPPED, S.OPEN): Transition("rejoin", "Note the return", is_system, SYSTEM),
    (S.DROPPED, S.RETURNED): Transition("rejoin", "Note the return", is_system, SYSTEM),
}

DECIDED = (S.APPROVED, S.DENIED, S.INCOMPLETE)
UNDECIDED = (S.OPEN, S.READY, S.RETURNED)
