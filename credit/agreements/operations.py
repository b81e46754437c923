"""Signing, returning and deciding on a plan. Nothing here commits or knows of HTTP."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses.conclusion import require_open
from careerlink.errors import ChangedMeanwhile, NotPermitted, NotPossible
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor, system
from careerlink.placements import operations as placement_operations
from careerlink.placements import signatories
from careerlink.placements.changes import HandOver
from careerlink.placements.signatories import Signatory
from credit.agreements import (
    asking,
    commenting,
    document,
    notifications,
    queries,
    signatures,
    surroundings,
)
from credit.agreements.commenting import Remark
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import Party
from credit.agreements.signatures import Signing
from credit.agreements.workflow import WORKFLOW, is_own
from credit.competencies import wordings

TAKEN_BACK = "Taken back by the student, to change it."
READ_AGAIN = "The plan was changed since you opened it. Read it again."
SIGNED_ALREADY = "{} has signed for the company. Return the plan if somebody else has to."
OTHER_SUPERVISOR = "{} supervises this project now. Sign again, and the plan goes to them."


def sign(
    session: Session,
    agreement: LearningAgreement,
    *,
    actor: Actor,
    said: Signing,
    secret: str,
) -> None:
    """The student signs the plan as it stands; whoever has not agreed to it yet is asked to."""
    commenting.settle(session, agreement, actor=actor)
    wordings.keep_for(session, agreement.objectives)
    text = document.text_of(agreement, surroundings.of(session, agreement.placement))
    digest = document.hash_of(text)
    earlier = signatures.with_this_text(session, agreement, digest)
    states.move(
        session,
        agreement,
        AgreementState.AWAITING_SUPERVISOR,
        WORKFLOW,
        actor=actor,
        detail={"document": digest},
        document_hash=digest,
        company_hash=document.part_hash(text, Party.SUPERVISOR),
        document=earlier.document if earlier else audit.erasable(session, text),
        returned_reason="",
    )
    signatures.add(session, agreement, Party.STUDENT, said, actor=actor)
    _go_on(session, agreement, actor=system(agreement.placement.institution_id))
    asking.ask_all(session, agreement, actor=actor, secret=secret)


def countersign(
    session: Session,
    agreement: LearningAgreement,
    *,
    actor: Actor,
    said: Signing,
    document_hash: str,
) -> None:
    """The supervisor, or whoever signs for the company, signs the text that the page showed.

    :raises ChangedMeanwhile: the student has changed the text since.
    """
    _require_waiting(agreement, actor)
    if not actor.supervises(agreement.placement_id):
        raise NotPermitted("Only the supervisor may do this.")
    if document_hash != agreement.document_hash:
        raise ChangedMeanwhile(READ_AGAIN)
    party = signatures.party_of(session, agreement, actor)
    _sign_for_company(session, agreement, party, said, actor=actor)


def record_paper(
    session: Session,
    agreement: LearningAgreement,
    party: Party,
    *,
    name: str,
    original: Attachment,
    actor: Actor,
) -> None:
    """Staff enter what the partner has signed on paper; the original is kept with it."""
    _require_waiting(agreement, actor)
    placement = agreement.placement
    if not actor.is_staff or actor.institution_id != placement.institution_id:
        raise NotPermitted("Only career staff record a signature on paper.")
    signer = asking.signer_of(session, placement, party)
    if party not in (Party.SUPERVISOR, Party.COMPANY) or signer is None:
        raise NotPossible("Nobody is on file who could have signed this.")
    said = Signing(name=name, paper=original, contact_id=signer.id)
    _sign_for_company(session, agreement, party, said, actor=actor)


def approve(
    session: Session,
    agreement: LearningAgreement,
    *,
    actor: Actor,
    document_hash: str,
    said: Signing | None = None,
) -> None:
    """The last signature: the plan is in force, and the work may start on its first day."""
    if document_hash != agreement.document_hash:
        raise ChangedMeanwhile(READ_AGAIN)
    said = said or Signing(name=actor.name_in(agreement.placement.course_id))
    signatures.require_disinterested(session, agreement, said, actor=actor)
    states.move(
        session,
        agreement,
        AgreementState.IN_FORCE,
        WORKFLOW,
        actor=actor,
        in_force_at=clock.now(),
    )
    signatures.add(session, agreement, Party.INSTRUCTOR, said, actor=actor)
    notifications.came_into_force(session, agreement, actor=actor)
    placement_operations.start_if_due(
        session, agreement.placement, actor=system(agreement.placement.institution_id)
    )


def return_to_student(
    session: Session,
    agreement: LearningAgreement,
    *,
    actor: Actor,
    reason: str,
    remarks: Sequence[Remark] = (),
) -> None:
    """Unlocked for the student; who had signed what stays in the history."""
    about = agreement.document_hash
    party = Party.INSTRUCTOR
    if actor.contact_id is not None:
        party = signatures.party_of(session, agreement, actor)
    _back_to_draft(session, agreement, actor=actor, reason=reason)
    commenting.add(
        session, agreement, remarks, party=party, document_hash=about or "", actor=actor
    )
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


def follow_hand_over(session: Session, handed_over: HandOver, _by: Actor) -> None:
    """A text that names the former supervisor waits for nobody: the student signs anew."""
    agreement = queries.latest(session, handed_over.placement, to_change=True)
    waiting = (AgreementState.AWAITING_SUPERVISOR, AgreementState.AWAITING_INSTRUCTOR)
    if agreement is None or agreement.state not in waiting:
        return
    by_itself = system(handed_over.placement.institution_id)
    reason = OTHER_SUPERVISOR.format(handed_over.begun.contact.name)
    _back_to_draft(session, agreement, actor=by_itself, reason=reason)
    notifications.returned(session, agreement, actor=by_itself)


def withdraw_signatory(
    session: Session, agreement: LearningAgreement, named: Signatory, *, actor: Actor
) -> None:
    """:raises NotPossible: they have signed this very text, and nobody takes that back."""
    waits = agreement.state == AgreementState.AWAITING_SUPERVISOR
    if waits and Party.COMPANY not in signatures.missing_of_company(session, agreement):
        raise NotPossible(SIGNED_ALREADY.format(named.name))
    signatories.withdraw(session, named, actor=actor)
    go_on_without(session, agreement)


def go_on_without(session: Session, agreement: LearningAgreement) -> None:
    """Nobody else signs for the company any more: what the supervisor signed may be enough."""
    _go_on(session, agreement, actor=system(agreement.placement.institution_id))


def _require_waiting(agreement: LearningAgreement, actor: Actor) -> None:
    require_open(actor, agreement)
    if agreement.state != AgreementState.AWAITING_SUPERVISOR:
        raise NotPossible("This plan does not wait for a signature of the company.")


def _sign_for_company(
    session: Session,
    agreement: LearningAgreement,
    party: Party,
    said: Signing,
    *,
    actor: Actor,
) -> None:
    signatures.add(session, agreement, party, said, actor=actor)
    if not _go_on(session, agreement, actor=actor):
        audit.record(
            session, "learning_agreement:join", agreement, actor=actor, party=party.value
        )


def _go_on(session: Session, agreement: LearningAgreement, *, actor: Actor) -> bool:
    """To the instructor, once everybody of the company has signed what binds them."""
    waits = agreement.state == AgreementState.AWAITING_SUPERVISOR
    if not waits or signatures.missing_of_company(session, agreement):
        return False
    states.move(session, agreement, AgreementState.AWAITING_INSTRUCTOR, WORKFLOW, actor=actor)
    return True


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
        company_hash=None,
        document=None,
    )
