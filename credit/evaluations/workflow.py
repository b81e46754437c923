"""The moves of an evaluation. Whoever is asked writes it; nobody changes it once it is sent."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.evaluations.models import Author
from credit.evaluations.models import EvaluationState as S

AUTHOR = "whoever was asked"
OFFICE = "career staff"
TRANSCRIBER = "career staff or the instructor"


def writes(actor: Actor, evaluation: Any) -> bool:
    """The supervisor by their own link, or the student in a session that may write."""
    placement = evaluation.placement
    if evaluation.author == Author.SUPERVISOR:
        # Also a former supervisor, whose link opens the evaluation of their own dates only.
        return bool(
            actor.contact_id is not None
            and actor.contact_id == evaluation.contact_id
            and actor.link_placement_id == evaluation.placement_id
        )
    return writes_own(actor, placement)


def transcribes(actor: Actor, evaluation: Any) -> bool:
    """Career staff or the instructor write down what the supervisor told them."""
    placement = evaluation.placement
    teaches = actor.is_instructor(placement.course_id)
    may_write = teaches and not actor.standing(placement.course_id).read_only
    return evaluation.author == Author.SUPERVISOR and (
        may_write or _is_office(actor, evaluation)
    )


def _sends(actor: Actor, evaluation: Any) -> bool:
    return writes(actor, evaluation) or transcribes(actor, evaluation)


def writes_own(actor: Actor, placement: Any) -> bool:
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


def _is_office(actor: Actor, evaluation: Any) -> bool:
    return actor.is_staff and actor.institution_id == evaluation.placement.institution_id


def _is_office_or_system(actor: Actor, evaluation: Any) -> bool:
    institution_id = evaluation.placement.institution_id
    by_time = actor.is_system and actor.institution_id == institution_id
    return by_time or _is_office(actor, evaluation)


_LAPSE = Transition(
    "lapse", "Close without an answer", _is_office_or_system, OFFICE, needs_reason=True
)

WORKFLOW: Workflow = {
    (S.REQUESTED, S.IN_PROGRESS): Transition("begin", "Begin evaluation", writes, AUTHOR),
    (S.REQUESTED, S.SUBMITTED): Transition(
        "submit", "Write evaluation down", transcribes, TRANSCRIBER
    ),
    (S.IN_PROGRESS, S.SUBMITTED): Transition("submit", "Send evaluation", _sends, AUTHOR),
    (S.REQUESTED, S.LAPSED): _LAPSE,
    (S.IN_PROGRESS, S.LAPSED): _LAPSE,
}
