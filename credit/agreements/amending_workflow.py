"""The moves of a change to an agreement: signed by all whom it concerns, or it stays undone."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.states import Transition, Workflow
from credit.agreements.models import AgreementState as S
from credit.agreements.signature_models import Party
from credit.agreements.workflow import is_student_of, may_decide_on

SIGNERS = "whoever has to sign"
PROPOSER = "whoever proposed it, or career staff"
SYSTEM = "CareerLink"


def party_of(actor: Actor, placement: Placement) -> Party | None:
    """As whom this actor signs here; nobody for staff, assistants and people who only look."""
    if is_student_of(actor, placement):
        return Party.STUDENT
    if actor.supervises(placement.id):
        return Party.SUPERVISOR
    if may_decide_on(actor, placement):
        return Party.INSTRUCTOR
    return None


def may_propose(actor: Actor, placement: Placement) -> bool:
    """Student, supervisor, instructor and career staff, each in a session that may write."""
    is_staff = actor.is_staff and actor.institution_id == placement.institution_id
    return party_of(actor, placement) is not None or is_staff


def _is_system(actor: Actor, agreement: Any) -> bool:
    return actor.is_system and actor.institution_id == agreement.placement.institution_id


def _is_party(actor: Actor, agreement: Any) -> bool:
    return party_of(actor, agreement.placement) is not None


def _takes_back(actor: Actor, agreement: Any) -> bool:
    """A party, or staff; that it was this one's proposal is the operation's to check."""
    return may_propose(actor, agreement.placement) or _is_system(actor, agreement)


WORKFLOW: Workflow = {
    (S.AWAITING_SIGNATURES, S.IN_FORCE): Transition(
        "amend", "Put the change in force", _is_system, SIGNERS
    ),
    (S.AWAITING_SIGNATURES, S.REFUSED): Transition(
        "refuse_change", "Refuse the change", _is_party, SIGNERS, needs_reason=True
    ),
    (S.AWAITING_SIGNATURES, S.WITHDRAWN): Transition(
        "withdraw_change", "Withdraw the change", _takes_back, PROPOSER, needs_reason=True
    ),
    (S.IN_FORCE, S.REPLACED): Transition(
        "replace", "Replace by the newer version", _is_system, SYSTEM
    ),
}
