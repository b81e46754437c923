"""As whom somebody takes part in a change, and whether somebody else signs for the company.

Whoever signed the version in force for the company signs its changes, too, wherever the
supervisor signs; they propose none.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import signatories
from careerlink.placements.models import Placement
from credit.agreements import amending_workflow, queries, versions
from credit.agreements.amendment_models import AgreementAmendment
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Party

READ_BY_COMPANY = (
    AgreementState.AWAITING_SUPERVISOR,
    AgreementState.AWAITING_INSTRUCTOR,
    AgreementState.IN_FORCE,
)


def signer_for_company(session: Session, placement: Placement) -> PartnerContact | None:
    """Verified, and another person than the supervisor."""
    named = signatories.current(session, placement.id)
    if named is None or named.contact is None:
        return None
    supervises = {contact.id for contact in queries.supervisors(session, placement.id)}
    return None if named.contact_id in supervises else named.contact


def party_of(session: Session, actor: Actor, placement: Placement) -> Party | None:
    party = amending_workflow.party_of(actor, placement)
    if party != Party.SUPERVISOR:
        return party
    signer = signer_for_company(session, placement)
    is_signer = signer is not None and signer.id == actor.contact_id
    return Party.COMPANY if is_signer else Party.SUPERVISOR


def may_propose(session: Session, actor: Actor, placement: Placement) -> bool:
    may = amending_workflow.may_propose(actor, placement)
    return may and party_of(session, actor, placement) != Party.COMPANY


def with_company(
    session: Session, base: LearningAgreement, signers: Sequence[Party]
) -> list[Party]:
    """What binds the supervisor anew binds whoever signed ``base`` for the company."""
    asked = set(signers)
    if Party.SUPERVISOR in asked and signer_for_company(session, base.placement) is not None:
        asked |= {Party.COMPANY} & versions.standing_signatures(session, base).keys()
    return [party for party in Party if party in asked]


def still_asked(
    session: Session, placement: Placement, amendment: AgreementAmendment
) -> set[Party]:
    """Whom it waits for; not for a company where nobody signs for it besides any more."""
    asked = {Party(one) for one in amendment.signers}
    if signer_for_company(session, placement) is None:
        asked.discard(Party.COMPANY)
    return asked


def reads(
    session: Session, placement: Placement, actor: Actor
) -> Callable[[LearningAgreement], bool]:
    """Which versions; whoever signs for the company reads what they sign and have signed."""
    if party_of(session, actor, placement) != Party.COMPANY:
        return lambda _agreement: True
    signed = _signed_by(session, placement, actor.contact_id)
    waiting = versions.get_waiting(session, placement)
    amendment = versions.amendment_of(session, waiting) if waiting is not None else None
    if amendment is not None and Party.COMPANY.value in amendment.signers:
        signed.add(amendment.agreement_id)
    return lambda agreement: agreement.id in signed or agreement.state in READ_BY_COMPANY


def _signed_by(session: Session, placement: Placement, contact_id: int | None) -> set[int]:
    query = (
        select(AgreementSignature.agreement_id)
        .join(LearningAgreement, LearningAgreement.id == AgreementSignature.agreement_id)
        .where(
            LearningAgreement.placement_id == placement.id,
            AgreementSignature.contact_id == contact_id,
        )
    )
    return set(session.scalars(query))
