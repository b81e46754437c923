"""What pages say of a case's life: its projects, moves, drop, last days and acceptance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.cases import (
    acceptance,
    award,
    bundle,
    carrying,
    census,
    inputs,
    move_queries,
    opening,
    queries,
    rebased,
    standing,
    steps_ahead,
    sum_lines,
)
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement, Decision
from credit.cases.move_models import CreditCaseMove, MoveState
from credit.cases.move_workflow import MOVE
from credit.cases.rebased import Rebased
from credit.policy.credit_sum import CreditSum


@dataclass(frozen=True)
class Life:
    """Everything about a case that is not its evidence or its decisions."""

    left_on: date | None
    left_words: str
    left_out: Sequence[CreditCasePlacement]
    moves: Sequence[CreditCaseMove]
    """Those that wait for a signature."""
    sent_on: Sequence[CreditCaseMove]
    rebased: Rebased | None
    """The last time."""
    incomplete_until: date | None
    beside: Sequence[Placement]
    """At work in the course and in no case: this one takes none now."""
    award: Decision | None
    """That waits for the student's acceptance."""
    accept_by: date | None
    accepted_at: datetime | None


def of_case(session: Session, facts: Facts) -> Life:
    case = facts.case
    moves = move_queries.of_case(session, case)
    out = [move for move in moves if move.from_case_id == case.id]
    award_now, accepted_at = _acceptance(session, case)
    departure = facts.departure
    is_withdrawn = departure is not None and departure.is_withdrawn
    return Life(
        left_on=departure.on if departure is not None else None,
        left_words=census.words(session, case, is_withdrawn=is_withdrawn),
        left_out=bundle.left_out(session, case),
        moves=[move for move in out if move.state == MoveState.ASKED],
        sent_on=[move for move in out if move.state == MoveState.ACCEPTED],
        rebased=_rebased(session, case),
        incomplete_until=case.incomplete_until,
        beside=opening.waiting_beside(session, case),
        award=award_now,
        accept_by=case.accept_by,
        accepted_at=accepted_at,
    )


def _acceptance(session: Session, case: CreditCase) -> tuple[Decision | None, datetime | None]:
    if case.state != CaseState.APPROVED:
        return None, None
    stands = standing.standing_decisions(session, [case.id]).get(case.id)
    if stands is None or not acceptance.is_needed(stands):
        return None, None
    at = acceptance.accepted_at(session, [stands.id]).get(stands.id)
    return (None, at) if at else (stands, None)


def _rebased(session: Session, case: CreditCase) -> Rebased | None:
    """The last time."""
    return next(reversed(rebased.of(session, queries.trail(session, case)).values()), None)


def projects(session: Session, case: CreditCase, *, actor: Actor) -> dict[str, Any]:
    facts = inputs.load_one(session, case)
    likely = award.most_likely(facts)
    return {
        "case": case,
        "facts": facts,
        "sum": likely,
        "sum_result": sum_lines.result(likely),
        "sum_note": sum_lines.note(likely),
        "why": sum_lines.why,
        "ahead": steps_ahead.of(facts.policy, likely),
        "life": of_case(session, facts),
        "moves": move_queries.of_case(session, case),
        "why_fixed": bundle.why_fixed(case),
        "may_arrange": bundle.may_arrange(actor, case),
        "may_move": actor.is_staff and carrying.is_undecided(case),
        "least": facts.policy.min_placements,
        "most": facts.policy.max_placements,
    }


def move(session: Session, one: CreditCaseMove, *, actor: Actor) -> dict[str, Any]:
    """What is to be signed, and what it would make of the sum here."""
    sending = session.get_one(CreditCase, one.from_case_id)
    why_not = ""
    if one.state == MoveState.ASKED:
        why_not = carrying.why_not(session, sending, one.placement, one.to_course)
    to = MoveState.ACCEPTED
    edge = MOVE.get((one.state, to))
    before, after = _effect(session, one)
    return {
        "move": one,
        "why_not": why_not,
        "may_sign": edge is not None and edge.permitted(actor, one),
        "may_withdraw": one.state == MoveState.ASKED and actor.is_staff,
        "before": before,
        "after": after,
        "result": sum_lines.result,
        "sum_note": sum_lines.note,
    }


def _effect(session: Session, one: CreditCaseMove) -> tuple[CreditSum | None, CreditSum | None]:
    """The sum of the receiving case without the project and with it."""
    if one.state != MoveState.ASKED:
        return None, None
    sending = inputs.load_one(session, session.get_one(CreditCase, one.from_case_id))
    part = next((p for p in sending.parts if p.placement.id == one.placement_id), None)
    policy = steps_ahead.policy_there(session, one.to_course, one.placement.person_id)
    if part is None or policy is None:
        return None, None
    there = steps_ahead.facts_there(session, one.to_course, one.placement.person_id)
    base = there.inputs if there is not None else None
    before = award.most_likely(there) if there is not None else None
    placements = (*(base.placements if base else ()), part.input)
    origin = (
        base if base is not None else sending.inputs.model_copy(update={"academic_minutes": 0})
    )
    given = origin.model_copy(update={"placements": placements, "confirmed_rules": ()})
    return before, award.with_all_confirmed(policy, given)
