"""Which text a reader has seen, so that the next one shows them only what changed."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.web import services
from credit.agreements import differences
from credit.agreements.comment_models import AgreementLook
from credit.agreements.differences import Change
from credit.agreements.models import LearningAgreement


def note(agreement: LearningAgreement, *, actor: Actor) -> None:
    """In a short unit of its own: a page that is only read has none."""
    with services().database.write() as session:
        remember(session, agreement, actor=actor)


def remember(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    """The first sight of a text; looking again leaves what there is."""
    if agreement.document_hash is None or agreement.document_id is None:
        return
    if _seen(session, agreement, actor, agreement.document_hash):
        return
    session.add(
        AgreementLook(
            agreement_id=agreement.id,
            person_id=None if actor.contact_id is not None else actor.person_id,
            contact_id=actor.contact_id,
            document_hash=agreement.document_hash,
            document_id=agreement.document_id,
            seen_at=clock.now(),
        )
    )


def changes_for(
    session: Session, agreement: LearningAgreement, *, actor: Actor
) -> list[Change] | None:
    """Since the text that this reader had before them last; ``None`` for a first reader."""
    text = agreement.document.text if agreement.document is not None else None
    if text is None:
        return None
    last = session.scalar(
        select(AgreementLook)
        .where(
            AgreementLook.agreement_id == agreement.id,
            _by(actor),
            AgreementLook.document_hash != agreement.document_hash,
        )
        .options(joinedload(AgreementLook.document))
        .order_by(AgreementLook.id.desc())
        .limit(1)
    )
    if last is None or last.document.text is None:
        return None
    return differences.between(last.document.text, text)


def _seen(session: Session, agreement: LearningAgreement, actor: Actor, digest: str) -> bool:
    return (
        session.scalar(
            select(AgreementLook.id).where(
                AgreementLook.agreement_id == agreement.id,
                _by(actor),
                AgreementLook.document_hash == digest,
            )
        )
        is not None
    )


def _by(actor: Actor) -> ColumnElement[bool]:
    if actor.contact_id is not None:
        return AgreementLook.contact_id == actor.contact_id
    return AgreementLook.person_id == actor.person_id
