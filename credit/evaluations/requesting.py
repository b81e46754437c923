"""Requesting evaluations: at the half, and once at the end, whatever tells of the end first."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.placements.models import Placement, PlacementState
from credit.agreements import queries as agreements
from credit.evaluations import dates, plan, queries
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationPlan,
    EvaluationState,
)
from credit.evaluations.workflow import WORKFLOW

REPLACED = "The final evaluation took its place."
OVER = (
    PlacementState.WORK_COMPLETED,
    PlacementState.CLOSED,
    PlacementState.ENDED_EARLY,
)


def request_final(session: Session, placement: Placement, actor: Actor) -> int:
    """Ask whoever supervises now, and the student; those asked before are not asked again."""
    # Two triggers at once: the second waits, and finds what the first one asked.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    asked = _request(session, placement, EvaluationKind.FINAL, actor=actor)
    if asked:
        _let_midpoints_go(session, placement)
    return asked


def request_midpoint(session: Session, placement: Placement, actor: Actor) -> int:
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    return _request(session, placement, EvaluationKind.MIDPOINT, actor=actor)


def _request(
    session: Session, placement: Placement, kind: EvaluationKind, *, actor: Actor
) -> int:
    asked = 0
    for contact in agreements.supervisors(session, placement.id):
        if queries.of_author(session, placement, kind, contact.id) is None:
            begin(session, placement, kind, contact, actor=actor)
            asked += 1
    if queries.of_author(session, placement, kind, None) is None:
        begin(session, placement, kind, None, actor=actor)
        asked += 1
    return asked


def _let_midpoints_go(session: Session, placement: Placement) -> None:
    """Whoever is asked about the whole is not asked about its half any more."""
    for evaluation in session.scalars(
        select(Evaluation).where(
            Evaluation.placement_id == placement.id,
            Evaluation.kind == EvaluationKind.MIDPOINT,
            Evaluation.state.in_((EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS)),
        )
    ):
        states.move(
            session,
            evaluation,
            EvaluationState.LAPSED,
            WORKFLOW,
            actor=system(placement.institution_id),
            reason=REPLACED,
            lapsed_reason=REPLACED,
        )


def begin(
    session: Session,
    placement: Placement,
    kind: EvaluationKind,
    contact: PartnerContact | None,
    *,
    actor: Actor,
    covers: tuple[date | None, date | None] | None = None,
) -> Evaluation:
    """Write the request down; ``covers`` only where the dates are not the usual ones."""
    now = clock.now()
    since, until = covers or (first_day_of(session, placement, kind, contact), None)
    chosen = plan_of(session, placement.course_id)
    evaluation = Evaluation(
        placement=placement,
        kind=kind,
        author=Author.STUDENT if contact is None else Author.SUPERVISOR,
        contact=contact,
        contact_id=contact.id if contact is not None else None,
        state=EvaluationState.REQUESTED,
        state_since=now,
        requested_at=now,
        due_at=dates.due_of(placement, now),
        anchor_on=_anchor(placement, kind),
        release_at=now + timedelta(days=chosen.release_days),
        covers_from=since,
        covers_until=until,
        is_short=plan.length_of(placement.planned_minutes).is_short,
        draft={},
    )
    session.add(evaluation)
    session.flush()
    audit.record(
        session,
        "evaluation:request",
        evaluation,
        actor=actor,
        contact=evaluation.contact_id,
        kind=kind.value,
    )
    return evaluation


def plan_of(session: Session, course_id: int) -> EvaluationPlan:
    """What the course chose, or the defaults, not yet stored."""
    found = session.scalar(select(EvaluationPlan).where(EvaluationPlan.course_id == course_id))
    return found or EvaluationPlan(
        course_id=course_id,
        midpoint_from_minutes=plan.ALWAYS_FROM,
        release_days=plan.RELEASE_DAYS,
    )


def _anchor(placement: Placement, kind: EvaluationKind) -> date:
    """Work that is over ended on the day it was said to be, not on the agreed one."""
    agreed = dates.anchor_of(placement, kind)
    today = clock.today(placement.institution.time_zone)
    return min(agreed, today) if placement.state in OVER else agreed


def first_day_of(
    session: Session,
    placement: Placement,
    kind: EvaluationKind,
    contact: PartnerContact | None,
) -> date | None:
    """The day after those that a former supervisor is asked about; ``None`` for all days."""
    if contact is None or kind != EvaluationKind.FINAL:
        return None
    until = session.scalar(
        select(func.max(Evaluation.covers_until)).where(
            Evaluation.placement_id == placement.id,
            Evaluation.kind == kind,
            Evaluation.contact_id != contact.id,
            Evaluation.state != EvaluationState.LAPSED,
        )
    )
    return until + timedelta(days=1) if until is not None else None
