"""What happened to a case, in words: from its audit trail and its decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.audit import AuditEntry
from careerlink.people.models import Person
from credit.cases import overrides, queries, rebased
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.cases.workflow import UNDECIDED
from credit.policy.credit_sum import hours
from credit.policy.wording import credits_in_words
from credit.routing import queries as routing
from credit.routing.models import CaseAssignment

WORDS = {
    "open": "Case opened",
    "join": "A project joined the case",
    "complete": "The evidence was complete",
    "lack": "Evidence was missing again",
    "resubmit": "Sent back to the instructor",
    "wait": "Chose to wait for the evaluation",
    "decide_without_evaluation": "Chose to decide on other evidence",
    "assess": "Levels given for the academic work",
    "comment": "Wrote to the student",
    "extend_resubmission": "More time to send it back",
    "take_up": "Went on with what was there; the student had sent nothing back",
    "appeal": "The student appealed",
    "end_appeal": "The appeal ended",
    "drop": "Left the course; everything is kept",
    "rejoin": "Came back to the course",
    "date_drop": "The registrar told another day for the drop",
    "resume": "What was missing came in; the incomplete case goes on",
    "leave_out": "A project was left out of the case",
    "put_back": "A project was put back into the case",
    "send_on": "A project went on to another case",
    "take_in": "A project of another case was taken up",
    "accept": "The award was accepted",
}


@dataclass(frozen=True)
class Event:
    at: datetime
    text: str
    by: str


def events(
    session: Session, case: CreditCase, decisions: Sequence[Decision], *, is_own: bool = False
) -> list[Event]:
    """Newest first. ``is_own``: for the student, who does not read what colleagues write to
    each other."""
    trail = queries.trail(session, case)
    names = _names(session, trail)
    moved = {number: one.words for number, one in rebased.of(session, trail).items()}
    found = [
        Event(entry.recorded_at, text, names.get(entry.actor_id or 0, ""))
        for entry in trail
        if (text := _text(entry, moved))
    ]
    found += [_handed(one, is_own=is_own) for one in routing.assignments(session, case)]
    found += [Event(d.decided_at, _decided(d), d.by) for d in decisions]
    return sorted(found, key=lambda event: event.at, reverse=True)


def reason_for_student(decisions: Sequence[Decision]) -> str:
    """Of the latest; what a later step writes to the instructor is between them."""
    latest = decisions[-1] if decisions else None
    if latest is None or latest.reason is None or is_sent_back(latest, decisions):
        return ""
    return latest.reason.text or ""


def sent_back(case: CreditCase, decisions: Sequence[Decision]) -> Decision | None:
    """What a later step asks of the instructor, until they have decided anew."""
    latest = decisions[-1] if decisions else None
    waits = latest is not None and case.state in UNDECIDED and is_sent_back(latest, decisions)
    return latest if waits else None


def is_sent_back(one: Decision, decisions: Sequence[Decision]) -> bool:
    """A later step had the instructor decide anew; nothing final was taken back."""
    voided = next((made for made in decisions if made.id == one.voids_id), None)
    return voided is not None and not voided.is_final and one.as_role is not None


def _handed(one: CaseAssignment, *, is_own: bool) -> Event:
    to = one.person.label if one.person else "all instructors of the course"
    if one.rule_id is not None:
        return Event(one.assigned_at, f"Routed to {to}", "")
    before = one.from_person.label if one.from_person else "all instructors of the course"
    told = one.reason.text if one.reason is not None and not is_own else ""
    reason = f": {told}" if told else ""
    by = one.by.label if one.by else ""
    return Event(one.assigned_at, f"Handed over from {before} to {to}{reason}", by)


def _decided(decision: Decision) -> str:
    text = outcome_words(decision)
    if overrides.policy_gives(decision) and decision.reason and decision.reason.text:
        return f"{text}, because: {decision.reason.text}"
    return text


def outcome_words(decision: Decision) -> str:
    if decision.outcome == DecisionOutcome.APPROVED:
        given = credits_in_words(decision.credits_thousandths or 0)
        if computed := overrides.policy_gives(decision):
            given = f"{given}, where the policy gives {computed}"
        if not decision.is_final:
            return f"Approved at step {decision.step}, {given}"
        return f"Approved, {given}"
    if decision.outcome == DecisionOutcome.VOIDED and _is_between_steps(decision):
        return "Sent back to the instructor"
    return {
        DecisionOutcome.RETURNED: "Returned with comments",
        DecisionOutcome.DENIED: "Denied",
        DecisionOutcome.INCOMPLETE: "Marked incomplete",
        DecisionOutcome.VOIDED: "Decision voided",
    }[decision.outcome]


def _is_between_steps(void: Decision) -> bool:
    """By a later step, of an approval that was not final; the rest is taken back for good."""
    return void.as_role is not None and void.voided is not None and not void.voided.is_final


def _text(entry: AuditEntry, moved: Mapping[int, str]) -> str:
    verb = entry.action.partition(":")[2]
    if verb == "record_academic":
        return f"Academic work: {hours(entry.detail.get('minutes', 0))} h"
    if entry.id in moved:
        return f"Re-based {moved[entry.id]}{_because(entry)}"
    if verb in ("leave_out", "put_back"):
        return f"{WORDS[verb]}{_because(entry)}"
    return WORDS.get(verb, "")


def _because(entry: AuditEntry) -> str:
    text = entry.reason.text if entry.reason is not None else None
    return f", because: {text}" if text else ""


def _names(session: Session, trail: Sequence[AuditEntry]) -> dict[int, str]:
    ids = {entry.actor_id for entry in trail if entry.actor_id is not None}
    people = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: person.label for person in people}
