"""A move between two cases: who asks for it, and who signs."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.cases.move_models import MoveState as S


def receives(actor: Actor, move: Any) -> bool:
    """May this person decide in the course that takes the project up, and is it not theirs?"""
    return (
        actor.institution_id == move.institution_id
        and actor.may_decide(move.to_course_id)
        and actor.person_id != move.placement.person_id
    )


def asks(actor: Actor, move: Any) -> bool:
    return (
        actor.is_staff
        and not actor.looks_only
        and actor.institution_id == move.institution_id
        and actor.person_id != move.placement.person_id
    )


RECEIVER = "the instructor of the other course"

MOVE: Workflow = {
    (S.ASKED, S.ACCEPTED): Transition("accept", "Sign and take it up", receives, RECEIVER),
    (S.ASKED, S.DECLINED): Transition(
        "decline", "Decline the move", receives, RECEIVER, needs_reason=True
    ),
    (S.ASKED, S.WITHDRAWN): Transition(
        "withdraw", "Withdraw the move", asks, "career staff", needs_reason=True
    ),
}
