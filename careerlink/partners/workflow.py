"""Which moves a partner can make, who may make them, and what they need."""

from typing import Any

from careerlink.partners import checklist
from careerlink.partners.models import PartnerState as S
from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow

STAFF = "career staff"


def _is_staff_here(actor: Actor, partner: Any) -> bool:
    return actor.is_staff and actor.institution_id == partner.institution_id


def _checks_missing(partner: Any) -> list[str]:
    return checklist.missing(partner.checks)


def _edge(verb: str, label: str, *, checked: bool = False, reason: bool = False) -> Transition:
    if checked:
        return Transition(verb, label, _is_staff_here, STAFF, _checks_missing, reason)
    return Transition(verb, label, _is_staff_here, STAFF, needs_reason=reason)


WORKFLOW: Workflow = {
    (S.PROPOSED, S.UNDER_REVIEW): _edge("review", "Start review"),
    (S.PROPOSED, S.DECLINED): _edge("decline", "Decline partner", reason=True),
    (S.UNDER_REVIEW, S.APPROVED): _edge("approve", "Approve partner", checked=True),
    (S.UNDER_REVIEW, S.DECLINED): _edge("decline", "Decline partner", reason=True),
    (S.APPROVED, S.APPROVED): _edge("extend", "Extend approval", checked=True),
    (S.APPROVED, S.PAUSED): _edge("pause", "Pause partner", reason=True),
    (S.PAUSED, S.APPROVED): _edge("resume", "Resume partner", checked=True),
    (S.PAUSED, S.DECLINED): _edge("decline", "Decline partner", reason=True),
    (S.DECLINED, S.UNDER_REVIEW): _edge("reopen", "Review again", reason=True),
}
