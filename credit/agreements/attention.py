"""What about plans is stuck: signatures that do not come, signers whom nobody has verified."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement
from careerlink.placements.signatories import Signatory
from careerlink.registry import Waiting
from credit import addresses
from credit.agreements import queries
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.notifications import REMIND_AFTER
from credit.agreements.signature_models import AgreementSignature, Conflict, Party

MOST = 50


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Plans that nobody has answered for some days."""
    groups = {
        AgreementState.AWAITING_SUPERVISOR: "Partners and supervisors",
        AgreementState.AWAITING_INSTRUCTOR: "Instructors",
    }
    since = clock.now() - REMIND_AFTER
    late = session.scalars(
        queries.visible_to(actor)
        .where(LearningAgreement.state.in_(groups), LearningAgreement.state_since < since)
        .options(
            joinedload(LearningAgreement.placement).joinedload(Placement.person),
            joinedload(LearningAgreement.placement).joinedload(Placement.course),
        )
        .order_by(LearningAgreement.state_since)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group=groups[agreement.state],
            title=f"Agreement of {agreement.placement.person.label}",
            text=f"“{agreement.placement.title}”",
            since=agreement.state_since,
            url=addresses.of(agreement.placement, "agreement"),
            action="Open agreement",
            why="Agreements that wait for a signature longer than five days are listed here.",
            is_late=True,
        )
        for agreement in late
    ]


def signers_to_verify(session: Session, actor: Actor) -> list[Waiting]:
    ids = placements.visible_to(actor).with_only_columns(Placement.id)
    rows = session.scalars(
        select(Signatory)
        .where(
            Signatory.placement_id.in_(ids),
            Signatory.ended_at.is_(None),
            Signatory.contact_id.is_(None),
        )
        .options(joinedload(Signatory.placement).joinedload(Placement.partner))
        .order_by(Signatory.named_at)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Yours",
            title=f"Verify who signs for {row.placement.partner.name}",
            text=f"{row.name} for “{row.placement.title}”",
            since=row.named_at,
            url=f"/office/placements/{row.placement.public_id}/signing",
            action="Verify address",
            why="The supervisor named somebody else to sign. No link goes there before you "
            "have verified the address.",
        )
        for row in rows
    ]


def ties(session: Session, actor: Actor) -> list[Waiting]:
    """Declared while the plan is not decided yet: the office may want to look at it."""
    ids = placements.visible_to(actor).with_only_columns(Placement.id)
    rows = session.scalars(
        select(LearningAgreement)
        .join(
            AgreementSignature,
            (AgreementSignature.agreement_id == LearningAgreement.id)
            & or_(
                AgreementSignature.document_hash == LearningAgreement.document_hash,
                (AgreementSignature.party.in_([Party.SUPERVISOR, Party.COMPANY]))
                & (AgreementSignature.part_hash == LearningAgreement.company_hash),
            ),
        )
        .where(
            LearningAgreement.placement_id.in_(ids),
            LearningAgreement.state.in_(
                [AgreementState.AWAITING_SUPERVISOR, AgreementState.AWAITING_INSTRUCTOR]
            ),
            AgreementSignature.conflict == Conflict.DECLARED,
        )
        .options(
            joinedload(LearningAgreement.placement).joinedload(Placement.person),
            joinedload(LearningAgreement.placement).joinedload(Placement.course),
        )
        .order_by(LearningAgreement.id)
        .distinct()
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Yours",
            title=f"A tie is declared in the agreement of {row.placement.person.label}",
            text=f"“{row.placement.title}”",
            since=row.state_since,
            url=addresses.of(row.placement, "agreement"),
            action="Read the tie",
            why="Somebody who signed has said that student and partner are tied. The "
            "instructor sees it before the decision.",
        )
        for row in rows
    ]
