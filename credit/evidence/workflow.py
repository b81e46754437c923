"""The moves of a deliverable: handed in, answered by the supervisor, helped by the office."""

from typing import Any

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.evidence.models import Deliverable
from credit.evidence.models import DeliverableState as S

STUDENT = "the student"
SUPERVISOR = "the supervisor"
OFFICE = "career staff"
SYSTEM = "CareerLink"
SILENT_DAYS = 14
"""After so many days without an answer the office may accept on the evidence there is."""


def _is_own(actor: Actor, deliverable: Any) -> bool:
    placement = deliverable.placement
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


def _supervises(actor: Actor, deliverable: Any) -> bool:
    return actor.supervises(deliverable.placement_id)


def _is_office(actor: Actor, deliverable: Any) -> bool:
    return actor.is_staff and actor.institution_id == deliverable.placement.institution_id


def _is_system(actor: Actor, deliverable: Any) -> bool:
    """As an agreement that came into force says."""
    return actor.is_system and actor.institution_id == deliverable.placement.institution_id


def silent_days(deliverable: Deliverable) -> int:
    return (clock.now() - deliverable.state_since).days


def _too_early(deliverable: Deliverable) -> list[str]:
    if silent_days(deliverable) >= SILENT_DAYS:
        return []
    return [f"The supervisor has {SILENT_DAYS} days to answer first."]


def rounds_left(deliverable: Deliverable) -> int:
    return max(0, deliverable.most_rounds - deliverable.rounds)


def _no_round_left(deliverable: Deliverable) -> list[str]:
    if rounds_left(deliverable):
        return []
    return ["The agreed rounds of rework are used up; ask the career office."]


def _round_left(deliverable: Deliverable) -> list[str]:
    return ["A round of rework is left; ask for it."] if rounds_left(deliverable) else []


_HAND_IN = Transition("hand_in", "Hand it in", _is_own, STUDENT)
_ON_EVIDENCE = "Accept on the evidence"

DELIVERABLE: Workflow = {
    (S.AWAITED, S.HANDED_IN): _HAND_IN,
    (S.REWORK_ASKED, S.HANDED_IN): _HAND_IN,
    # A newer version takes the older one's place before the supervisor; the wait begins anew.
    (S.HANDED_IN, S.HANDED_IN): _HAND_IN,
    (S.HANDED_IN, S.ACCEPTED): Transition("accept", "Accept it", _supervises, SUPERVISOR),
    (S.HANDED_IN, S.REWORK_ASKED): Transition(
        "ask_rework",
        "Ask for rework",
        _supervises,
        SUPERVISOR,
        unmet=_no_round_left,
        needs_reason=True,
    ),
    (S.HANDED_IN, S.WITH_OFFICE): Transition(
        "refer",
        "Ask the career office",
        _supervises,
        SUPERVISOR,
        unmet=_round_left,
        needs_reason=True,
    ),
    (S.HANDED_IN, S.ACCEPTED_ON_EVIDENCE): Transition(
        "accept_on_evidence",
        _ON_EVIDENCE,
        _is_office,
        OFFICE,
        unmet=_too_early,
        needs_reason=True,
    ),
    (S.WITH_OFFICE, S.REWORK_ASKED): Transition(
        "allow_rework", "Allow one more round", _is_office, OFFICE, needs_reason=True
    ),
    (S.WITH_OFFICE, S.ACCEPTED_ON_EVIDENCE): Transition(
        "settle", _ON_EVIDENCE, _is_office, OFFICE, needs_reason=True
    ),
    (S.AWAITED, S.NO_LONGER_AGREED): Transition(
        "drop", "Take it out of the plan", _is_system, SYSTEM
    ),
    (S.NO_LONGER_AGREED, S.AWAITED): Transition(
        "expect", "Take it into the plan", _is_system, SYSTEM
    ),
}

ACCEPTED = (S.ACCEPTED, S.ACCEPTED_ON_EVIDENCE)
OPEN = (S.HANDED_IN, S.WITH_OFFICE)
"""Handed in, and nobody has said yet whether it will do."""
