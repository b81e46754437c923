"""All versions of a plan: which one holds, which waits, and every signature ever given."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.errors import NotFound
from careerlink.placements.models import Placement
from credit.agreements import signatures
from credit.agreements.amendment_models import AgreementAmendment
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.queries import WHOLE
from credit.agreements.signature_models import AgreementSignature, Party


def of_placement(session: Session, placement: Placement) -> Sequence[LearningAgreement]:
    """Newest first, for a placement that the caller may see."""
    return session.scalars(
        select(LearningAgreement)
        .where(LearningAgreement.placement_id == placement.id)
        .options(joinedload(LearningAgreement.document))
        .order_by(LearningAgreement.number.desc())
    ).all()


def get(session: Session, placement: Placement, public_id: str) -> LearningAgreement:
    """One version; the caller may see the placement.

    :raises NotFound: not there, or of another placement.
    """
    found = session.scalar(
        select(LearningAgreement)
        .where(
            LearningAgreement.placement_id == placement.id,
            LearningAgreement.public_id == public_id,
        )
        .options(joinedload(LearningAgreement.document), *WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def get_waiting(
    session: Session, placement: Placement, *, to_change: bool = False
) -> LearningAgreement | None:
    """The change that waits for signatures; there is one at most."""
    return _only(session, placement, AgreementState.AWAITING_SIGNATURES, to_change=to_change)


def get_in_force(
    session: Session, placement: Placement, *, to_change: bool = False
) -> LearningAgreement | None:
    return _only(session, placement, AgreementState.IN_FORCE, to_change=to_change)


def _only(
    session: Session, placement: Placement, state: AgreementState, *, to_change: bool
) -> LearningAgreement | None:
    query = (
        select(LearningAgreement)
        .where(
            LearningAgreement.placement_id == placement.id,
            LearningAgreement.state == state,
        )
        .options(*WHOLE)
    )
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def amendment_of(session: Session, agreement: LearningAgreement) -> AgreementAmendment | None:
    return session.scalar(
        select(AgreementAmendment)
        .where(AgreementAmendment.agreement_id == agreement.id)
        .options(joinedload(AgreementAmendment.person), joinedload(AgreementAmendment.contact))
    )


def standing_signatures(
    session: Session, agreement: LearningAgreement
) -> dict[Party, tuple[LearningAgreement, AgreementSignature]]:
    """By party: the signature that binds it, under this text or, where a change did not ask
    it again, under the newest earlier version that it signed."""
    found: dict[Party, tuple[LearningAgreement, AgreementSignature]] = {}
    version: LearningAgreement | None = agreement
    while version is not None:
        for signature in signatures.standing(session, version):
            found.setdefault(signature.party, (version, signature))
        version = (
            session.get(LearningAgreement, version.amends_id) if version.amends_id else None
        )
    return found
