"""Whose a student's case is, for a colleague who opens something of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.routing import assigning, queries


def colleague(session: Session, placement: Placement, *, actor: Actor) -> Person | None:
    """Who looks after it in place of this instructor; nobody where it is theirs or of all.

    Before there is a case, whoever the rules name for this student.
    """
    if not actor.may_look(placement.course_id):
        return None
    owner = _owner(session, placement)
    own = {actor.person_id, actor.standing(placement.course_id).acts_for_id}
    if owner is None or owner.id in own:
        return None
    teaching = queries.instructors(session, placement.course_id)
    return owner if owner.id in {one.id for one in teaching} else None


def _owner(session: Session, placement: Placement) -> Person | None:
    case = session.scalar(
        select(CreditCase)
        .join(CreditCasePlacement, CreditCasePlacement.credit_case_id == CreditCase.id)
        .where(
            CreditCasePlacement.placement_id == placement.id,
            CreditCasePlacement.moved_at.is_(None),
        )
        .options(joinedload(CreditCase.assigned_to))
    )
    return case.assigned_to if case is not None else assigning.named(session, placement)
