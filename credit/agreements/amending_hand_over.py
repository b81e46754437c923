"""Somebody else supervises: a version that names them, for them to sign.

What waited for the former supervisor's signature goes along in it: that one's link is closed,
and who had signed the words with the former name signs again.
"""

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor, system
from careerlink.placements.changes import HandOver
from careerlink.placements.models import Placement
from credit.agreements import (
    amending,
    amending_notifications,
    amending_parties,
    amending_rules,
    amending_signing,
    queries,
    versions,
)
from credit.agreements.amending_rules import Proposal
from credit.agreements.models import LearningAgreement
from credit.agreements.plan import plan_of
from credit.agreements.signature_models import Party
from credit.hours import plan as hours_plan

PASSED_ON = "{} supervises now, so this change goes on as a newer version that names them."
TAKES_OVER = "{} supervises from now on."


def follow(session: Session, handed_over: HandOver, *, actor: Actor) -> None:
    placement = handed_over.placement
    base = versions.get_in_force(session, placement, to_change=True)
    if base is None or placement.state not in amending.CHANGEABLE:
        return
    name = handed_over.begun.contact.name
    proposal = _proposal(session, placement, base, name)
    kinds = amending_rules.kinds_of(plan_of(base), proposal)
    named = amending_rules.signers_of(kinds, hours_plan.policy_of(session, placement))
    signers = amending_parties.with_company(session, base, named or [Party.SUPERVISOR])
    agreement = amending.write_version(
        session,
        base,
        proposal,
        signers=signers,
        supervisors=[contact.name for contact in queries.supervisors(session, placement.id)],
        actor=actor,
    )
    amending_notifications.ask(session, agreement, signers, besides=None, actor=actor)


def _proposal(
    session: Session, placement: Placement, base: LearningAgreement, name: str
) -> Proposal:
    """The plan in force, or as a change would have it that waits; that one ends here."""
    waits = versions.get_waiting(session, placement, to_change=True)
    reason, plan, ending = TAKES_OVER.format(name), plan_of(base), None
    if waits is not None:
        amendment = versions.amendment_of(session, waits)
        plan = plan_of(waits)
        if amendment is not None:
            reason, ending = f"{reason} {amendment.reason}", amendment.ending
        by = system(placement.institution_id)
        amending_signing.withdraw(session, waits, actor=by, reason=PASSED_ON.format(name))
    return Proposal(plan, reason, ending=ending, is_new_supervisor=True)
