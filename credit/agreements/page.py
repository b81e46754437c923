"""What the pages of an agreement show besides its text: whose move it is, who has signed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careerlink import states
from careerlink.people.actors import Actor
from careerlink.placements import signatories
from careerlink.placements.models import Placement
from careerlink.reminders import standing as reminding
from careerlink.web import templating
from credit import addresses
from credit.agreements import (
    asking,
    commenting,
    document,
    fields,
    ladder,
    looks,
    queries,
    sheet,
    signatures,
    surroundings,
    version_list,
    versions,
)
from credit.agreements.comment_models import CommentState
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Party
from credit.agreements.workflow import WORKFLOW, incomplete, is_student_of

DECIDED = {
    "approve": "Approved. The agreement is in force, and the student has a mail.",
    "return": "Returned. The student has a mail and can change the plan.",
    "refuse": "Refused. The student has a mail with a link to your reason.",
}
PARTY_WORDS = {
    Party.STUDENT: "Student",
    Party.SUPERVISOR: "Supervisor",
    Party.COMPANY: "For the company",
    Party.INSTRUCTOR: "Instructor",
}
WAYS = {"link": "by link", "lms": "signed in", "paper": "on paper, recorded by the office"}
MOVES = {
    AgreementState.DRAFT: ("The student:", "finish the plan and sign it"),
    AgreementState.AWAITING_SUPERVISOR: ("The supervisor:", "read the plan and sign it"),
    AgreementState.AWAITING_INSTRUCTOR: ("The instructor:", "approve the plan or return it"),
}
SEE_COMMENTS = "See the comments at the fields."
OFFICE_VERIFIES = ("The career office:", "verify who signs for the company")
COMPANY_SIGNS = ("Whoever signs for the company:", "read the plan and sign it")


@dataclass(frozen=True)
class Signer:
    party: str
    name: str
    signed_at: datetime | None
    way: str = ""
    is_earlier: bool = False
    """Signed an earlier text, whose part for this signer has not changed since."""
    tie: str = ""
    """What they declared as a tie to the other side."""


def values(
    session: Session, placement: Placement, agreement: LearningAgreement | None, actor: Actor
) -> dict[str, Any]:
    contacts = asking.signers(session, agreement) if agreement is not None else []
    reminders = (
        reminding.of_subject(session, ladder.LADDER.key, agreement.id)
        if agreement is not None and contacts
        else None
    )
    hidden = hides_draft(agreement, actor, placement)
    who, move = move_of(session, agreement, actor, placement)
    return {
        "placement": placement,
        "agreement": agreement,
        "placement_url": addresses.of(placement),
        "consent_url": addresses.of(placement, "consent"),
        "first_name": addresses.first_name(placement),
        "agreement_versions": version_list.of(session, placement, actor),
        "parts": [] if hidden else plan_parts(session, agreement),
        "signers": signers(session, agreement, actor) if agreement is not None else [],
        "sent_back": queries.sent_back(session, agreement) if agreement is not None else [],
        "comments": _comments(session, agreement, actor, hidden=hidden),
        "changes": _changes(session, agreement, actor),
        "commentable": [field.key for field in fields.FIELDS],
        "takes_proposal": [field.key for field in fields.FIELDS if field.takes_proposal],
        "who": who,
        "move": move,
        "missing": missing(session, placement, agreement),
        "hides_draft": hidden,
        "moves": {edge.verb for _, edge in states.available(agreement, WORKFLOW, actor)}
        if agreement is not None
        else set(),
        "is_student": is_student_of(actor, placement),
        "why_not_decide": actor.why_not_decide(placement.course_id)
        if actor.may_look(placement.course_id)
        else "",
        "reminders": reminders,
        "may_remind": bool(contacts) and _may_remind(agreement, actor, placement),
        "signatory": signatories.current(session, placement.id),
        "may_record_paper": actor.is_staff
        and agreement is not None
        and agreement.state == AgreementState.AWAITING_SUPERVISOR,
    }


def plan_parts(session: Session, agreement: LearningAgreement | None) -> list[sheet.Part]:
    """The signed text where there is one: what is read is what was signed."""
    if agreement is None:
        return []
    signed = agreement.document.text if agreement.document is not None else None
    around = None if signed else surroundings.of(session, agreement.placement)
    return sheet.parts(signed or document.text_of(agreement, around or surroundings.NOTHING))


def signers(session: Session, agreement: LearningAgreement, actor: Actor) -> list[Signer]:
    """One line a party, signed or not, in the order of signing.

    Ties are declared to the instructor and the office; the other side does not read them.
    """
    waits = agreement.state == AgreementState.AWAITING_SUPERVISOR
    lacking = signatures.missing_of_company(session, agreement) if waits else []
    standing = versions.standing_signatures(session, agreement)
    by_party = {
        party: signature for party, (_, signature) in standing.items() if party not in lacking
    }
    named = signatories.current(session, agreement.placement_id)
    parties = [p for p in Party if p != Party.COMPANY or p in by_party or named is not None]
    reads_ties = actor.reads_office or actor.may_look(agreement.placement.course_id)
    found = [_signer(party, by_party.get(party), agreement) for party in parties]
    return found if reads_ties else [replace(one, tie="") for one in found]


def _signer(
    party: Party, signature: AgreementSignature | None, agreement: LearningAgreement
) -> Signer:
    if signature is None:
        return Signer(PARTY_WORDS[party], "", None)
    note = signature.conflict_note
    return Signer(
        party=PARTY_WORDS[party],
        name=signature.name.text or "Name erased",
        signed_at=signature.signed_at,
        way=WAYS.get(signature.method, signature.method),
        is_earlier=signature.document_hash != agreement.document_hash,
        tie=(note.text or "Erased") if note is not None else "",
    )


def missing(
    session: Session, placement: Placement, agreement: LearningAgreement | None
) -> list[str]:
    """What the next signature waits for, in words."""
    if agreement is None:
        return asking.why_not_ask(session, placement)
    if agreement.state == AgreementState.DRAFT:
        return incomplete(agreement) + asking.why_not_ask(session, placement)
    if agreement.state == AgreementState.AWAITING_SUPERVISOR:
        return asking.why_not_ask(session, placement)
    return []


def move_of(
    session: Session, agreement: LearningAgreement | None, actor: Actor, placement: Placement
) -> tuple[str, str]:
    state = agreement.state if agreement is not None else AgreementState.DRAFT
    who, move = MOVES.get(state, ("", ""))
    is_mine = {
        AgreementState.DRAFT: is_student_of(actor, placement),
        AgreementState.AWAITING_SUPERVISOR: actor.supervises(placement.id),
        AgreementState.AWAITING_INSTRUCTOR: actor.may_decide(placement.course_id),
    }
    if agreement is not None and state == AgreementState.AWAITING_SUPERVISOR:
        waits_for = signatures.missing_of_company(session, agreement)
        if actor.supervises(placement.id):
            is_mine[state] = signatures.party_of(session, agreement, actor) in waits_for
        if Party.SUPERVISOR not in waits_for:
            named = signatories.current(session, placement.id)
            verified = named is not None and named.contact_id is not None
            who, move = COMPANY_SIGNS if verified else OFFICE_VERIFIES
    return ("Your move:" if is_mine.get(state) else who), move


def hides_draft(
    agreement: LearningAgreement | None, actor: Actor, placement: Placement
) -> bool:
    """What nobody has signed yet is read by the student alone."""
    unsigned = agreement is None or agreement.state == AgreementState.DRAFT
    return unsigned and actor.person_id != placement.person_id


def decided_already(session: Session, agreement: LearningAgreement, decision: str) -> str:
    """Who was first, for whoever comes second to the same button."""
    if decision != "approve" or agreement.state != AgreementState.IN_FORCE:
        return ""
    for signature in signatures.standing(session, agreement):
        if signature.party == Party.INSTRUCTOR:
            name = signature.name.text or "An instructor"
            return f"{name} approved this already: {templating.moment(signature.signed_at)}."
    return "This was approved already."


def _comments(
    session: Session, agreement: LearningAgreement | None, actor: Actor, *, hidden: bool
) -> dict[str, Any]:
    """What the instructor said of the student's plan is not for the company."""
    if agreement is None or hidden:
        return {"by_field": {}, "open": []}
    found = commenting.of(session, agreement)
    if actor.contact_id is not None:
        found = [one for one in found if one.party in (Party.SUPERVISOR, Party.COMPANY)]
    return {
        "by_field": commenting.by_field(found),
        "open": [
            (commenting.label_of(agreement, comment.field), comment)
            for comment in found
            if comment.state == CommentState.OPEN
        ],
    }


def _changes(
    session: Session, agreement: LearningAgreement | None, actor: Actor
) -> list[Any] | None:
    if agreement is None or agreement.state == AgreementState.DRAFT:
        return None
    return looks.changes_for(session, agreement, actor=actor)


def _may_remind(
    agreement: LearningAgreement | None, actor: Actor, placement: Placement
) -> bool:
    return (
        agreement is not None
        and agreement.state == AgreementState.AWAITING_SUPERVISOR
        and (is_student_of(actor, placement) or actor.is_staff)
    )
