"""The moves of an evaluation. Whoever is asked writes it; nobody changes it once it is sent."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.evaluations.models import Author
from credit.evaluations.models import EvaluationState as S

AUTHOR = "whoever was asked"
OFFICE = "career staff"


def writes(actor: Actor, evaluation: Any) -> bool:
    """The supervisor by their own link, or the student in a session that may write."""
    placement = evaluation.placement
    if evaluation.author == Author.SUPERVISOR:
        return (
            actor.supervises(evaluation.placement_id)
            and actor.contact_id == evaluation.contact_id
        )
    return writes_own(actor, placement)


def writes_own(actor: Actor, placement: Any) -> bool:
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


def _is_office(actor: Actor, evaluation: Any) -> bool:
    return actor.is_staff and actor.institution_id == evaluation.placement.institution_id


_LAPSE = Transition("lapse", "Close without an answer", _is_office, OFFICE, needs_reason=True)

WORKFLOW: Workflow = {
    (S.REQUESTED, S.IN_PROGRESS): Transition("begin", "Begin evaluation", writes, AUTHOR),
    (S.IN_PROGRESS, S.SUBMITTED): Transition("submit", "Send evaluation", writes, AUTHOR),
    (S.REQUESTED, S.LAPSED): _LAPSE,
    (S.IN_PROGRESS, S.LAPSED): _LAPSE,
}
