"""Changing an agreement that is in force: proposed, signed by whom it concerns, in force.

The version in force stays so until then, and keeps its text and its signatures for ever.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.agreements import (
    amending_notifications,
    amending_parties,
    amending_rules,
    amending_signing,
    amending_text,
    document,
    drafting,
    versions,
)
from credit.agreements.amending_rules import NOTHING, Proposal
from credit.agreements.amending_workflow import party_of
from credit.agreements.amendment_models import AgreementAmendment
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.plan import plan_of
from credit.agreements.signature_models import Party
from credit.competencies import wordings
from credit.hours import plan as hours_plan
from credit.hours import queries as hours

WHO_MAY = "The student, the supervisor, the instructor or career staff change an agreement."
NOT_IN_FORCE = "There is no agreement in force yet, so the plan itself can still be written."
CHANGEABLE = (PlacementState.PLANNED, PlacementState.ACTIVE)


def why_not_changeable(session: Session, placement: Placement) -> str:
    """Why nothing can be proposed now, whoever asks; empty when something can."""
    if placement.state not in CHANGEABLE:
        return "The work is over. The career office can reopen it if something is to change."
    if versions.get_in_force(session, placement) is None:
        return NOT_IN_FORCE
    if versions.get_waiting(session, placement) is not None:
        return "A change waits for signatures already. Settle that one first."
    return ""


def check(
    session: Session, base: LearningAgreement, proposal: Proposal, *, actor: Actor
) -> list[Party]:
    """Who would have to sign it: as the policy says, and whoever proposes it.

    :raises InvalidInput: it cannot be, with what to do instead.
    """
    placement = base.placement
    before = plan_of(base)
    amending_rules.refuse_impossible(
        before,
        proposal,
        today=clock.today(placement.institution.time_zone),
        is_planned=placement.state == PlacementState.PLANNED,
        last_worked=hours.last_worked(session, [placement.id]).get(placement.id),
    )
    kinds = amending_rules.kinds_of(before, proposal)
    if not kinds:
        raise InvalidInput(NOTHING)
    if not proposal.reason.strip():
        raise InvalidInput(
            "Say why, in a sentence. Everybody who signs reads it.", field="reason"
        )
    named = amending_rules.signers_of(kinds, hours_plan.policy_of(session, placement))
    own = party_of(actor, placement)
    signers = [party for party in Party if party in named or party == own]
    return amending_parties.with_company(session, base, signers)


def propose(
    session: Session,
    placement: Placement,
    proposal: Proposal,
    *,
    actor: Actor,
    signed_name: str = "",
) -> LearningAgreement:
    """Write the next version and sign it, where the proposer is a party; ask the others."""
    require_open(actor, placement)
    if not amending_parties.may_propose(session, actor, placement):
        raise NotPermitted(WHO_MAY)
    _one_at_a_time(session, placement)
    base = versions.get_in_force(session, placement, to_change=True)
    if why := why_not_changeable(session, placement):
        raise NotPossible(why)
    if base is None:
        raise NotPossible(NOT_IN_FORCE)
    signers = check(session, base, proposal, actor=actor)
    own = party_of(actor, placement)
    agreement = write_version(
        session, base, proposal, signers=signers, supervisors=(), actor=actor
    )
    if own is not None:
        amending_signing.sign(
            session,
            agreement,
            actor=actor,
            signed_name=signed_name,
            document_hash=agreement.document_hash or "",
        )
    if agreement.state == AgreementState.AWAITING_SIGNATURES:
        amending_notifications.ask(session, agreement, signers, besides=own, actor=actor)
    return agreement


def write_version(
    session: Session,
    base: LearningAgreement,
    proposal: Proposal,
    *,
    signers: list[Party],
    supervisors: Sequence[str],
    actor: Actor,
) -> LearningAgreement:
    """The next version, made from ``base``, with the text that is signed."""
    placement = base.placement
    kinds = amending_rules.kinds_of(plan_of(base), proposal)
    agreement = LearningAgreement(
        placement=placement,
        placement_id=placement.id,
        number=_next_number(session, placement),
        amends_id=base.id,
        state=AgreementState.AWAITING_SIGNATURES,
        state_since=clock.now(),
        created_at=clock.now(),
    )
    drafting.write(session, placement, agreement, proposal.plan)
    session.add(agreement)
    session.flush()
    amendment = AgreementAmendment(
        agreement_id=agreement.id,
        kinds=[kind.value for kind in kinds],
        signers=[party.value for party in signers],
        ending=proposal.ending,
        reason=proposal.reason.strip(),
        person_id=actor.person_id,
        contact_id=actor.contact_id,
    )
    session.add(amendment)
    wordings.keep_for(session, agreement.objectives)
    text = amending_text.text_of(session, agreement, base, amendment, supervisors=supervisors)
    agreement.document_id = audit.erasable(session, text).id
    agreement.document_hash = document.hash_of(text)
    session.flush()
    session.refresh(agreement, ["document"])
    audit.record(
        session,
        "learning_agreement:propose_change",
        agreement,
        actor=actor,
        after=agreement.state,
        changes=amendment.kinds,
        signers=amendment.signers,
        document=agreement.document_hash,
    )
    return agreement


def _next_number(session: Session, placement: Placement) -> int:
    last = session.scalar(
        select(func.max(LearningAgreement.number)).where(
            LearningAgreement.placement_id == placement.id
        )
    )
    return (last or 0) + 1


def _one_at_a_time(session: Session, placement: Placement) -> None:
    # Two people who propose at once go one after the other; the second hears of the first.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
