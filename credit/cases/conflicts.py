"""Who may not decide a case although they may decide in the course."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.audit import AuditEntry
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement, Supervision
from credit.cases.models import CreditCase
from credit.evaluations.models import Evaluation, EvaluationSubmission, SubmissionSource
from credit.hours.models import HoursConfirmation

SUPERVISED = "You supervised one of these projects, so somebody else decides."
TRANSCRIBED = "You wrote down what the supervisor said in this case, so somebody else decides."
WAIVED = "You waived a rule in this case, so somebody else decides."
OWN = "This is your own case."


def why_not(
    session: Session, case: CreditCase, placement_ids: Sequence[int], *, actor: Actor
) -> str:
    """The conflict of interest in words, or nothing (DOMAIN 3.9)."""
    if actor.person_id == case.person_id:
        return OWN
    if _supervised(session, placement_ids, actor):
        return SUPERVISED
    if _transcribed(session, placement_ids, actor):
        return TRANSCRIBED
    return WAIVED if _waived(session, case, placement_ids, actor) else ""


def _supervised(session: Session, ids: Sequence[int], actor: Actor) -> bool:
    """A supervisor has no account here: the mail address is what both have."""
    found = session.scalar(
        select(Supervision.id)
        .join(Supervision.contact)
        .join(Person, func.lower(Person.email) == func.lower(PartnerContact.email))
        .where(Supervision.placement_id.in_(ids), Person.id == actor.person_id)
        .limit(1)
    )
    return found is not None


def _transcribed(session: Session, ids: Sequence[int], actor: Actor) -> bool:
    evaluation = session.scalar(
        select(EvaluationSubmission.id)
        .join(EvaluationSubmission.evaluation)
        .where(
            Evaluation.placement_id.in_(ids),
            EvaluationSubmission.source == SubmissionSource.TRANSCRIBED,
            EvaluationSubmission.person_id == actor.person_id,
        )
        .limit(1)
    )
    hours = session.scalar(
        select(HoursConfirmation.id)
        .where(
            HoursConfirmation.placement_id.in_(ids),
            HoursConfirmation.person_id == actor.person_id,
        )
        .limit(1)
    )
    return evaluation is not None or hours is not None


def _waived(session: Session, case: CreditCase, ids: Sequence[int], actor: Actor) -> bool:
    about_case = (AuditEntry.subject_type == CreditCase.__tablename__) & (
        AuditEntry.subject_id == case.id
    )
    about_work = (AuditEntry.subject_type == Placement.__tablename__) & (
        AuditEntry.subject_id.in_(ids)
    )
    found = session.scalar(
        select(AuditEntry.id)
        .where(
            about_case | about_work,
            AuditEntry.action.in_(("credit_case:waive", "placement:waive")),
            AuditEntry.actor_id == actor.person_id,
        )
        .limit(1)
    )
    return found is not None
