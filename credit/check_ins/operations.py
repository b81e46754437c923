"""Answering a check-in. Nothing here commits."""

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.check_ins import scheduling
from credit.check_ins.models import (
    RED,
    CheckIn,
    CheckInAnswer,
    CheckInKind,
    Party,
)
from credit.concerns import operations as concerns
from credit.concerns.models import ConcernKind

LONGEST = 1000
OFFERED = {
    CheckInKind.FIRST_CONTACT: (CheckInAnswer.ON_TRACK, CheckInAnswer.NOT_HEARD_FROM),
    CheckInKind.PROGRESS: tuple(CheckInAnswer),
}


def answers(actor: Actor, placement: Placement, party: Party) -> bool:
    """Is this the person who is asked on that side?"""
    if party == Party.SUPERVISOR:
        return actor.supervises(placement.id)
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


def answer(
    session: Session,
    check_in: CheckIn,
    *,
    actor: Actor,
    given: CheckInAnswer,
    words: str = "",
) -> None:
    """Kept as it is given; a red answer becomes a task for staff in the same moment."""
    placement = check_in.placement
    if not answers(actor, placement, check_in.party):
        raise NotPermitted("Only whoever was asked answers this.")
    require_open(actor, placement)
    if check_in.answered_at is not None:
        if check_in.answer == given:
            return
        raise NotPossible("You have answered this already; your first answer is kept.")
    if check_in.closed_at is not None or placement.state != PlacementState.ACTIVE:
        raise NotPossible("This is no longer asked. If something is wrong, write to us.")
    if given not in OFFERED[check_in.kind] or len(words) > LONGEST:
        raise InvalidInput("Choose one of the answers.", field="words")
    _keep(session, check_in, given, words.strip(), actor=actor)
    if given in RED:
        kind = ConcernKind(given.value)
        if check_in.kind == CheckInKind.FIRST_CONTACT:
            kind = ConcernKind.NO_FIRST_CONTACT
        concerns.open_concern(
            session, placement, kind=kind, actor=actor, words_id=check_in.words_id
        )
    if given == CheckInAnswer.ON_TRACK:
        scheduling.close_others(session, placement, CheckInKind.FIRST_CONTACT)


def _keep(
    session: Session, check_in: CheckIn, given: CheckInAnswer, words: str, *, actor: Actor
) -> None:
    check_in.answer, check_in.answered_at = given, clock.now()
    check_in.person_id, check_in.contact_id = actor.person_id, actor.contact_id
    check_in.words_id = audit.erasable(session, words).id if words else None
    session.flush()
    audit.record(
        session,
        "check_in:answer",
        check_in,
        actor=actor,
        placement=check_in.placement_id,
        answer=given,
    )
