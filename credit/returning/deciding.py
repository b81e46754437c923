"""A decision together with the comments on single parts that it sends along."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit.cases import deciding, inputs, packet, queries
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, Decision
from credit.returning import operations, places

SEE_PARTS = "Please see the comments on single parts."


def decide(
    session: Session,
    case: CreditCase,
    choice: Choice,
    *,
    written: Mapping[str, str],
    actor: Actor,
) -> Decision:
    """As ``cases.deciding.decide``; ``written`` by the names of ``places``. A second press adds
    no comments to the return that was made.

    :raises InvalidInput: comments on parts without a return, or on a part that is gone.
    """
    operations.check(choice.outcome, written)
    if written and not choice.comment.strip():
        choice = replace(choice, comment=SEE_PARTS)
    queries.lock(session, case)
    before = queries.latest_decision(session, case)
    decision = deciding.decide(session, case, choice, actor=actor)
    if written and decision is not before:
        facts = inputs.load_one(session, case)
        known = places.of(packet.read(session, facts), case.academic_minutes)
        operations.pin(session, decision, written, known, actor=actor)
    return decision
