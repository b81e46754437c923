"""Whose signature a text has, whose it still needs, and how one is added."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.placements import planning, signatories
from credit.agreements import document
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Conflict, Party

OWN_TIE = (
    "You have declared a tie to this partner, so somebody else has to approve the plan: "
    "another instructor of this course, or an approver whom the career office names."
)
OWN_RECORD = "You put a signature on paper on record here, so another instructor approves."


@dataclass(frozen=True)
class Signing:
    """What a person says when they sign, besides that they do."""

    name: str
    """As typed."""
    conflict: Conflict | None = None
    conflict_note: str = ""
    paper: Attachment | None = None
    """The original of what was signed elsewhere; the actor has only recorded it."""
    contact_id: int | None = None
    """Who signed on that paper."""


def standing(session: Session, agreement: LearningAgreement) -> Sequence[AgreementSignature]:
    """Those that hold for the text as it is, the latest of each party."""
    by_party = {row.party: row for row in _holding(session, agreement)}
    return sorted(by_party.values(), key=lambda row: row.id)


def _holding(session: Session, agreement: LearningAgreement) -> list[AgreementSignature]:
    """A party's signature holds as long as what binds this party has stayed word for word."""
    text = agreement.document.text if agreement.document is not None else None
    if agreement.document_hash is None:
        return []
    hashes = {party: document.part_hash(text, party) for party in Party} if text else {}
    rows = session.scalars(
        select(AgreementSignature)
        .where(
            AgreementSignature.agreement_id == agreement.id,
            or_(
                AgreementSignature.document_hash == agreement.document_hash,
                AgreementSignature.part_hash.in_(list(hashes.values())),
            ),
        )
        .options(
            joinedload(AgreementSignature.name), joinedload(AgreementSignature.conflict_note)
        )
        .order_by(AgreementSignature.id)
    )
    return [
        row
        for row in rows
        if row.document_hash == agreement.document_hash
        or row.part_hash == hashes.get(row.party)
    ]


def missing_of_company(session: Session, agreement: LearningAgreement) -> list[Party]:
    """The supervisor, and whoever else signs for the partner, as far as they have not."""
    found = _holding(session, agreement)
    supervise = planning.current_supervisions(session, agreement.placement)
    missing = []
    if not _has_signed(found, Party.SUPERVISOR, {one.contact_id for one in supervise}):
        missing.append(Party.SUPERVISOR)
    named = signatories.current(session, agreement.placement_id)
    if named is not None and not _has_signed(found, Party.COMPANY, {named.contact_id}):
        missing.append(Party.COMPANY)
    return missing


def _has_signed(
    found: Sequence[AgreementSignature], party: Party, contacts: Collection[int | None]
) -> bool:
    """By one of these very people: who was there before signed for themselves alone."""
    return any(
        row.party == party and row.contact_id is not None and row.contact_id in contacts
        for row in found
    )


def require_disinterested(
    session: Session, agreement: LearningAgreement, said: Signing, *, actor: Actor
) -> None:
    """Of whoever approves.

    :raises NotPossible: they have a tie to the partner.
    :raises NotPermitted: they themselves put somebody's signature on paper on record.
    """
    if said.conflict == Conflict.DECLARED:
        raise NotPossible(OWN_TIE)
    if any(row.recorded_by_id == actor.person_id for row in standing(session, agreement)):
        raise NotPermitted(OWN_RECORD)


def party_of(session: Session, agreement: LearningAgreement, actor: Actor) -> Party:
    """As whom somebody signs who came by a link."""
    if signatories.signs(session, agreement.placement_id, actor.contact_id or 0):
        return Party.COMPANY
    return Party.SUPERVISOR


def all_have_signed(session: Session, agreement: LearningAgreement) -> list[str]:
    """Guard of ``approve``: every signature before it holds for the very text."""
    parties = {row.party for row in standing(session, agreement)}
    lacking = [Party.STUDENT] if Party.STUDENT not in parties else []
    words = {
        Party.STUDENT: "The student has not signed this text.",
        Party.SUPERVISOR: "The supervisor has not signed this text.",
        Party.COMPANY: "Whoever signs for the company has not signed this text.",
    }
    return [words[party] for party in lacking + missing_of_company(session, agreement)]


def add(
    session: Session,
    agreement: LearningAgreement,
    party: Party,
    said: Signing,
    *,
    actor: Actor,
) -> None:
    """Once for a text and a party; a second press adds nothing."""
    if not said.name.strip():
        raise InvalidInput("Type your name to sign.", field="signed_name")
    if said.conflict == Conflict.DECLARED and not said.conflict_note.strip():
        raise InvalidInput("Say what the tie is.", field="conflict_note")
    text = agreement.document.text if agreement.document is not None else None
    if text is None or not _lacks(session, agreement, party):
        return
    is_paper = said.paper is not None
    note = said.conflict_note.strip() if said.conflict == Conflict.DECLARED else ""
    signature = AgreementSignature(
        agreement_id=agreement.id,
        party=party,
        person_id=None if is_paper else actor.person_id,
        contact_id=said.contact_id if is_paper else actor.contact_id,
        name_id=audit.erasable(session, said.name.strip()).id,
        method="paper" if is_paper else "link" if actor.contact_id is not None else "lms",
        document_hash=agreement.document_hash,
        part_hash=document.part_hash(text, party),
        document_id=agreement.document_id,
        conflict=said.conflict,
        conflict_note_id=audit.erasable(session, note).id if note else None,
        attachment_id=said.paper.id if said.paper is not None else None,
        recorded_by_id=actor.person_id if is_paper else None,
        signed_at=clock.now(),
    )
    session.add(signature)
    session.flush()


def _lacks(session: Session, agreement: LearningAgreement, party: Party) -> bool:
    if party in (Party.SUPERVISOR, Party.COMPANY):
        return party in missing_of_company(session, agreement)
    return all(row.party != party for row in _holding(session, agreement))


def with_this_text(
    session: Session, agreement: LearningAgreement, digest: str
) -> AgreementSignature | None:
    """Any signature under exactly this text, so that equal texts are kept once."""
    return session.scalar(
        select(AgreementSignature)
        .where(
            AgreementSignature.agreement_id == agreement.id,
            AgreementSignature.document_hash == digest,
        )
        .limit(1)
    )


def ties(session: Session, agreement: LearningAgreement) -> list[AgreementSignature]:
    """Signers who declared a tie between the student's side and the partner's."""
    if agreement.state == AgreementState.DRAFT:
        return []
    return [row for row in standing(session, agreement) if row.conflict == Conflict.DECLARED]
