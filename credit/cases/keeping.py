"""Keeps stored states in step with the evidence: after each change, and by the clock."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from careerlink.courses.models import CourseMember
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.cases import inputs, queries, readiness
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.cases.opening import case_of
from credit.cases.workflow import UNDECIDED
from credit.evaluations.models import Evaluation
from credit.hours.models import HoursConfirmation, HoursRuling
from credit.routing import assigning

BATCH = 200
AT_WORK = (PlacementState.PLANNED, PlacementState.ACTIVE)


def candidates() -> Select[CreditCase]:
    """Cases that might have to move by themselves: all work is done, or membership changed."""
    return select(CreditCase).where(
        or_(
            and_(CreditCase.state == CaseState.OPEN, ~_has(Placement.state.in_(AT_WORK))),
            CreditCase.state == CaseState.READY,
            _membership_changed(),
        )
    )


def _membership_changed() -> ColumnElement[bool]:
    dropped = exists().where(
        CourseMember.course_id == CreditCase.course_id,
        CourseMember.person_id == CreditCase.person_id,
        CourseMember.dropped_at.is_not(None),
    )
    return or_(
        and_(CreditCase.state.in_(UNDECIDED), dropped),
        and_(CreditCase.state == CaseState.DROPPED, ~dropped),
    )


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Has the case a placement of which ``condition`` holds?"""
    return (
        exists()
        .where(
            CreditCasePlacement.credit_case_id == CreditCase.id,
            CreditCasePlacement.moved_at.is_(None),
            Placement.id == CreditCasePlacement.placement_id,
            Placement.state != PlacementState.CANCELLED,
            condition,
        )
        .correlate(CreditCase)
    )


def unsettled(session: Session, query: Select[CreditCase]) -> list[inputs.Facts]:
    """Those of ``query`` whose stored state is not what the evidence says."""
    cases = session.scalars(query.options(*queries.PAGE_NEEDS).limit(BATCH)).all()
    dropped = _dropped(session, cases)
    return [
        facts
        for facts in inputs.load(session, cases).values()
        if readiness.wanted_state(facts, dropped=facts.case.id in dropped) != facts.case.state
    ]


def settle_all(session: Session, query: Select[CreditCase]) -> int:
    """Lock and move them, each from what it is once nobody else holds it."""
    found = unsettled(session, query)
    return sum(settle_case(session, facts.case) for facts in found)


def settle_case(session: Session, case: CreditCase) -> bool:
    queries.lock(session, case)
    facts = inputs.load_one(session, case)
    return readiness.settle(session, facts, dropped=queries.is_dropped(session, case))


def sweep(session: Session) -> int:
    """What no reaction told of: hours confirmed, evidence handed in, a drop in the roster."""
    unconfirmed = and_(
        ~exists().where(HoursConfirmation.placement_id == Placement.id),
        ~exists().where(HoursRuling.placement_id == Placement.id),
    )
    nearly_ready = and_(
        CreditCase.state == CaseState.OPEN,
        ~_has(Placement.state.in_(AT_WORK)),
        ~_has(unconfirmed),
    )
    moved, last = 0, 0
    query = select(CreditCase.id).where(or_(nearly_ready, _membership_changed()))
    while ids := session.scalars(
        query.where(CreditCase.id > last).order_by(CreditCase.id).limit(BATCH)
    ).all():
        moved += settle_all(session, select(CreditCase).where(CreditCase.id.in_(ids)))
        last = ids[-1]
    return moved


def when_placement_moves(session: Session, placement: Placement, _actor: Actor) -> None:
    case = case_of(session, placement)
    if case is not None:
        settle_case(session, case)


def when_evaluation_comes(session: Session, evaluation: Evaluation, actor: Actor) -> None:
    """What is still nobody's goes to somebody now: the evaluation is there to be read."""
    case = case_of(session, evaluation.placement)
    if case is not None:
        assigning.route(session, case)
    when_placement_moves(session, evaluation.placement, actor)


def _dropped(session: Session, cases: Sequence[CreditCase]) -> set[int]:
    rows = session.execute(
        select(CreditCase.id)
        .join(
            CourseMember,
            and_(
                CourseMember.course_id == CreditCase.course_id,
                CourseMember.person_id == CreditCase.person_id,
            ),
        )
        .where(
            CreditCase.id.in_([case.id for case in cases]),
            CourseMember.dropped_at.is_not(None),
        )
    )
    return {row[0] for row in rows}
