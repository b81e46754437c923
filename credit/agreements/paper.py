"""A version of an agreement on paper: the text that was signed, and every signature under it.

Made from stored rows alone, so that the file is the same whenever and wherever it is made.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from careerlink.documents.content import (
    Block,
    Document,
    Facts,
    Fingerprint,
    Heading,
    Notice,
    Paragraph,
    Tone,
)
from careerlink.documents.moments import written_out
from credit.agreements import amending_text, document, sheet, surroundings, versions
from credit.agreements.amending_page import listed
from credit.agreements.amending_rules import KIND_WORDS
from credit.agreements.amendment_models import ChangeKind
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.page import PARTY_WORDS
from credit.agreements.signature_models import AgreementSignature

ERASED = "The text was erased. Its fingerprint stays, and so do the signatures' times."
STATES = {
    AgreementState.DRAFT: "Draft, not signed",
    AgreementState.AWAITING_SUPERVISOR: "Not in force: the supervisor has not signed",
    AgreementState.AWAITING_INSTRUCTOR: "Not in force: the instructor has not signed",
    AgreementState.AWAITING_SIGNATURES: "Not in force: signatures are missing",
    AgreementState.REFUSED: "Refused, never in force",
    AgreementState.WITHDRAWN: "Withdrawn, never in force",
}
WAYS = {
    "lms": "signed in through the university’s learning platform",
    "link": "through a personal link, mailed to the address on file",
    "paper": "on paper, recorded by the career office",
}


def of(session: Session, agreement: LearningAgreement) -> Document:
    text = _text(session, agreement)
    project, partner, university = _names(agreement, text)
    return Document(
        title=f"Learning agreement, version {agreement.number}",
        lead=f"{project}\n{partner}",
        institution=university,
        dated=agreement.in_force_at or agreement.state_since,
        footer=f"{project}, version {agreement.number}",
        blocks=[
            *_standing(agreement),
            *_change(text),
            *(_said(text) if text else [Paragraph(ERASED)]),
            *_signed(session, agreement),
        ],
    )


def file_name(agreement: LearningAgreement) -> str:
    return f"learning-agreement-version-{agreement.number}.pdf"


def _text(session: Session, agreement: LearningAgreement) -> str | None:
    if agreement.document is not None:
        return agreement.document.text
    return document.text_of(agreement, surroundings.of(session, agreement.placement))


def _names(agreement: LearningAgreement, text: str | None) -> tuple[str, str, str]:
    """As they were signed: a partner who takes another name later changes no old version."""
    placement = agreement.placement
    said = document.read(text) if text else {}
    return (
        said.get("project", placement.title),
        said.get("partner", placement.partner.name),
        said.get("university", placement.institution.name),
    )


def _standing(agreement: LearningAgreement) -> Iterator[Block]:
    zone = agreement.placement.institution.time_zone
    if agreement.state in STATES:
        yield Notice(STATES[agreement.state], tone=Tone.WARNING)
    elif agreement.in_force_at is not None:
        yield Notice(f"In force since {written_out(agreement.in_force_at, zone)}")
    if agreement.state == AgreementState.REPLACED:
        replaced = written_out(agreement.state_since, zone)
        yield Notice(f"Replaced by a newer version on {replaced}", tone=Tone.WARNING)


def _change(text: str | None) -> Iterator[Block]:
    said = amending_text.said_of(text) if text else None
    if said is None:
        return
    yield Heading("What this version changes")
    yield Facts(
        [
            ("Changes version", str(said["amends_version"])),
            ("Kind", ", ".join(KIND_WORDS[ChangeKind(kind)] for kind in said["changes"])),
            ("Why", said["reason"]),
            ("To be signed by", listed(said["signed_by"])),
        ]
    )


def _said(text: str) -> Iterator[Block]:
    for part in sheet.parts(text):
        yield Heading(part.title)
        yield Facts([(line.label, line.text) for line in part.lines])


def _signed(session: Session, agreement: LearningAgreement) -> Iterator[Block]:
    yield Heading("Signatures")
    standing = versions.standing_signatures(session, agreement)
    if not standing:
        yield Notice("Not signed", "Nobody has signed this version.", Tone.WARNING)
    for party, (version, signature) in standing.items():
        yield Heading(f"{PARTY_WORDS[party]}: {_name(signature)}", level=2)
        yield Facts(_signature(agreement, version, signature))
    if agreement.document_hash:
        yield Heading("Fingerprint of this text", level=2)
        yield Paragraph(
            "Each signature names the exact text by its SHA-256. A text that differs in one "
            "letter has another one.",
            is_muted=True,
        )
        yield Fingerprint("SHA-256", agreement.document_hash)


def _signature(
    agreement: LearningAgreement, version: LearningAgreement, signature: AgreementSignature
) -> list[tuple[str, str]]:
    zone = agreement.placement.institution.time_zone
    rows = [
        ("Signed", written_out(signature.signed_at, zone)),
        ("How", WAYS.get(signature.method, signature.method)),
        ("Text signed", signature.document_hash),
    ]
    if version.id != agreement.id:
        rows.append(("Version", f"{version.number}; this change did not ask for it again"))
    return rows


def _name(signature: AgreementSignature) -> str:
    return signature.name.text or "name erased"
