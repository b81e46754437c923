"""What the packet shows: evidence, sum, flags, and what this reader may do."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from credit import delivery
from credit.cases import (
    award,
    conflicts,
    flags,
    history,
    inputs,
    packet,
    queries,
    queue,
    readiness,
    recording,
    sum_lines,
)
from credit.cases.deciding import seen_mark
from credit.cases.forms import DecisionForm
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.workflow import DECIDED, UNDECIDED
from credit.check_ins import queries as check_ins
from credit.check_ins import wording as check_in_wording
from credit.policy.credit_sum import Verdict
from credit.returning import page as returning
from credit.routing import assigning
from credit.routing import queries as routing
from lti import grades


def values(
    session: Session, case: CreditCase, course: Course, *, actor: Actor, form: DecisionForm
) -> dict[str, Any]:
    facts = inputs.load_one(session, case)
    decisions = queries.decisions(session, case)
    sheets = packet.read(session, facts)
    latest = decisions[-1] if decisions else None
    likely = award.most_likely(facts)
    form.offer(
        [check for check in facts.sum_with().checks if check.verdict == Verdict.NOT_CHECKABLE]
    )
    if not form.seen.data:
        form.seen.data = seen_mark(facts, latest)
    return {
        "case": case,
        "facts": facts,
        "form": form,
        "sheets": sheets,
        **returning.values(session, facts, sheets, decisions),
        "likely": likely,
        "sum": facts.sum_with(),
        "sum_lines": sum_lines.lines(facts.policy, likely),
        "sum_result": sum_lines.result(likely),
        "sum_note": sum_lines.note(likely),
        "flags": flags.of(facts),
        "lacks": readiness.lacks(facts),
        "mover": readiness.mover(facts),
        "overdue": readiness.overdue_parts(facts) if case.state in UNDECIDED else [],
        "hours_unknown": recording.hours_unknown(facts),
        "latest": latest,
        "outcome_words": history.outcome_words,
        "events": history.events(session, case, decisions),
        "returned_at": _returned_at(decisions),
        "is_new": packet.is_new,
        "check_ins": check_ins.pairs(
            session, [part.placement.id for part in facts.parts], actor=actor
        ),
        "check_in_words": check_in_wording,
        "may_hand_over": case.state in UNDECIDED and assigning.may_hand_over(actor, case),
        "assigned_has_left": case.assigned_to_id is not None
        and case.assigned_to_id
        not in {one.id for one in routing.instructors(session, course.id)},
        "preview": delivery.preview(
            session, course, facts.policy, credits_thousandths=likely.credits_thousandths
        ),
        "grade": grades.states_for(session, course.id, [case.person_id]).get(case.person_id),
        **_authority(session, facts, actor),
        **_neighbors(session, case, course, actor),
    }


def _authority(session: Session, facts: Facts, actor: Actor) -> dict[str, Any]:
    """Why this reader does not decide, in words; empty when they do."""
    case = facts.case
    why = ""
    if not actor.may_decide(case.course_id):
        why = actor.why_not_decide(case.course_id)
    else:
        ids = [part.placement.id for part in facts.parts]
        why = conflicts.why_not(session, case, ids, actor=actor)
    is_decided = case.state in DECIDED
    return {
        "why_not": why,
        "may_decide": not why and case.state == CaseState.READY,
        "may_leave_incomplete": not why and case.state in UNDECIDED,
        "may_void": not why and is_decided,
        "may_record": not why and case.state in UNDECIDED,
        "is_decided": is_decided,
    }


def _neighbors(
    session: Session, case: CreditCase, course: Course, actor: Actor
) -> dict[str, Any]:
    """The cases before and after this one among those that wait for the instructor."""
    waiting = queue.mine_in_order(session, actor, course)
    ids = [number for number, _public in waiting]
    if case.id not in ids:
        first = waiting[0][1] if waiting else None
        return {"position": 0, "waiting": len(ids), "previous_case": None, "next_case": first}
    at = ids.index(case.id)
    return {
        "position": at + 1,
        "waiting": len(ids),
        "previous_case": waiting[at - 1][1] if at else None,
        "next_case": waiting[at + 1][1] if at + 1 < len(waiting) else None,
    }


def _returned_at(decisions: Any) -> datetime | None:
    """Since when a resubmitted case may show what is new."""
    returned: list[Decision] = [d for d in decisions if d.outcome == DecisionOutcome.RETURNED]
    return returned[-1].decided_at if returned else None
