"""What packet and student's page show of a return: comments, rounds, days and changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from credit.cases.inputs import Facts
from credit.cases.models import CaseState, Decision, DecisionOutcome
from credit.cases.packet import Sheet
from credit.policy.inputs import CaseInput
from credit.returning import changes, limits, new_works, places, queries
from credit.returning.changes import Change
from credit.returning.models import ReturnPin
from credit.returning.places import Place

BACK = (CaseState.OPEN, CaseState.READY, CaseState.IN_APPROVAL)


@dataclass(frozen=True)
class Pinned:
    pin: ReturnPin
    place: Place

    @property
    def answer(self) -> str:
        """The last one, which stands."""
        last = self.pin.answers[-1] if self.pin.answers else None
        return (last.text.text or "") if last is not None and last.text is not None else ""

    @property
    def is_done(self) -> bool:
        return bool(self.pin.answers) and self.pin.answers[-1].is_done


def values(
    session: Session, facts: Facts, sheets: Sequence[Sheet], decisions: Sequence[Decision]
) -> dict[str, Any]:
    case = facts.case
    returned = queries.last_return(decisions)
    known = places.of(sheets, case.academic_minutes)
    times = sum(one.outcome == DecisionOutcome.RETURNED for one in decisions)
    came_back = _came_back(facts, decisions)
    return {
        "places": known,
        "place_names": names_by_part(known),
        "returns": times,
        "most_returns": facts.policy.most_returns,
        "may_return": times < facts.policy.most_returns,
        "back_by": limits.last_day(session, case),
        "is_in_vain": limits.is_over(case),
        "pinned": pinned(session, returned, known),
        "came_back": came_back,
        "sent_note": queries.last_note(session, case) if came_back else "",
        "new_works": new_works.since(session, sheets, returned)
        if came_back and returned
        else [],
        "changes": changed(facts, returned) if came_back and returned else [],
    }


def pinned(
    session: Session, returned: Decision | None, known: Mapping[str, Place]
) -> list[Pinned]:
    if returned is None:
        return []
    return [
        Pinned(pin, known.get(places.name_of_pin(pin)) or places.gone(pin))
        for pin in queries.pins(session, returned)
    ]


def changed(facts: Facts, returned: Decision) -> list[Change]:
    return changes.between(CaseInput.model_validate(returned.inputs), facts.inputs)


def names_by_part(known: Mapping[str, Place]) -> dict[tuple[str, int, str], str]:
    """For the packet: the field's name by part, placement and key."""
    return {
        (place.part.value, place.placement_id or 0, place.key): name
        for name, place in known.items()
    }


def _came_back(facts: Facts, decisions: Sequence[Decision]) -> bool:
    """Sent again, and nothing decided since."""
    latest = decisions[-1] if decisions else None
    is_returned = latest is not None and latest.outcome == DecisionOutcome.RETURNED
    return is_returned and facts.case.state in BACK
