"""The moves of a credit case: who decides, and what leads back."""

from typing import Any

from careerlink.courses.standing import CONCLUDED
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.approvals import authority
from credit.approvals.roles import ApproverRole
from credit.cases.models import CaseState as S

STUDENT = "the student"
SUPERVISOR = "the supervisor"
INSTRUCTOR = "the instructor"
APPROVER = "whoever is appointed for this step"
READER = "a second reader"
SYSTEM = "CareerLink"


def decides(actor: Actor, case: Any) -> bool:
    """May this person decide in the course, and is it somebody else's case?"""
    return (
        actor.institution_id == case.institution_id
        and actor.may_decide(case.course_id)
        and actor.person_id != case.person_id
    )


def why_not_decides(actor: Actor, case: Any) -> str:
    return actor.why_not_decide(case.course_id) or "Only the instructor may do this."


def require_decides(actor: Actor, case: Any) -> None:
    """:raises NotPermitted: why this person decides nothing there."""
    if not decides(actor, case):
        raise NotPermitted(why_not_decides(actor, case))


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


def approves(actor: Actor, case: Any) -> bool:
    """Appointed for the step that the case is at, and it is somebody else's case."""
    return (
        actor.person_id != case.person_id
        and authority.seat(actor, case, case.awaits) is not None
    )


def sends_back(actor: Actor, case: Any) -> bool:
    """The approver's way back to the instructor, who may also take their own word back."""
    return approves(actor, case) or decides(actor, case)


def voids(actor: Actor, case: Any) -> bool:
    held = any(authority.seat(actor, case, role) is not None for role in ApproverRole)
    return decides(actor, case) or (held and actor.person_id != case.person_id)


def appeals(actor: Actor, case: Any) -> bool:
    """The student of this case, also once the course is concluded: its last decision is when
    there is something to appeal."""
    standing = actor.standing(case.course_id)
    looks = actor.looks_only or standing.is_test
    looks = looks or (standing.read_only and standing.why_not != CONCLUDED)
    return (
        actor.person_id is not None
        and actor.person_id == case.person_id
        and actor.is_student(case.course_id)
        and not looks
        and not standing.dropped
    )


def ends_appeal(actor: Actor, case: Any) -> bool:
    """The reader answers, the student withdraws; the appeal's own edges say which of them."""
    return approves(actor, case) or appeals(actor, case)


def is_system(actor: Actor, case: Any) -> bool:
    return actor.is_system and actor.institution_id == case.institution_id


_INCOMPLETE = Transition(
    "leave_incomplete", "Mark incomplete", decides, INSTRUCTOR, needs_reason=True
)
_VOID = Transition("void", "Void the decision", voids, INSTRUCTOR, needs_reason=True)
_APPEAL = Transition(
    "appeal", "Appeal", appeals, STUDENT, needs_reason=True, outlives_course=True
)
_END_APPEAL = Transition(
    "end_appeal", "Answer the appeal", ends_appeal, READER, outlives_course=True
)
# Nobody could go on with it once the course is concluded.
_RETURN_ON_APPEAL = Transition("end_appeal", "Return the case", ends_appeal, READER)
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
    # The day to send it back has passed, and the instructor goes on with what is there.
    (S.RETURNED, S.OPEN): Transition(
        "take_up", "Decide on what is there", decides, INSTRUCTOR, needs_reason=True
    ),
    (S.READY, S.IN_APPROVAL): Transition("approve", "Award credit", decides, INSTRUCTOR),
    (S.RETURNED, S.IN_APPROVAL): Transition("resubmit", "Send it back", is_own, STUDENT),
    (S.IN_APPROVAL, S.IN_APPROVAL): Transition(
        "approve", "Approve", approves, APPROVER, outlives_course=True
    ),
    (S.IN_APPROVAL, S.APPROVED): Transition(
        "approve", "Approve", approves, APPROVER, outlives_course=True
    ),
    (S.IN_APPROVAL, S.RETURNED): Transition(
        "return",
        "Return to the student",
        approves,
        APPROVER,
        needs_reason=True,
    ),
    (S.IN_APPROVAL, S.READY): Transition(
        "send_back",
        "Send back to the instructor",
        sends_back,
        APPROVER,
        needs_reason=True,
    ),
    (S.IN_APPROVAL, S.DENIED): Transition(
        "deny", "Deny credit", approves, APPROVER, needs_reason=True, outlives_course=True
    ),
    (S.IN_APPROVAL, S.INCOMPLETE): Transition(
        "leave_incomplete",
        "Mark incomplete",
        approves,
        APPROVER,
        needs_reason=True,
        outlives_course=True,
    ),
    (S.APPROVED, S.READY): _VOID,
    (S.DENIED, S.READY): _VOID,
    (S.INCOMPLETE, S.READY): _VOID,
    # All that an incomplete case lacked has come.
    (S.INCOMPLETE, S.OPEN): Transition("resume", "Go on", is_system, SYSTEM),
    (S.OPEN, S.DROPPED): _DROP,
    (S.READY, S.DROPPED): _DROP,
    (S.RETURNED, S.DROPPED): _DROP,
    (S.IN_APPROVAL, S.DROPPED): _DROP,
    (S.APPROVED, S.APPEALED): _APPEAL,
    (S.DENIED, S.APPEALED): _APPEAL,
    (S.INCOMPLETE, S.APPEALED): _APPEAL,
    (S.APPEALED, S.APPROVED): _END_APPEAL,
    (S.APPEALED, S.DENIED): _END_APPEAL,
    (S.APPEALED, S.INCOMPLETE): _END_APPEAL,
    (S.APPEALED, S.READY): _RETURN_ON_APPEAL,
    (S.APPEALED, S.RETURNED): _RETURN_ON_APPEAL,
    # Awarded by the reader; the steps after theirs have still to approve it.
    (S.APPEALED, S.IN_APPROVAL): _END_APPEAL,
    (S.DROPPED, S.OPEN): Transition("rejoin", "Note the return", is_system, SYSTEM),
    (S.DROPPED, S.RETURNED): Transition("rejoin", "Note the return", is_system, SYSTEM),
    (S.DROPPED, S.IN_APPROVAL): Transition("rejoin", "Note the return", is_system, SYSTEM),
}

DECIDED = (S.APPROVED, S.DENIED, S.INCOMPLETE)
UNDECIDED = (S.OPEN, S.READY, S.RETURNED)
