"""The moves of an hours entry. Both figures stay: what was reported, and what was confirmed."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.hours.models import EntryState as S

SUPERVISOR = "the supervisor"


STUDENT = "the student"


def may_confirm(actor: Actor, placement: Any) -> bool:
    """The supervisor by link; staff or an instructor who writes down what they were told."""
    return (
        actor.supervises(placement.id)
        or (actor.is_staff and actor.institution_id == placement.institution_id)
        or actor.is_instructor(placement.course_id)
    )


def _confirms(actor: Actor, entry: Any) -> bool:
    return may_confirm(actor, entry.placement)


def _corrects(actor: Actor, entry: Any) -> bool:
    placement = entry.placement
    return (
        actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


_CONFIRM = Transition("confirm", "Confirm the hours", _confirms, SUPERVISOR)
_DISPUTE = Transition("dispute", "Give another figure", _confirms, SUPERVISOR)
_CORRECT = Transition("correct", "Correct the hours", _corrects, STUDENT)

HOURS: Workflow = {
    (S.REPORTED, S.CONFIRMED): _CONFIRM,
    (S.REPORTED, S.DISPUTED): _DISPUTE,
    (S.DISPUTED, S.CONFIRMED): _CONFIRM,
    (S.CONFIRMED, S.DISPUTED): _DISPUTE,
    (S.CONFIRMED, S.REPORTED): _CORRECT,
    (S.DISPUTED, S.REPORTED): _CORRECT,
}
