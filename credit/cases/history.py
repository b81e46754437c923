"""What happened to a case, in words: from its audit trail and its decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.audit import AuditEntry
from careerlink.people.models import Person
from credit.cases import queries
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.policy.credit_sum import hours
from credit.policy.wording import credits_in_words

WORDS = {
    "open": "Case opened",
    "join": "A project joined the case",
    "complete": "The evidence was complete",
    "lack": "Evidence was missing again",
    "resubmit": "Sent back to the instructor",
    "wait": "Chose to wait for the evaluation",
    "decide_without_evaluation": "Chose to decide on other evidence",
    "drop": "Left the course; everything is kept",
    "rejoin": "Came back to the course",
}


@dataclass(frozen=True)
class Event:
    at: datetime
    text: str
    by: str


def events(session: Session, case: CreditCase, decisions: Sequence[Decision]) -> list[Event]:
    """Newest first."""
    trail = queries.trail(session, case)
    names = _names(session, trail)
    found = [
        Event(entry.recorded_at, text, names.get(entry.actor_id or 0, ""))
        for entry in trail
        if (text := _text(entry))
    ]
    found += [Event(d.decided_at, outcome_words(d), d.decided_by.label) for d in decisions]
    return sorted(found, key=lambda event: event.at, reverse=True)


def outcome_words(decision: Decision) -> str:
    if decision.outcome == DecisionOutcome.APPROVED:
        return f"Approved: {credits_in_words(decision.credits_thousandths or 0)}"
    return {
        DecisionOutcome.RETURNED: "Returned with comments",
        DecisionOutcome.DENIED: "Denied",
        DecisionOutcome.INCOMPLETE: "Marked incomplete",
        DecisionOutcome.VOIDED: "Decision voided",
    }[decision.outcome]


def _text(entry: AuditEntry) -> str:
    verb = entry.action.partition(":")[2]
    if verb == "record_academic":
        return f"Academic work: {hours(entry.detail.get('minutes', 0))} h"
    return WORDS.get(verb, "")


def _names(session: Session, trail: Sequence[AuditEntry]) -> dict[int, str]:
    ids = {entry.actor_id for entry in trail if entry.actor_id is not None}
    people = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: person.label for person in people}
