"""The moves of applications, offers and placements: who may make them, and what they need."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.placements.models import ApplicationState as A
from careerlink.placements.models import OfferState as O
from careerlink.placements.models import PlacementState as P
from careerlink.states import Transition, Workflow

STUDENT = "the student"
OFFICE = "career staff"
TIME = "the clock"


def _is_own(actor: Actor, record: Any) -> bool:
    """The student's own record, in a session that may write in this course."""
    standing = actor.standing(record.course_id)
    return (
        actor.person_id is not None
        and actor.person_id == record.person_id
        and actor.is_student(record.course_id)
        and not standing.read_only
    )


def _is_enrolled_own(actor: Actor, record: Any) -> bool:
    return _is_own(actor, record) and not actor.standing(record.course_id).dropped


def _is_office(actor: Actor, record: Any) -> bool:
    return actor.is_staff and actor.institution_id == record.institution_id


def _is_system(actor: Actor, record: Any) -> bool:
    return actor.is_system and actor.institution_id == record.institution_id


def _is_office_or_system(actor: Actor, record: Any) -> bool:
    return _is_office(actor, record) or _is_system(actor, record)


def _is_own_or_office(actor: Actor, record: Any) -> bool:
    return _is_own(actor, record) or _is_office(actor, record)


def _is_own_or_office_or_system(actor: Actor, record: Any) -> bool:
    return _is_own_or_office(actor, record) or _is_system(actor, record)


def _answers(actor: Actor, offer: Any) -> bool:
    return _is_own(actor, offer.application)


def _ran_out(actor: Actor, offer: Any) -> bool:
    return _is_system(actor, offer.application)


def _takes_back(actor: Actor, offer: Any) -> bool:
    return _is_office_or_system(actor, offer.application)


_SUBMIT = Transition("submit", "Send application", _is_enrolled_own, STUDENT)
_WITHDRAW = Transition("withdraw", "Withdraw application", _is_own, STUDENT)
_OFFER = Transition("offer", "Make the offer", _is_office_or_system, OFFICE)
_NOT_SELECT = Transition(
    "not_select", "Do not select", _is_office_or_system, OFFICE, needs_reason=True
)

APPLICATION: Workflow = {
    (A.DRAFT, A.SUBMITTED): _SUBMIT,
    (A.DRAFT, A.WITHDRAWN): _WITHDRAW,
    (A.SUBMITTED, A.OFFERED): _OFFER,
    (A.SUBMITTED, A.WAIT_LISTED): Transition(
        "wait_list", "Put on the wait list", _is_office_or_system, OFFICE
    ),
    (A.SUBMITTED, A.NOT_SELECTED): _NOT_SELECT,
    (A.SUBMITTED, A.WITHDRAWN): _WITHDRAW,
    (A.WAIT_LISTED, A.OFFERED): _OFFER,
    (A.WAIT_LISTED, A.NOT_SELECTED): _NOT_SELECT,
    (A.WAIT_LISTED, A.WITHDRAWN): _WITHDRAW,
    (A.OFFERED, A.ACCEPTED): Transition("accept", "Accept the offer", _is_own, STUDENT),
    (A.OFFERED, A.DECLINED): Transition("decline", "Decline the offer", _is_own, STUDENT),
    (A.OFFERED, A.EXPIRED): Transition("expire", "Let the offer expire", _is_system, TIME),
    (A.OFFERED, A.NOT_SELECTED): Transition(
        "void", "Void the offer", _is_office_or_system, OFFICE, needs_reason=True
    ),
    (A.EXPIRED, A.SUBMITTED): Transition("ask_again", "Ask again", _is_enrolled_own, STUDENT),
}

OFFER: Workflow = {
    (O.OPEN, O.ACCEPTED): Transition("accept", "Accept the offer", _answers, STUDENT),
    (O.OPEN, O.DECLINED): Transition("decline", "Decline the offer", _answers, STUDENT),
    (O.OPEN, O.EXPIRED): Transition("expire", "Let the offer expire", _ran_out, TIME),
    (O.OPEN, O.VOID): Transition("void", "Void the offer", _takes_back, OFFICE),
}

PLACEMENT: Workflow = {
    (P.PLANNED, P.ACTIVE): Transition(
        "start", "Start the work", _is_own_or_office_or_system, STUDENT
    ),
    (P.PLANNED, P.CANCELLED): Transition(
        "cancel", "Cancel placement", _is_office_or_system, OFFICE, needs_reason=True
    ),
    (P.ACTIVE, P.WORK_COMPLETED): Transition(
        "complete", "Mark the work as completed", _is_own_or_office_or_system, STUDENT
    ),
    (P.ACTIVE, P.ENDED_EARLY): Transition(
        "end_early", "End placement early", _is_office_or_system, OFFICE, needs_reason=True
    ),
    (P.WORK_COMPLETED, P.ACTIVE): Transition(
        "reopen", "Reopen the work", _is_office, OFFICE, needs_reason=True
    ),
    (P.WORK_COMPLETED, P.CLOSED): Transition(
        "close", "Close placement", _is_office_or_system, OFFICE
    ),
}
