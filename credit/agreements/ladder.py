"""Who hears again of a plan that waits for the company's signature.

Whoever signs asks the next one at once, by a mail of its own; these are the repeats.
"""

from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from careerlink.partners.models import PartnerContact
from careerlink.placements.models import Supervision
from careerlink.placements.signatories import Signatory
from careerlink.reminders.ladders import Ladder, Rung, Whom, waiting
from credit import addresses
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Party

SIGN = "Read and sign the plan"
SUBJECT = "A reminder: a plan waits for your signature"


def _unsigned() -> Select[Any]:
    """The supervisor first; once they have signed, whoever else signs for the partner."""
    supervision = (
        select(func.max(Supervision.id))
        .where(
            Supervision.placement_id == LearningAgreement.placement_id,
            Supervision.ended_at.is_(None),
        )
        .correlate(LearningAgreement)
        .scalar_subquery()
    )
    has_signed = exists().where(
        AgreementSignature.agreement_id == LearningAgreement.id,
        AgreementSignature.party == Party.SUPERVISOR,
        AgreementSignature.contact_id.in_(
            select(Supervision.contact_id).where(
                Supervision.placement_id == LearningAgreement.placement_id,
                Supervision.ended_at.is_(None),
            )
        ),
        or_(
            AgreementSignature.document_hash == LearningAgreement.document_hash,
            AgreementSignature.part_hash == LearningAgreement.company_hash,
        ),
    )
    signer = aliased(PartnerContact)
    return (
        select(
            *waiting(
                subject_id=LearningAgreement.id,
                placement_id=LearningAgreement.placement_id,
                anchor=LearningAgreement.state_since,
                contact_id=case((has_signed, signer.id), else_=Supervision.contact_id),
                begun=case((has_signed, signer.verified_at), else_=Supervision.began_at),
            )
        )
        .join(
            Supervision,
            and_(
                Supervision.placement_id == LearningAgreement.placement_id,
                Supervision.id == supervision,
            ),
        )
        .outerjoin(
            Signatory,
            and_(
                Signatory.placement_id == LearningAgreement.placement_id,
                Signatory.ended_at.is_(None),
            ),
        )
        .outerjoin(signer, signer.id == Signatory.contact_id)
        .where(
            LearningAgreement.state == AgreementState.AWAITING_SUPERVISOR,
            # Until the office has verified who else signs, it is the office's move.
            or_(~has_signed, signer.id.is_not(None)),
        )
    )


LADDER = Ladder(
    key="agreement",
    title="Company’s signature",
    anchored_at="the day that the plan was sent to be signed",
    open_subjects=_unsigned,
    path=addresses.of_everybody("agreement"),
    each_wait_is_new=True,
    asks_former=True,
    rungs=(
        Rung(
            "remind",
            5,
            Whom.SUPERVISOR,
            title="The plan for “{project}” waits for your signature",
            text="{first_name} can begin once it is signed. You can also ask a question or "
            "send it back with comments.",
            action=SIGN,
            subject=SUBJECT,
        ),
        Rung(
            "may_nudge",
            7,
            Whom.STUDENT,
            title="The plan for “{project}” is not signed yet",
            text="{contact} has been reminded. You may send another reminder with one button.",
            action="Open my agreement",
        ),
        Rung(
            "again",
            10,
            Whom.SUPERVISOR,
            title="{first_name} cannot begin “{project}” without your signature",
            text="Somebody else has to sign for the company? Say so behind the link, and they "
            "get one of their own.",
            action=SIGN,
            subject=SUBJECT,
        ),
    ),
    nudge=Rung(
        "nudge",
        0,
        Whom.SUPERVISOR,
        title="{first_name} asks you to sign the plan for “{project}”",
        text="It takes a few minutes: objectives, hours and dates on one page.",
        action=SIGN,
        subject=SUBJECT,
    ),
)
