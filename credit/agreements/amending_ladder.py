"""Who hears again of a change that waits for the company's signature.

Everybody is asked at once, by a mail of their own; these are the repeats. Students and
instructors have it among their next steps.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select, and_, case, exists, func, or_, select

from careerlink.placements.models import Supervision
from careerlink.placements.signatories import Signatory
from careerlink.reminders.ladders import Ladder, Rung, Whom, waiting
from credit import addresses
from credit.agreements.amendment_models import AgreementAmendment
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Party

READ = "Read the change and sign it"
SUBJECT = "A reminder: a change waits for your signature"


def _unsigned() -> Select[Any]:
    """The supervisor first, as long as they have not; then whoever else signs."""
    supervision = (
        select(func.max(Supervision.id))
        .where(
            Supervision.placement_id == LearningAgreement.placement_id,
            Supervision.ended_at.is_(None),
        )
        .correlate(LearningAgreement)
        .scalar_subquery()
    )
    supervisor, company = _is_missing(Party.SUPERVISOR), _is_missing(Party.COMPANY)
    return (
        select(
            *waiting(
                subject_id=LearningAgreement.id,
                placement_id=LearningAgreement.placement_id,
                anchor=LearningAgreement.state_since,
                contact_id=case(
                    (supervisor, Supervision.contact_id), else_=Signatory.contact_id
                ),
                begun=Supervision.began_at,
            )
        )
        .join(AgreementAmendment, AgreementAmendment.agreement_id == LearningAgreement.id)
        .join(Supervision, Supervision.id == supervision)
        .outerjoin(
            Signatory,
            and_(
                Signatory.placement_id == LearningAgreement.placement_id,
                Signatory.ended_at.is_(None),
            ),
        )
        .where(
            LearningAgreement.state == AgreementState.AWAITING_SIGNATURES,
            or_(supervisor, and_(company, Signatory.contact_id.is_not(None))),
        )
    )


def _is_missing(party: Party) -> sa.ColumnElement[bool]:
    """Asked, and not signed yet; a change is never written anew, so any signature holds."""
    has_signed = exists().where(
        AgreementSignature.agreement_id == LearningAgreement.id,
        AgreementSignature.party == party,
    )
    asked = sa.cast(AgreementAmendment.signers, sa.Text).contains(f'"{party.value}"')
    return and_(asked, ~has_signed)


LADDER = Ladder(
    key="amendment",
    title="Company’s signature under a change",
    anchored_at="the day that the change was proposed",
    open_subjects=_unsigned,
    path=addresses.of_everybody("agreement"),
    each_wait_is_new=True,
    asks_former=True,
    rungs=(
        Rung(
            "remind",
            5,
            Whom.SUPERVISOR,
            title="A change to the plan for “{project}” waits for your signature",
            text="Until it is signed, the plan stays as it is. You can also say why not.",
            action=READ,
            subject=SUBJECT,
        ),
        Rung(
            "again",
            10,
            Whom.SUPERVISOR,
            title="The change to “{project}” still waits for your signature",
            text="A few minutes: what is different is on one page. Sign it, or refuse it with "
            "a line.",
            action=READ,
            subject=SUBJECT,
        ),
    ),
)
