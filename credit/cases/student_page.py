"""What a student reads of their own case: on the page of credit, and on their home."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit.academic_work import with_decision
from credit.appeals import page as appeal_page
from credit.approvals import page as approvals
from credit.cases import (
    award,
    history,
    inputs,
    life_page,
    overrides,
    queries,
    readiness,
    shown_sum,
    steps_ahead,
    sum_lines,
    sum_sentence,
)
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase
from credit.cases.readiness import Lack, Mover
from credit.cases.shown_sum import ShownSum
from credit.cases.workflow import UNDECIDED, appeals, is_own
from credit.midpoint import queries as midpoint
from credit.returning import answering, limits
from lti import grades

COUNTING = (*UNDECIDED, CaseState.INCOMPLETE)
"""While hours and evidence may still come in."""


def so_far(session: Session, case: CreditCase) -> dict[str, Any]:
    """What a student's home says of their case, in three lines."""
    facts = inputs.load_one(session, case)
    likely = award.most_likely(facts)
    return {
        "case": case,
        "latest": queries.latest_decision(session, case),
        "result": sum_lines.result(likely),
        "note": sum_lines.note(likely),
        "lacks": _lacks(facts),
        "mover": readiness.mover(facts),
        "outcome_words": history.outcome_words,
    }


def values(
    session: Session, case: CreditCase, *, actor: Actor, typed: Mapping[str, str]
) -> dict[str, Any]:
    """``typed`` are the answers to a return as the browser sent them."""
    facts = inputs.load_one(session, case)
    decisions = queries.decisions(session, case)
    life = life_page.of_case(session, facts)
    told = grades.states_for(session, case.course_id, [case.person_id])
    return {
        "case": case,
        "facts": facts,
        **_sum(facts, shown_sum.of(facts, decisions)),
        "life": life,
        "may_accept": life.award is not None and appeals(actor, case),
        "lacks": _lacks(facts),
        "mover": Mover.STUDENT if life.award is not None else readiness.mover(facts),
        "latest": decisions[-1] if decisions else None,
        "latest_reason": history.reason_for_student(decisions),
        "outcome_words": history.outcome_words,
        "override": overrides.of(decisions[-1] if decisions else None, decisions),
        **appeal_page.student_values(session, facts, decisions, actor=actor),
        **approvals.student_values(session, facts, decisions),
        "events": history.events(session, case, decisions, is_own=True),
        "grade": told.get(case.person_id),
        "midpoint_comments": midpoint.comments(session, case),
        "academic": with_decision.shown(session, case, decisions),
        **answering.values(session, case, facts, decisions, typed),
        "may_resubmit": case.state == CaseState.RETURNED
        and is_own(actor, case)
        and not limits.is_over(case),
    }


def _lacks(facts: Facts) -> list[Lack]:
    return [replace(lack, text=_to_them(lack.text)) for lack in readiness.lacks(facts)]


def _to_them(text: str) -> str:
    """As one says it to the student."""
    return text.replace("the student’s own", "your own")


def _sum(facts: Facts, shown: ShownSum) -> dict[str, Any]:
    policy, found, likely = shown.policy, shown.found, shown.likely
    is_counting = facts.case.state in COUNTING
    return {
        "sum": found,
        "counted": {one.placement.id: one for one in found.placements},
        "sum_lines": sum_lines.lines(policy, found, sum_sentence.on_own_pages(facts)),
        "sum_sentence": _to_them(sum_sentence.sentence(shown.version, policy, found)),
        "sum_result": sum_lines.result(likely),
        "sum_note": sum_lines.note(likely),
        "has_to_confirm": shown.has_to_confirm and facts.case.state not in shown_sum.FIXED,
        "ahead": steps_ahead.of(policy, found) if is_counting else None,
        "least": policy.min_placements,
        "most": policy.max_placements,
    }
