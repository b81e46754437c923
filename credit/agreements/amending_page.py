"""What the pages of a change show: what is different, what that means, and who signs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit.agreements import (
    amending_effects,
    amending_parties,
    amending_signing,
    differences,
    signatures,
    versions,
)
from credit.agreements.amending_rules import KIND_WORDS
from credit.agreements.amending_workflow import may_propose
from credit.agreements.amendment_models import AgreementAmendment, ChangeKind
from credit.agreements.differences import Change, Piece
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.page import PARTY_WORDS
from credit.agreements.plan import plan_of
from credit.agreements.signature_models import Party
from credit.policy.parameters import Parameters

Address = Callable[..., str]
"""(page, **values): where a page of changes is, for who is looking."""

IN_A_LINE = {
    Party.STUDENT: "the student",
    Party.SUPERVISOR: "the supervisor",
    Party.COMPANY: "whoever signs for the company",
    Party.INSTRUCTOR: "the instructor",
}
READ_WHOLE = frozenset(
    {"starts_on", "ends_on", "planned_minutes", "deliverables", "check_ins", "midpoint",
     "final_evaluation"}
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    kind: str
    signers: str


@dataclass(frozen=True)
class SignatureLine:
    party: str
    is_asked: bool
    name: str = ""
    signed_at: datetime | None = None
    version: int | None = None
    """The earlier version that a signature nobody asked anew stands under."""


def rules(policy: Parameters) -> list[Rule]:
    """Who signs which change, before anybody begins one."""
    return [
        Rule(KIND_WORDS[kind], listed(policy.signers_of(kind.value))) for kind in ChangeKind
    ]


def values(
    session: Session, agreement: LearningAgreement, actor: Actor, address: Address
) -> dict[str, Any]:
    amendment = versions.amendment_of(session, agreement)
    base = session.get(LearningAgreement, agreement.amends_id)
    if amendment is None or base is None:
        return {}
    signed = {one.party for one in signatures.standing(session, agreement)}
    party = amending_parties.party_of(session, actor, agreement.placement)
    waits = agreement.state == AgreementState.AWAITING_SIGNATURES
    is_asked = waits and party is not None and party.value in amendment.signers
    return {
        "placement": agreement.placement,
        "agreement": agreement,
        "amendment": amendment,
        "base": base,
        "kinds": [KIND_WORDS[ChangeKind(kind)] for kind in amendment.kinds],
        "proposed_by": proposed_by(amendment),
        "changes": changes(base, agreement),
        "effects": amending_effects.effects(
            session, agreement.placement, plan_of(base), plan_of(agreement)
        ),
        "warnings": amending_effects.warnings(
            session,
            agreement.placement,
            plan_of(base),
            plan_of(agreement),
            amendment.ending,
        )
        if waits
        else [],
        "too_late": amending_effects.too_late(session, agreement, amendment) if waits else [],
        "signatures": signature_lines(session, agreement, amendment),
        "who": "Your move:" if is_asked and party not in signed else "",
        "move": _move(amendment, signed) if waits else "",
        "may_sign": is_asked and party not in signed,
        "may_refuse": is_asked,
        "may_withdraw": waits
        and may_propose(actor, agreement.placement)
        and (amending_signing.is_proposer(actor, amendment) or actor.is_staff),
        "is_contact": actor.contact_id is not None,
        "at": address,
    }


def signature_lines(
    session: Session, agreement: LearningAgreement, amendment: AgreementAmendment
) -> list[SignatureLine]:
    standing = versions.standing_signatures(session, agreement)
    lines = []
    for party in Party:
        is_asked = party.value in amendment.signers
        version, signature = standing.get(party, (None, None))
        if version is None or signature is None or (is_asked and version.id != agreement.id):
            if is_asked:
                lines.append(SignatureLine(PARTY_WORDS[party], is_asked))
            continue
        lines.append(
            SignatureLine(
                PARTY_WORDS[party],
                is_asked,
                signature.name.text or "Name erased",
                signature.signed_at,
                None if version.id == agreement.id else version.number,
            )
        )
    return lines


def changes(base: LearningAgreement, agreement: LearningAgreement) -> list[Change]:
    """Line by line; nothing where one of the texts was erased."""
    was, now = (one.document.text if one.document else None for one in (base, agreement))
    found = differences.between(was, now) if was and now else []
    return [_whole(change) if change.key in READ_WHOLE else change for change in found]


def _whole(change: Change) -> Change:
    """Half a date struck out is harder to read than two dates."""
    was = "".join(words for kind, words in change.pieces if kind != Piece.NEW)
    now = "".join(words for kind, words in change.pieces if kind != Piece.GONE)
    return replace(change, pieces=((Piece.GONE, was), (Piece.NEW, now)))


def proposed_by(amendment: AgreementAmendment) -> str:
    if amendment.person is not None:
        return amendment.person.label
    return amendment.contact.name if amendment.contact is not None else "CareerLink"


def _move(amendment: AgreementAmendment, signed: set[Party]) -> str:
    left = [one for one in amendment.signers if Party(one) not in signed]
    return f"signatures of {listed(left)}" if left else ""


def listed(parties: Sequence[str]) -> str:
    """Such as "the student and the instructor"."""
    words = [IN_A_LINE[Party(party)] for party in parties]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
