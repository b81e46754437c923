"""The moves of a learning agreement: who signs next, and what has to be there before."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.agreements.models import AgreementState as S
from credit.agreements.models import LearningAgreement

STUDENT = "the student"
SUPERVISOR = "the supervisor"
INSTRUCTOR = "the instructor"


def is_own(actor: Actor, agreement: Any) -> bool:
    """The student of the placement, in a session that may write in this course."""
    placement = agreement.placement
    standing = actor.standing(placement.course_id)
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not standing.read_only
        and not standing.dropped
    )


def _supervises(actor: Actor, agreement: Any) -> bool:
    return actor.supervises(agreement.placement_id)


def _supervises_or_stands(actor: Actor, agreement: Any) -> bool:
    """By link; or the system, where the supervisor has signed this very text before."""
    return _supervises(actor, agreement) or (
        actor.is_system and actor.institution_id == agreement.placement.institution_id
    )


def _decides(actor: Actor, agreement: Any) -> bool:
    return actor.may_decide(agreement.placement.course_id)


def _supervises_or_own(actor: Actor, agreement: Any) -> bool:
    return _supervises(actor, agreement) or is_own(actor, agreement)


def _decides_or_own(actor: Actor, agreement: Any) -> bool:
    return _decides(actor, agreement) or is_own(actor, agreement)


def incomplete(agreement: LearningAgreement) -> list[str]:
    """What the text itself still lacks before anybody can sign it."""
    lines = [
        f"Objective {number} needs {' and '.join(lacking)}."
        for number, objective in enumerate(agreement.objectives, 1)
        if (
            lacking := [
                word
                for word, value in (
                    ("a sentence of what will be learned", objective.text),
                    ("an activity", objective.activity),
                    ("evidence", objective.evidence),
                )
                if not value.strip()
            ]
        )
    ]
    if not agreement.objectives:
        lines.append("Name at least one objective, with its activity and its evidence.")
    return lines


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
        "approve", "Approve agreement", _decides, INSTRUCTOR
    ),
    (S.AWAITING_INSTRUCTOR, S.DRAFT): Transition(
        "return", "Return with comments", _decides_or_own, INSTRUCTOR, needs_reason=True
    ),
    (S.AWAITING_INSTRUCTOR, S.REFUSED): Transition(
        "refuse", "Refuse agreement", _decides, INSTRUCTOR, needs_reason=True
    ),
}
