"""The moves of a learning agreement: who signs next, and what has to be there before."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.states import Transition, Workflow
from credit.agreements import fields
from credit.agreements.models import AgreementState as S
from credit.agreements.models import LearningAgreement

STUDENT = "the student"
SUPERVISOR = "the supervisor"
INSTRUCTOR = "the instructor"


def is_own(actor: Actor, agreement: Any) -> bool:
    return is_student_of(actor, agreement.placement)


def is_student_of(actor: Actor, placement: Placement) -> bool:
    """In a session that may write in this course."""
    standing = actor.standing(placement.course_id)
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not standing.read_only
        and not standing.dropped
    )


def _supervises(actor: Actor, agreement: Any) -> bool:
    """By a link to this placement: the supervisor, or whoever signs for the company."""
    return actor.supervises(agreement.placement_id)


def _supervises_or_stands(actor: Actor, agreement: Any) -> bool:
    """By link; career staff, from a signed paper; or the system, where signatures stand."""
    is_here = actor.institution_id == agreement.placement.institution_id
    return _supervises(actor, agreement) or (is_here and (actor.is_staff or actor.is_system))


def _decides(actor: Actor, agreement: Any) -> bool:
    return may_decide_on(actor, agreement.placement)


def may_decide_on(actor: Actor, placement: Placement) -> bool:
    """Not on one's own work, whatever role the platform gives somebody later."""
    return actor.may_decide(placement.course_id) and actor.person_id != placement.person_id


def _supervises_or_own(actor: Actor, agreement: Any) -> bool:
    """Or the system, when somebody else supervises from now on."""
    return (
        _supervises(actor, agreement) or is_own(actor, agreement) or _follows(actor, agreement)
    )


def _decides_or_own(actor: Actor, agreement: Any) -> bool:
    return _decides(actor, agreement) or is_own(actor, agreement) or _follows(actor, agreement)


def _follows(actor: Actor, agreement: Any) -> bool:
    return actor.is_system and actor.institution_id == agreement.placement.institution_id


def incomplete(agreement: LearningAgreement) -> list[str]:
    """What the text itself still lacks before anybody can sign it."""
    return [gap.text for gap in fields.gaps(agreement)]


def not_whole(agreement: LearningAgreement) -> list[str]:
    """What it still lacks before it can be approved: some answers are the course's own."""
    return [gap.text for gap in fields.gaps(agreement, to_approve=True)]


WORKFLOW: Workflow = {
    (S.DRAFT, S.AWAITING_SUPERVISOR): Transition(
        "sign", "Sign agreement", is_own, STUDENT, unmet=incomplete
    ),
    (S.AWAITING_SUPERVISOR, S.AWAITING_INSTRUCTOR): Transition(
        "countersign", "Sign agreement", _supervises_or_stands, SUPERVISOR
    ),
    (S.AWAITING_SUPERVISOR, S.DRAFT): Transition(
        "return", "Return with a question", _supervises_or_own, SUPERVISOR, needs_reason=True
    ),
    (S.AWAITING_INSTRUCTOR, S.IN_FORCE): Transition(
        "approve", "Approve agreement", _decides, INSTRUCTOR, unmet=not_whole
    ),
    (S.AWAITING_INSTRUCTOR, S.DRAFT): Transition(
        "return", "Return with comments", _decides_or_own, INSTRUCTOR, needs_reason=True
    ),
    (S.AWAITING_INSTRUCTOR, S.REFUSED): Transition(
        "refuse", "Refuse agreement", _decides, INSTRUCTOR, needs_reason=True
    ),
}
