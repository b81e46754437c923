"""Signing a change to an agreement, refusing it, taking it back. The last signature counts."""

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses.conclusion import require_open
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor, system
from credit.agreements import (
    amending_effects,
    amending_notifications,
    amending_parties,
    signatures,
    versions,
)
from credit.agreements.amending_workflow import WORKFLOW
from credit.agreements.amendment_models import AgreementAmendment
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import Party
from credit.agreements.signatures import Signing


def sign(
    session: Session,
    agreement: LearningAgreement,
    *,
    actor: Actor,
    signed_name: str,
    document_hash: str,
) -> None:
    """One signature; the last one puts the change in force. A second press changes nothing.

    :raises ChangedMeanwhile: the page showed another text.
    :raises NotPossible: it does not wait any more, or what it says cannot be any more.
    """
    require_open(actor, agreement)
    amendment = _waiting(session, agreement)
    party = amending_parties.party_of(session, actor, agreement.placement)
    if party is None or party.value not in amendment.signers:
        raise NotPermitted("Your signature is not asked for on this change.")
    if document_hash != agreement.document_hash:
        raise ChangedMeanwhile(
            "The change was written anew since you opened it. Read it again."
        )
    if party in _signed(session, agreement):
        return
    if not signed_name.strip():
        raise InvalidInput("Type your name to sign.", field="signed_name")
    if late := amending_effects.too_late(session, agreement, amendment):
        raise NotPossible("This change cannot come into force any more.", late)
    _add_signature(session, agreement, party, actor=actor, name=signed_name)
    go_on(session, agreement, actor=actor)


def go_on(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    """In force, once everybody who is still asked has signed."""
    amendment = versions.amendment_of(session, agreement)
    if amendment is None or agreement.state != AgreementState.AWAITING_SIGNATURES:
        return
    asked = amending_parties.still_asked(session, agreement.placement, amendment)
    is_late = amending_effects.too_late(session, agreement, amendment)
    if _signed(session, agreement) >= asked and not is_late:
        _put_in_force(session, agreement, amendment, actor=actor)


def refuse(
    session: Session, agreement: LearningAgreement, *, actor: Actor, reason: str
) -> None:
    """Whoever has to sign says no; the version in force stays as it is."""
    amendment = _waiting(session, agreement)
    party = amending_parties.party_of(session, actor, agreement.placement)
    if party is not None and party.value not in amendment.signers:
        raise NotPermitted("Your signature is not asked for on this change.")
    _end(session, agreement, AgreementState.REFUSED, actor=actor, reason=reason)


def withdraw(
    session: Session, agreement: LearningAgreement, *, actor: Actor, reason: str
) -> None:
    """By whoever proposed it, by career staff, or by the system when it makes no sense now."""
    amendment = _waiting(session, agreement)
    if not (is_proposer(actor, amendment) or actor.is_staff or actor.is_system):
        raise NotPermitted("Whoever proposed the change withdraws it, or career staff.")
    _end(session, agreement, AgreementState.WITHDRAWN, actor=actor, reason=reason)


def is_proposer(actor: Actor, amendment: AgreementAmendment) -> bool:
    if actor.contact_id is not None:
        return actor.contact_id == amendment.contact_id
    return actor.person_id is not None and actor.person_id == amendment.person_id


def _end(
    session: Session,
    agreement: LearningAgreement,
    to: AgreementState,
    *,
    actor: Actor,
    reason: str,
) -> None:
    states.move(
        session,
        agreement,
        to,
        WORKFLOW,
        actor=actor,
        reason=reason,
        returned_reason=reason.strip(),
    )
    amending_notifications.came_to_nothing(session, agreement, actor=actor)


def _put_in_force(
    session: Session,
    agreement: LearningAgreement,
    amendment: AgreementAmendment,
    *,
    actor: Actor,
) -> None:
    by = system(agreement.placement.institution_id)
    base = session.get_one(
        LearningAgreement, agreement.amends_id, with_for_update=True, populate_existing=True
    )
    states.move(session, base, AgreementState.REPLACED, WORKFLOW, actor=by)
    states.move(
        session, agreement, AgreementState.IN_FORCE, WORKFLOW, actor=by, in_force_at=clock.now()
    )
    amending_effects.carry_out(session, agreement, amendment, actor=by)
    amending_notifications.came_into_force(session, agreement, amendment, actor=actor)


def _waiting(session: Session, agreement: LearningAgreement) -> AgreementAmendment:
    amendment = versions.amendment_of(session, agreement)
    if amendment is None or agreement.state != AgreementState.AWAITING_SIGNATURES:
        raise NotPossible("This change does not wait for signatures any more.")
    return amendment


def _signed(session: Session, agreement: LearningAgreement) -> set[Party]:
    return {one.party for one in signatures.standing(session, agreement)}


def _add_signature(
    session: Session, agreement: LearningAgreement, party: Party, *, actor: Actor, name: str
) -> None:
    signatures.add(session, agreement, party, Signing(name=name), actor=actor)
    audit.record(
        session,
        "learning_agreement:sign_change",
        agreement,
        actor=actor,
        party=party.value,
        document=agreement.document_hash,
    )
