"""Who may not decide a case although they may decide in the course."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from careerlink.audit import AuditEntry
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement, Supervision
from credit.approvals.authority import Seat
from credit.cases.models import CreditCase
from credit.evaluations.models import Evaluation, EvaluationSubmission, SubmissionSource
from credit.hours.models import HoursConfirmation

SUPERVISED = "You supervised one of these projects, so somebody else decides."
TRANSCRIBED = "You wrote down what the supervisor said in this case, so somebody else decides."
WAIVED = "You waived a rule in this case, so somebody else decides."
OWN = "This is your own case."
IN_THEIR_PLACE = {
    SUPERVISED: "You act for somebody who supervised one of these projects",
    TRANSCRIBED: "You act for somebody who wrote down what the supervisor said in this case",
    WAIVED: "You act for somebody who waived a rule in this case",
}


def why_not(
    session: Session,
    case: CreditCase,
    placement_ids: Sequence[int],
    *,
    actor: Actor,
    seat: Seat | None = None,
) -> str:
    """The conflict of interest in words, or nothing (DOMAIN 3.9).

    ``seat`` says in whose place; without one it is an instructor's.
    """
    if actor.person_id == case.person_id:
        return OWN
    if actor.person_id is None:
        return ""
    if case.person_id in accounts_of(session, actor.person_id):
        return OWN
    if own := _why_not(session, case, placement_ids, actor.person_id):
        return own
    # Whoever must not decide does not choose in whose hands their own place is.
    standing = actor.standing(case.course_id)
    absent = seat.acts_for_id if seat is not None else standing.acts_for_id
    if absent == case.person_id:
        return OWN
    theirs = _why_not(session, case, placement_ids, absent) if absent is not None else ""
    return f"{IN_THEIR_PLACE[theirs]}, so somebody else decides." if theirs else ""


def accounts_of(session: Session, *person_ids: int | None) -> set[int]:
    """These people under every account of theirs: the LMS and the campus may each have brought
    one in, and the mail address is what both have."""
    own, other = aliased(Person), aliased(Person)
    found = session.scalars(
        select(other.id)
        .join(own, func.lower(own.email) == func.lower(other.email))
        .where(own.id.in_(person_ids), own.institution_id == other.institution_id)
    )
    return set(found)


def _why_not(
    session: Session, case: CreditCase, placement_ids: Sequence[int], person_id: int
) -> str:
    if _supervised(session, placement_ids, person_id):
        return SUPERVISED
    if _transcribed(session, placement_ids, person_id):
        return TRANSCRIBED
    return WAIVED if _waived(session, case, placement_ids, person_id) else ""


def _supervised(session: Session, ids: Sequence[int], person_id: int) -> bool:
    """A supervisor has no account here: the mail address is what both have."""
    found = session.scalar(
        select(Supervision.id)
        .join(Supervision.contact)
        .join(Person, func.lower(Person.email) == func.lower(PartnerContact.email))
        .where(Supervision.placement_id.in_(ids), Person.id == person_id)
        .limit(1)
    )
    return found is not None


def _transcribed(session: Session, ids: Sequence[int], person_id: int) -> bool:
    evaluation = session.scalar(
        select(EvaluationSubmission.id)
        .join(EvaluationSubmission.evaluation)
        .where(
            Evaluation.placement_id.in_(ids),
            EvaluationSubmission.source == SubmissionSource.TRANSCRIBED,
            EvaluationSubmission.person_id == person_id,
        )
        .limit(1)
    )
    hours = session.scalar(
        select(HoursConfirmation.id)
        .where(
            HoursConfirmation.placement_id.in_(ids),
            HoursConfirmation.person_id == person_id,
        )
        .limit(1)
    )
    return evaluation is not None or hours is not None


def _waived(session: Session, case: CreditCase, ids: Sequence[int], person_id: int) -> bool:
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
            AuditEntry.actor_id == person_id,
        )
        .limit(1)
    )
    return found is not None
