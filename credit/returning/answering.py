"""The student's page of a returned case: answers to comments, kept or sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from careerlink.errors import NotPossible
from careerlink.people.actors import Actor
from credit.cases import packet
from credit.cases import queries as cases
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase, Decision
from credit.returning import forms, operations, page, queries
from credit.returning.page import Pinned


class Unanswered(NotPossible):
    """Comments that nothing was said to, by public id; the page shows them as typed."""

    def __init__(self, message: str, pins: Sequence[str]) -> None:
        super().__init__(message)
        self.pins = pins


def save(session: Session, case: CreditCase, sent: Mapping[str, str], *, actor: Actor) -> None:
    # Two tabs would each add an answer of the same number.
    cases.lock(session, case)
    pins = queries.pins_of_case(session, case)
    typed = forms.answers(sent, pins)
    for pin in pins:
        if (said := typed.get(pin.public_id)) is not None:
            operations.answer(session, pin, said.text, is_done=said.is_done, actor=actor)


def require_all(session: Session, case: CreditCase) -> None:
    if unmet := operations.all_answered(session, case):
        pins = queries.pins_of_case(session, case)
        raise Unanswered(unmet[0], [pin.public_id for pin in pins if not pin.answers])


def errors(pinned: Sequence[Pinned], unanswered: Sequence[str]) -> list[tuple[str, str]]:
    """For the summary: the field of each answer that is missing, and what to do."""
    return [
        (
            f"{forms.ANSWER}{one.pin.public_id}",
            f"{one.place.label}: answer the comment, or mark it done.",
        )
        for one in pinned
        if one.pin.public_id in unanswered
    ]


def values(
    session: Session,
    case: CreditCase,
    facts: Facts,
    decisions: Sequence[Decision],
    sent: Mapping[str, str],
) -> dict[str, Any]:
    if queries.last_return(decisions) is None:
        return {"pinned": [], "typed_answers": {}, "is_in_vain": False, "came_back": False}
    found = page.values(session, facts, packet.read(session, facts), decisions)
    typed = forms.answers(sent, [one.pin for one in found["pinned"]])
    return {**found, "typed_answers": typed}
