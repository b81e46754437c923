"""Signing, returning and deciding on a plan. Nothing here commits or knows of HTTP."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses import conclusion
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible, TooMany
from careerlink.people.actors import Actor, system
from careerlink.placements import consents
from careerlink.placements import operations as placement_operations
from careerlink.placements.models import Placement
from credit.agreements import document, notifications, queries
from credit.agreements.models import (
    AgreementSignature,
    AgreementState,
    LearningAgreement,
    Party,
)
from credit.agreements.workflow import WORKFLOW, is_own
from credit.competencies import wordings

TAKEN_BACK = "Taken back by the student, to change it."


def sign(
    session: Session,
    agreement: LearningAgreement,
    *,
    actor: Actor,
    signed_name: str,
    secret: str,
) -> None:
    """The student signs the plan as it stands, and the supervisor is asked to."""
    contacts = queries.supervisors(session, agreement.placement_id)
    wordings.keep_for(session, agreement.objectives)
    text = document.text_of(agreement, supervisors=[contact.name for contact in contacts])
    digest = document.hash_of(text)
    earlier = _signed_before(session, agreement, digest)
    states.move(
        session,
        agreement,
        AgreementState.AWAITING_SUPERVISOR,
        WORKFLOW,
        actor=actor,
        detail={"document": digest},
        document_hash=digest,
        document_id=earlier.document_id if earlier else audit.erasable(session, text).id,
        returned_reason="",
    )
    _add_signature(session, agreement, Party.STUDENT, actor=actor, name=signed_name)
    if _stands(session, agreement, Party.SUPERVISOR):
        states.move(
            session,
            agreement,
            AgreementState.AWAITING_INSTRUCTOR,
            WORKFLOW,
            actor=system(agreement.placement.institution_id),
        )
        return
    for contact in contacts:
        notifications.to_sign(session, agreement, contact, actor=actor, secret=secret)


def countersign(
    session: Session,
    agreement: LearningAgreement,
    *,
    actor: Actor,
    signed_name: str,
    document_hash: str,
) -> None:
    """The supervisor signs the text that the page showed, and no other.

    :raises ChangedMeanwhile: the student has changed the text since.
    """
    if document_hash != agreement.document_hash:
        raise ChangedMeanwhile("The plan was changed since you opened it. Read it again.")
    states.move(session, agreement, AgreementState.AWAITING_INSTRUCTOR, WORKFLOW, actor=actor)
    _add_signature(session, agreement, Party.SUPERVISOR, actor=actor, name=signed_name)


def approve(
    session: Session, agreement: LearningAgreement, *, actor: Actor, document_hash: str
) -> None:
    """The third signature: the plan is in force, and the work may start on its first day."""
    if document_hash != agreement.document_hash:
        raise ChangedMeanwhile("The plan was changed since you opened it. Read it again.")
    states.move(
        session,
        agreement,
        AgreementState.IN_FORCE,
        WORKFLOW,
        actor=actor,
        in_force_at=clock.now(),
    )
    _add_signature(session, agreement, Party.INSTRUCTOR, actor=actor, name=actor.name)
    notifications.came_into_force(session, agreement, actor=actor)
    placement_operations.start_if_due(
        session, agreement.placement, actor=system(agreement.placement.institution_id)
    )


def return_to_student(
    session: Session, agreement: LearningAgreement, *, actor: Actor, reason: str
) -> None:
    """Unlocked for the student; who had signed what stays in the history."""
    _back_to_draft(session, agreement, actor=actor, reason=reason)
    notifications.returned(session, agreement, actor=actor)


def take_back(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    if not is_own(actor, agreement):
        raise NotPermitted("Only the student takes the plan back.")
    _back_to_draft(session, agreement, actor=actor, reason=TAKEN_BACK)


def refuse(
    session: Session, agreement: LearningAgreement, *, actor: Actor, reason: str
) -> None:
    states.move(
        session, agreement, AgreementState.REFUSED, WORKFLOW, actor=actor, reason=reason
    )
    notifications.refused(session, agreement, actor=actor)


def remind(
    session: Session, agreement: LearningAgreement, *, actor: Actor, secret: str
) -> None:
    """Write to the supervisor again, with a link that works.

    :raises TooMany: they were written to within the last five days.
    """
    conclusion.require_open(actor, agreement)
    if not (is_own(actor, agreement) or actor.is_staff):
        raise NotPermitted("The student or career staff send reminders.")
    if agreement.state != AgreementState.AWAITING_SUPERVISOR:
        raise NotPossible("This plan does not wait for the supervisor.")
    if unmet := supervisor_can_be_asked(session, agreement):
        raise NotPossible("The supervisor cannot be written to yet.", unmet)
    for contact in queries.supervisors(session, agreement.placement_id):
        asked = notifications.asked_at(session, agreement, contact)
        if notifications.may_remind_from(asked):
            raise TooMany("The supervisor was written to less than five days ago.")
        notifications.to_sign(
            session, agreement, contact, actor=actor, secret=secret, is_reminder=True
        )


def supervisor_can_be_asked(session: Session, agreement: LearningAgreement) -> list[str]:
    """Guard of ``sign``."""
    return why_not_ask(session, agreement.placement)


def why_not_ask(session: Session, placement: Placement) -> list[str]:
    """A supervisor is written to at an address that staff verified, and with consent."""
    lines = []
    if not queries.supervisors(session, placement.id):
        lines.append("Career staff must name the supervisor and verify the mail address.")
    if not consents.has_consent(session, placement):
        lines.append("The student has to consent that the supervisor sees this plan.")
    return lines


def all_have_signed(session: Session, agreement: LearningAgreement) -> list[str]:
    """Guard of ``approve``: both signatures name the very text that is approved."""
    parties = {signature.party for signature in queries.signatures(session, agreement)}
    return [
        f"The {party.value} has not signed this text."
        for party in (Party.STUDENT, Party.SUPERVISOR)
        if party not in parties
    ]


def _back_to_draft(
    session: Session, agreement: LearningAgreement, *, actor: Actor, reason: str
) -> None:
    states.move(
        session,
        agreement,
        AgreementState.DRAFT,
        WORKFLOW,
        actor=actor,
        reason=reason,
        returned_reason="" if reason == TAKEN_BACK else reason.strip(),
        document_hash=None,
        document_id=None,
    )


def _add_signature(
    session: Session, agreement: LearningAgreement, party: Party, *, actor: Actor, name: str
) -> None:
    if not name.strip():
        raise InvalidInput("Type your name to sign.", field="signed_name")
    if _stands(session, agreement, party):
        return
    signature = AgreementSignature(
        agreement_id=agreement.id,
        party=party,
        person_id=actor.person_id,
        contact_id=actor.contact_id,
        name_id=audit.erasable(session, name.strip()).id,
        method="link" if actor.contact_id is not None else "lms",
        document_hash=agreement.document_hash,
        document_id=agreement.document_id,
        signed_at=clock.now(),
    )
    session.add(signature)
    session.flush()


def _stands(session: Session, agreement: LearningAgreement, party: Party) -> bool:
    """A signature under the same text still counts after a return that changed nothing."""
    return any(s.party == party for s in queries.signatures(session, agreement))


def _signed_before(
    session: Session, agreement: LearningAgreement, digest: str
) -> AgreementSignature | None:
    return session.scalar(
        select(AgreementSignature)
        .where(
            AgreementSignature.agreement_id == agreement.id,
            AgreementSignature.document_hash == digest,
        )
        .limit(1)
    )
