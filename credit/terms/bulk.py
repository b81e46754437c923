"""One deed for many records: each by the operation for one, and each refusal named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements import operations as placements
from credit.evaluations import operations as evaluations
from credit.terms import proposing
from credit.terms.groups import Deed, Group

Operation = Callable[..., object]
OPERATIONS: dict[Deed, Operation] = {
    Deed.CANCEL: placements.cancel,
    Deed.LAPSE: evaluations.lapse,
    Deed.PROPOSE: proposing.propose,
}


@dataclass
class Done:
    number: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Whose record, and why it stays as it is."""


def carry_out(
    session: Session, group: Group, rows: Sequence[Any], *, actor: Actor, reason: str
) -> Done:
    """Every record in a savepoint of its own: a refusal leaves the others done.

    :raises NotPermitted: by anybody but career staff.
    """
    if group.deed is None or not actor.is_staff:
        raise NotPermitted("Only career staff do this for many at once.")
    if not reason.strip():
        raise InvalidInput("Give a reason; it stays with each record.", field="reason")
    done = Done()
    operation = OPERATIONS[group.deed]
    for row in rows:
        student = group.item(row).student
        try:
            with session.begin_nested():
                operation(session, row, actor=actor, reason=reason.strip())
        except (NotPossible, NotPermitted, ChangedMeanwhile, InvalidInput) as refusal:
            done.refused.append((student, str(refusal)))
        else:
            done.number += 1
    return done
