"""Whose move a placement's page names once the work is done, until credit is decided."""

from dataclasses import replace
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.registry import AfterWork
from credit.cases import history, inputs, opening, queries, readiness
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase
from credit.cases.readiness import Mover

DECIDED = (CaseState.APPROVED, CaseState.DENIED)

MOVES = {
    CaseState.RETURNED: "answer the comments",
    CaseState.INCOMPLETE: "finish what the Incomplete leaves open",
}


def of(session: Session, actor: Actor, placement: Any) -> AfterWork | None:
    case = opening.case_of(session, placement)
    if case is None or case.state == CaseState.DROPPED:
        return None
    said = _said(session, case, actor)
    course = case.course
    if actor.person_id == case.person_id:
        url = url_for("credit.show", course_id=course.public_id)
        return replace(said, url=url, label="See your credit")
    if actor.may_look(course.id):
        url = url_for("cases.show", course_id=course.public_id, case_id=case.public_id)
        return replace(said, url=url, label="Open the packet")
    return said


def _said(session: Session, case: CreditCase, actor: Actor) -> AfterWork:
    latest = queries.latest_decision(session, case)
    if case.state in DECIDED and latest is not None:
        return AfterWork(
            "Nobody’s move:",
            f"the credit is decided ({history.outcome_words(latest).lower()})",
            decided_at=latest.decided_at,
        )
    return _open(inputs.load_one(session, case), actor)


def _open(facts: Facts, actor: Actor) -> AfterWork:
    case, mover = facts.case, readiness.mover(facts)
    is_own = actor.person_id == case.person_id
    is_mine = is_own if mover == Mover.STUDENT else actor.may_decide(case.course_id)
    missing = tuple(lack.text for lack in readiness.lacks(facts))
    if mover == Mover.SUPERVISOR:
        return AfterWork("The supervisor:", "confirms the hours and evaluates", missing)
    if mover == Mover.STUDENT:
        move = MOVES.get(case.state, "complete the evidence")
        return AfterWork("Your move:" if is_mine else "The student’s move:", move, missing)
    who = "Your move:" if is_mine else "The instructor’s move:"
    if case.state == CaseState.READY:
        return AfterWork(who, "decide on the credit")
    return AfterWork(who, "choose how to go on without the evaluation", missing)
