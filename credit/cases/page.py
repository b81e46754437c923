"""What the packet shows: evidence, sum, flags, and what this reader may do."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from credit import delivery
from credit.academic_work import page as academic_page
from credit.academic_work import queries as academic_work
from credit.appeals import page as appeals
from credit.approvals import page as approvals
from credit.cases import (
    flags,
    history,
    life_page,
    overrides,
    packet,
    queries,
    queue,
    readiness,
    recording,
    shown_sum,
    sum_lines,
    sum_sentence,
)
from credit.cases.deciding import seen_mark
from credit.cases.forms import DecisionForm
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.cases.shown_sum import ShownSum
from credit.cases.workflow import UNDECIDED
from credit.check_ins import queries as check_ins
from credit.check_ins import wording as check_in_wording
from credit.midpoint import queries as midpoint
from credit.policy import asked
from credit.policy.credit_sum import Verdict
from credit.returning import page as returning
from credit.routing import assigning
from credit.routing import queries as routing
from lti import grades


def values(
    session: Session, facts: Facts, course: Course, *, actor: Actor, form: DecisionForm
) -> dict[str, Any]:
    case = facts.case
    decisions = queries.decisions(session, case)
    sheets = packet.read(session, facts)
    latest = decisions[-1] if decisions else None
    shown = shown_sum.of(facts, decisions)
    assessments = academic_work.assessments(session, case)
    academic = [academic_page.shown(one) for one in assessments]
    form.offer(
        [check for check in facts.sum_with().checks if check.verdict == Verdict.NOT_CHECKABLE],
        facts.policy,
    )
    if not form.seen.data:
        form.seen.data = seen_mark(facts, latest)
    return {
        "case": case,
        "facts": facts,
        "form": form,
        "sheets": sheets,
        **returning.values(session, facts, sheets, decisions),
        **_sum(facts, shown),
        "flags": flags.of(facts),
        "lacks": readiness.lacks(facts),
        "mover": readiness.mover(facts),
        "overdue": readiness.overdue_parts(facts) if case.state in UNDECIDED else [],
        "hours_unknown": recording.hours_unknown(facts),
        "latest": latest,
        "outcome_words": history.outcome_words,
        "override": overrides.of(latest, decisions),
        "events": history.events(session, case, decisions),
        "sent_back": history.sent_back(case, decisions),
        "returned_at": _returned_at(decisions),
        "is_new": packet.is_new,
        "academic": academic,
        "typed_levels": academic_page.chosen(assessments[0] if assessments else None),
        "midpoint_comments": midpoint.comments(session, case),
        "check_ins": check_ins.pairs(
            session, [part.placement.id for part in facts.parts], actor=actor
        ),
        "check_in_words": check_in_wording,
        "may_hand_over": case.state in UNDECIDED and assigning.may_hand_over(actor, case),
        "assigned_has_left": case.assigned_to_id is not None
        and not routing.still_teaching(session, course.id, [case.assigned_to_id]),
        "preview": delivery.preview(
            session, course, facts.policy, credits_thousandths=shown.likely.credits_thousandths
        ),
        "life": life_page.of_case(session, facts),
        "grade": grades.states_for(session, course.id, [case.person_id]).get(case.person_id),
        **approvals.values(session, facts, decisions, actor=actor),
        **appeals.values(session, facts, decisions, actor=actor),
        **_neighbors(session, case, course, actor),
    }


def _sum(facts: Facts, shown: ShownSum) -> dict[str, Any]:
    """As it will be once everything is confirmed that can be."""
    policy, likely = shown.policy, shown.likely
    return {
        "likely": likely,
        "sum": shown.found,
        "sum_lines": sum_lines.lines(policy, likely, sum_sentence.in_packet(facts)),
        "sum_sentence": sum_sentence.sentence(shown.version, policy, likely),
        "sum_result": sum_lines.result(likely),
        "sum_note": sum_lines.note(likely),
        "asks_record": asked.anything_on_record(facts.policy),
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
