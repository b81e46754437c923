"""Whom to call for a student at work: their own and the career office's business alone.

It is no part of the plan. Nothing that a supervisor, a signer or the public text shows is made
from here.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements.campus_models import EmergencyContact
from credit.agreements.models import LearningAgreement
from credit.agreements.plan import AgreementDraft
from credit.agreements.workflow import is_student_of

MISSING = "Name somebody to call in an emergency, with a phone number."


def of(session: Session, placement: Placement, *, actor: Actor) -> EmergencyContact | None:
    """For the student and for career staff; for anybody else there is none."""
    if not may_read(placement, actor):
        return None
    return session.scalar(
        select(EmergencyContact).where(EmergencyContact.placement_id == placement.id)
    )


def may_read(placement: Placement, actor: Actor) -> bool:
    is_own = actor.person_id is not None and actor.person_id == placement.person_id
    is_office = actor.is_staff and actor.institution_id == placement.institution_id
    return is_own or is_office


def is_needed(plan: LearningAgreement | AgreementDraft) -> bool:
    """Where the work is on site; whoever works from home may name somebody all the same."""
    return not plan.is_remote


def is_there(session: Session, agreement: LearningAgreement) -> list[str]:
    """Guard of ``sign``."""
    if not is_needed(agreement):
        return []
    named = session.scalar(
        select(EmergencyContact.id).where(
            EmergencyContact.placement_id == agreement.placement_id
        )
    )
    return [] if named is not None else [MISSING]


def last_given(
    session: Session, placement: Placement, *, actor: Actor
) -> EmergencyContact | None:
    """From the same student's latest project, so that nobody types it twice."""
    if not may_read(placement, actor):
        return None
    return session.scalar(
        select(EmergencyContact)
        .join(Placement, Placement.id == EmergencyContact.placement_id)
        .where(Placement.person_id == placement.person_id)
        .order_by(EmergencyContact.written_at.desc(), EmergencyContact.id.desc())
        .limit(1)
    )


def keep(
    session: Session,
    placement: Placement,
    *,
    name: str,
    phone: str,
    relation: str,
    actor: Actor,
) -> None:
    """Without a name and a number there is no entry: emptying both takes it away."""
    if not is_student_of(actor, placement):
        raise NotPermitted("Only the student says whom to call.")
    row = of(session, placement, actor=actor)
    if not (name or phone):
        if row is not None:
            audit.record(session, "emergency_contact:remove", row, actor=actor)
            session.delete(row)
        return
    if row is None:
        row = EmergencyContact(placement_id=placement.id)
        session.add(row)
    elif (row.name, row.phone, row.relation) == (name, phone, relation):
        return
    row.name, row.phone, row.relation = name, phone, relation
    row.written_at = clock.now()
    session.flush()
    audit.record(session, "emergency_contact:write", row, actor=actor)
