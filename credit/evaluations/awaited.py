"""The evaluations that wait for an answer now, as the reminders ask for them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.institutions.models import Institution
from careerlink.placements.models import Placement, PlacementState, Supervision
from careerlink.reminders.ladders import waiting
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.decided import CLOSED
from credit.evaluations import queries
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationState,
)

WAITED_FOR = (
    PlacementState.ACTIVE,
    PlacementState.WORK_COMPLETED,
    PlacementState.ENDED_EARLY,
)


def final() -> Select[Any]:
    """By placement, so that the heads-up may come before the request is written down."""
    theirs = and_(
        Evaluation.placement_id == Placement.id,
        Evaluation.contact_id == Supervision.contact_id,
        Evaluation.kind == EvaluationKind.FINAL,
        Evaluation.covers_until.is_(None),
        Evaluation.state != EvaluationState.LAPSED,
    )
    asked = exists().where(
        Evaluation.placement_id == Placement.id,
        Evaluation.kind == EvaluationKind.FINAL,
        Evaluation.author == Author.STUDENT,
    )
    is_ahead = and_(
        Evaluation.id.is_(None),
        Placement.state == PlacementState.ACTIVE,
        ~asked.correlate(Placement),
    )
    return (
        select(
            *waiting(
                subject_id=Placement.id,
                placement_id=Placement.id,
                anchor=func.coalesce(Evaluation.anchor_on, Placement.ends_on),
                contact_id=Supervision.contact_id,
                begun=Supervision.began_at,
            )
        )
        .select_from(Placement)
        .join(
            Supervision,
            and_(Supervision.placement_id == Placement.id, Supervision.ended_at.is_(None)),
        )
        .outerjoin(Evaluation, theirs)
        .where(
            Placement.state.in_(WAITED_FOR),
            or_(is_ahead, Evaluation.state.in_(queries.OPEN)),
            ~_is_decided(),
        )
    )


def _is_decided() -> Any:
    """Nothing is asked for credit that was decided, or that nobody asks for after a drop."""
    return (
        exists()
        .where(
            CreditCasePlacement.placement_id == Placement.id,
            CreditCasePlacement.moved_at.is_(None),
            CreditCase.id == CreditCasePlacement.credit_case_id,
            or_(
                CreditCase.state.in_((*CLOSED, CaseState.DROPPED)),
                CreditCasePlacement.decided_without_at.is_not(None),
                CreditCasePlacement.left_out_at.is_not(None),
            ),
        )
        .correlate(Placement)
    )


def instructors_wait(session: Session, placement_ids: Collection[int]) -> dict[int, str]:
    """Where the instructor gives the supervisor more time; other choices end the waiting."""
    rows = session.execute(
        select(CreditCasePlacement.placement_id, CreditCase.waits_until, Institution.time_zone)
        .join(CreditCase, CreditCase.id == CreditCasePlacement.credit_case_id)
        .join(Institution, Institution.id == CreditCase.institution_id)
        .where(
            CreditCasePlacement.placement_id.in_(placement_ids),
            CreditCasePlacement.moved_at.is_(None),
            CreditCase.waits_until.is_not(None),
        )
    )
    return {
        placement_id: f"The instructor waits until {until:%a} {until.day} {until:%b}."
        for placement_id, until, zone in rows
        if until is not None and until >= clock.today(zone)
    }


def _asked(*conditions: Any) -> Select[Any]:
    return (
        select(
            *waiting(
                subject_id=Evaluation.id,
                placement_id=Evaluation.placement_id,
                anchor=func.coalesce(Evaluation.anchor_on, func.date(Evaluation.requested_at)),
                contact_id=Evaluation.contact_id,
            )
        )
        .join(Evaluation.placement)
        .where(
            Evaluation.state.in_(queries.OPEN),
            Placement.state.in_(WAITED_FOR),
            *conditions,
            ~_is_decided(),
        )
    )


def midpoint() -> Select[Any]:
    return _asked(
        Evaluation.kind == EvaluationKind.MIDPOINT, Evaluation.author == Author.SUPERVISOR
    )


def own_dates() -> Select[Any]:
    return _asked(Evaluation.kind == EvaluationKind.FINAL, Evaluation.covers_until.is_not(None))


def own() -> Select[Any]:
    return _asked(Evaluation.author == Author.STUDENT)
