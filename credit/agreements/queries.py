"""Reading learning agreements; every query starts from who is looking at the placement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from careerlink.audit import AuditEntry
from careerlink.courses.models import Course, CourseObjective, Objective
from careerlink.files.models import Attachment
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, Supervision
from credit.agreements.models import AgreementState, LearningAgreement, LearningObjective
from credit.agreements.signature_models import AgreementSignature

WHOLE = (
    selectinload(LearningAgreement.objectives).joinedload(LearningObjective.competency),
    selectinload(LearningAgreement.objectives).joinedload(LearningObjective.wording),
    selectinload(LearningAgreement.objectives).joinedload(LearningObjective.objective),
    selectinload(LearningAgreement.deliverables),
)

# A change that waits, or came to nothing, is not the plan yet.
THE_PLAN = or_(
    LearningAgreement.amends_id.is_(None),
    LearningAgreement.state.in_((AgreementState.IN_FORCE, AgreementState.REPLACED)),
)


@dataclass(frozen=True)
class SentBack:
    """One time that an agreement was returned or refused: what was said, by whom, when."""

    at: datetime
    by: str
    reason: str
    refused: bool


def visible_to(actor: Actor) -> Select[LearningAgreement]:
    ids = placements.visible_to(actor).with_only_columns(Placement.id)
    return select(LearningAgreement).where(LearningAgreement.placement_id.in_(ids))


def latest(
    session: Session, placement: Placement, *, to_change: bool = False
) -> LearningAgreement | None:
    """The plan as it stands, for a placement that the caller may see; ``to_change`` locks it.

    Changes that wait for signatures are in ``versions``.
    """
    query = (
        select(LearningAgreement)
        .where(LearningAgreement.placement_id == placement.id, THE_PLAN)
        .order_by(LearningAgreement.number.desc())
        .limit(1)
        .options(*WHOLE)
    )
    if to_change:
        # Whoever comes second sees what the first did, and not an error.
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def in_force(session: Session, placement_ids: Sequence[int]) -> dict[int, LearningAgreement]:
    """By placement, with objectives and their competencies loaded."""
    found = session.scalars(
        select(LearningAgreement)
        .where(
            LearningAgreement.placement_id.in_(placement_ids),
            LearningAgreement.state == AgreementState.IN_FORCE,
        )
        .options(*WHOLE)
    )
    return {agreement.placement_id: agreement for agreement in found}


def latest_of(session: Session, placement_ids: Sequence[int]) -> dict[int, LearningAgreement]:
    """The newest version of each of several placements."""
    found = session.scalars(
        select(LearningAgreement)
        .where(LearningAgreement.placement_id.in_(placement_ids), THE_PLAN)
        .order_by(LearningAgreement.number)
    )
    return {agreement.placement_id: agreement for agreement in found}


def supervisors(session: Session, placement_id: int) -> list[PartnerContact]:
    """Whoever supervises now and may be written to: staff have verified the address."""
    return list(
        session.scalars(
            select(PartnerContact)
            .join(Supervision, Supervision.contact_id == PartnerContact.id)
            .where(
                Supervision.placement_id == placement_id,
                Supervision.ended_at.is_(None),
                PartnerContact.verified_at.is_not(None),
                PartnerContact.left_at.is_(None),
            )
            .order_by(Supervision.id)
        )
    )


def course_objectives(session: Session, course: Course) -> Sequence[Objective]:
    """The course's list; a course that has chosen none yet starts with the defaults."""
    chosen = session.scalars(
        select(Objective)
        .join(CourseObjective, CourseObjective.objective_id == Objective.id)
        .where(
            CourseObjective.course_id == course.id,
            Objective.institution_id == course.institution_id,
        )
        .order_by(CourseObjective.position, CourseObjective.id)
    ).all()
    if chosen:
        return chosen
    return session.scalars(
        select(Objective)
        .where(
            Objective.institution_id == course.institution_id, Objective.is_default.is_(True)
        )
        .order_by(Objective.position, Objective.id)
    ).all()


def sent_back(session: Session, agreement: LearningAgreement) -> list[SentBack]:
    """Every question, return and refusal so far, latest first."""
    rows = session.execute(
        select(AuditEntry, Person, PartnerContact.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .outerjoin(PartnerContact, PartnerContact.id == AuditEntry.contact_id)
        .where(
            AuditEntry.subject_type == LearningAgreement.__tablename__,
            AuditEntry.subject_id == agreement.id,
            or_(
                AuditEntry.action == "learning_agreement:return",
                AuditEntry.action == "learning_agreement:refuse",
            ),
        )
        .options(joinedload(AuditEntry.reason))
        .order_by(AuditEntry.id.desc())
    )
    return [
        SentBack(
            at=entry.recorded_at,
            by=person.label if person else contact or "",
            reason=(entry.reason.text or "") if entry.reason else "",
            refused=entry.action.endswith(":refuse"),
        )
        for entry, person, contact in rows
    ]


def has_original(session: Session, actor: Actor, attachment: Attachment) -> bool:
    """Whether the file is a signed paper of a plan that the actor may read."""
    found = (
        visible_to(actor)
        .join(AgreementSignature, AgreementSignature.agreement_id == LearningAgreement.id)
        .where(AgreementSignature.attachment_id == attachment.id)
        .limit(1)
    )
    return session.scalar(found) is not None
