"""A decision as a row: by whom, in whose place, and everything that it rests on."""

from typing import Any

from careerlink import clock
from careerlink.people.actors import Actor
from credit.approvals.authority import Seat
from credit.cases.inputs import Facts
from credit.cases.models import Decision
from credit.policy.inputs import CaseInput, digest


def decision_row(
    facts: Facts, frozen: CaseInput, seat: Seat, *, actor: Actor, **values: Any
) -> Decision:
    """``values``: what was decided, at which step."""
    case = facts.case
    return Decision(
        credit_case_id=case.id,
        decided_by_id=actor.person_id,
        acting_for_id=seat.acts_for_id,
        as_role=seat.role,
        decided_at=clock.now(),
        policy_version_id=case.policy_version_id,
        inputs=frozen.stored(),
        inputs_hash=digest(case.policy_version_id, frozen),
        **values,
    )
