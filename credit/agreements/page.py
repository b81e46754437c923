"""What the pages of an agreement show besides its text: whose move it is, who has signed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careerlink import states
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.web import templating
from credit import addresses
from credit.agreements import notifications, operations, queries
from credit.agreements.models import AgreementState, LearningAgreement, Party
from credit.agreements.workflow import WORKFLOW, incomplete

DECIDED = {
    "approve": "Approved. The agreement is in force, and the student has a mail.",
    "return": "Returned. The student has a mail and can change the plan.",
    "refuse": "Refused. The student has a mail with a link to your reason.",
}
PARTY_WORDS = {
    Party.STUDENT: "Student",
    Party.SUPERVISOR: "Supervisor",
    Party.INSTRUCTOR: "Instructor",
}
MOVES = {
    AgreementState.DRAFT: ("The student:", "finish the plan and sign it"),
    AgreementState.AWAITING_SUPERVISOR: ("The supervisor:", "read the plan and sign it"),
    AgreementState.AWAITING_INSTRUCTOR: ("The instructor:", "approve the plan or return it"),
}


@dataclass(frozen=True)
class Signer:
    party: str
    name: str
    signed_at: datetime | None
    way: str = ""


def values(
    session: Session, placement: Placement, agreement: LearningAgreement | None, actor: Actor
) -> dict[str, Any]:
    contacts = queries.supervisors(session, placement.id)
    asked = (
        notifications.asked_at(session, agreement, contacts[0])
        if agreement is not None and contacts
        else None
    )
    return {
        "placement": placement,
        "agreement": agreement,
        "placement_url": addresses.of(placement),
        "consent_url": addresses.of(placement, "consent"),
        "first_name": addresses.first_name(placement),
        "signers": signers(session, agreement) if agreement is not None else [],
        "sent_back": queries.sent_back(session, agreement) if agreement is not None else [],
        "who": move_of(agreement, actor, placement)[0],
        "move": move_of(agreement, actor, placement)[1],
        "missing": missing(session, placement, agreement),
        "hides_draft": hides_draft(agreement, actor, placement),
        "moves": {edge.verb for _, edge in states.available(agreement, WORKFLOW, actor)}
        if agreement is not None
        else set(),
        "is_student": is_student_of(actor, placement),
        "why_not_decide": actor.why_not_decide(placement.course_id)
        if actor.may_look(placement.course_id)
        else "",
        "asked_at": asked,
        "remind_from": notifications.may_remind_from(asked),
        "may_remind": _may_remind(agreement, actor, placement),
    }


def signers(session: Session, agreement: LearningAgreement) -> list[Signer]:
    """One line a party, signed or not, in the order of signing."""
    by_party = {s.party: s for s in queries.signatures(session, agreement)}
    return [
        Signer(
            party=PARTY_WORDS[party],
            name=(signature.name.text or "Name erased") if signature else "",
            signed_at=signature.signed_at if signature else None,
            way=("by link" if signature.method == "link" else "signed in") if signature else "",
        )
        for party in Party
        for signature in (by_party.get(party),)
    ]


def missing(
    session: Session, placement: Placement, agreement: LearningAgreement | None
) -> list[str]:
    """What the next signature waits for, in words."""
    if agreement is None:
        return operations.why_not_ask(session, placement)
    if agreement.state == AgreementState.DRAFT:
        return incomplete(agreement) + operations.why_not_ask(session, placement)
    if agreement.state == AgreementState.AWAITING_SUPERVISOR:
        return operations.why_not_ask(session, placement)
    return []


def move_of(
    agreement: LearningAgreement | None, actor: Actor, placement: Placement
) -> tuple[str, str]:
    state = agreement.state if agreement is not None else AgreementState.DRAFT
    who, move = MOVES.get(state, ("", ""))
    is_mine = {
        AgreementState.DRAFT: is_student_of(actor, placement),
        AgreementState.AWAITING_SUPERVISOR: actor.supervises(placement.id),
        AgreementState.AWAITING_INSTRUCTOR: actor.may_decide(placement.course_id),
    }
    return ("Your move:" if is_mine.get(state) else who), move


def is_student_of(actor: Actor, placement: Placement) -> bool:
    """In a session that may write."""
    standing = actor.standing(placement.course_id)
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not standing.read_only
        and not standing.dropped
    )


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
    for signature in queries.signatures(session, agreement):
        if signature.party == Party.INSTRUCTOR:
            name = signature.name.text or "An instructor"
            return f"{name} approved this already: {templating.moment(signature.signed_at)}."
    return "This was approved already."


def _may_remind(
    agreement: LearningAgreement | None, actor: Actor, placement: Placement
) -> bool:
    return (
        agreement is not None
        and agreement.state == AgreementState.AWAITING_SUPERVISOR
        and (is_student_of(actor, placement) or actor.is_staff)
    )
