"""What those who sign an agreement say of ties between the student's side and the host."""

from sqlalchemy.orm import Session

from careerlink import audit
from credit.agreements.models import LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Conflict, Party
from tests.factories.evaluated import supervisor_of


def signatures(
    session: Session, agreement: LearningAgreement, *, declared: str = ""
) -> list[AgreementSignature]:
    """Of student and supervisor; the party named declared a tie, the other one none."""
    text = audit.erasable(session, "As typed")
    placement = agreement.placement
    return [
        AgreementSignature(
            agreement_id=agreement.id,
            party=party,
            person_id=placement.person_id if party == Party.STUDENT else None,
            contact_id=None if party == Party.STUDENT else supervisor_of(session, placement).id,
            name_id=text.id,
            method="lms" if party == Party.STUDENT else "link",
            document_hash="0" * 64,
            document_id=text.id,
            conflict=Conflict.DECLARED if party == declared else Conflict.NONE,
        )
        for party in (Party.STUDENT, Party.SUPERVISOR)
    ]
