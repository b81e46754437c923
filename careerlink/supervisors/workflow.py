"""The moves of a hand-over request: who may make them."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from careerlink.supervisors.models import HandOverState as S

OFFICE = "career staff"
ASKER = "the person who asked"


def _is_office(actor: Actor, request: Any) -> bool:
    return actor.is_staff and actor.institution_id == request.institution_id


def _takes_back(actor: Actor, request: Any) -> bool:
    """The asker by their own link, or the system once somebody else was named."""
    is_asker = actor.contact_id is not None and actor.contact_id == request.contact_id
    is_system = actor.is_system and actor.institution_id == request.institution_id
    return is_asker or is_system


def _calls_off(actor: Actor, request: Any) -> bool:
    is_system = actor.is_system and actor.institution_id == request.institution_id
    return _is_office(actor, request) or is_system


def _not_yet(request: Any) -> list[str]:
    return [] if request.carried_out_at is None else ["It has been carried out already."]


HAND_OVER: Workflow = {
    (S.ASKED, S.APPROVED): Transition("approve", "Approve hand-over", _is_office, OFFICE),
    (S.ASKED, S.DECLINED): Transition(
        "decline", "Decline with words", _is_office, OFFICE, needs_reason=True
    ),
    (S.ASKED, S.WITHDRAWN): Transition("withdraw", "Take it back", _takes_back, ASKER),
    (S.APPROVED, S.WITHDRAWN): Transition(
        "call_off", "Call it off", _calls_off, OFFICE, unmet=_not_yet
    ),
}
