"""Evaluations that come with time: at the half of a project, and on its agreed last day."""

from sqlalchemy import ColumnElement, Select, exists, extract, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.institutions.models import Term
from careerlink.people.actors import system
from careerlink.placements.models import Placement, PlacementState
from credit.evaluations import dates, plan, requesting
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationPlan,
)
from credit.hours.models import HoursEntry

BATCH = 200


def sweep(session: Session) -> int:
    return _finals(session) + _midpoints(session)


def _finals(session: Session) -> int:
    asked = 0
    for placement in session.scalars(_at_work(EvaluationKind.FINAL).limit(BATCH)):
        today = clock.today(placement.institution.time_zone)
        if dates.anchor_of(placement, EvaluationKind.FINAL) <= today:
            actor = system(placement.institution_id)
            asked += requesting.request_final(session, placement, actor)
    return asked


def _midpoints(session: Session) -> int:
    wanted = _at_work(EvaluationKind.MIDPOINT).where(
        Placement.planned_minutes > plan.SHORTEST_WITH_MIDPOINT,
        or_(_half_of_time(), _half_of_hours()),
        or_(Placement.planned_minutes >= plan.ALWAYS_FROM, _chosen()),
        ~_asked(EvaluationKind.FINAL),
    )
    return sum(
        requesting.request_midpoint(session, placement, system(placement.institution_id))
        for placement in session.scalars(wanted.limit(BATCH))
    )


def _at_work(kind: EvaluationKind) -> Select[Placement]:
    """Of active placements those that were never asked; it is the last day somewhere."""
    query = (
        select(Placement)
        .join(Placement.course)
        .where(
            Placement.state == PlacementState.ACTIVE,
            Course.concluded_at.is_(None),
            ~_asked(kind),
        )
        .options(
            joinedload(Placement.course).joinedload(Course.term),
            joinedload(Placement.institution),
        )
        .order_by(Placement.id)
    )
    if kind == EvaluationKind.FINAL:
        today = clock.today("UTC")
        over = or_(Placement.ends_on <= today, Term.ends_on <= today)
        query = query.outerjoin(Course.term).where(over)
    return query


def _asked(kind: EvaluationKind) -> ColumnElement[bool]:
    """A request that lapsed counts: nothing is asked again by itself."""
    return exists().where(
        Evaluation.placement_id == Placement.id,
        Evaluation.kind == kind,
        Evaluation.author == Author.STUDENT,
    )


def _half_of_time() -> ColumnElement[bool]:
    # Differences of dates have another type on each database; seconds have one on both.
    today = extract("epoch", func.date(clock.today("UTC").isoformat()))
    return extract("epoch", Placement.starts_on) + extract("epoch", Placement.ends_on) <= (
        2 * today
    )


def _half_of_hours() -> ColumnElement[bool]:
    logged = (
        select(func.coalesce(func.sum(HoursEntry.minutes), 0))
        .where(HoursEntry.placement_id == Placement.id, HoursEntry.removed_at.is_(None))
        .correlate(Placement)
        .scalar_subquery()
    )
    return logged * 2 >= Placement.planned_minutes


def _chosen() -> ColumnElement[bool]:
    return exists().where(
        EvaluationPlan.course_id == Placement.course_id,
        EvaluationPlan.midpoint_from_minutes <= Placement.planned_minutes,
    )
