"""Evaluations follow a placement: its new dates, and who supervises from now on."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.placements.changes import HandOver, Schedule
from careerlink.placements.models import Placement, PlacementState, Supervision
from credit.evaluations import dates, plan, queries, requesting
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationState,
)
from credit.evaluations.requesting import OVER
from credit.evaluations.workflow import WORKFLOW

WENT_OVER = "Somebody else supervises now, and what was written so far went to them."
TAKEN_OVER = "Somebody else supervises now and is asked instead."
TOO_LONG = "The former supervisor did not answer about their own dates in time."


def when_rescheduled(
    session: Session, placement: Placement, before: Schedule, actor: Actor
) -> None:
    """What was asked too early waits for the new day; drafts stay as they are.

    What was not asked yet needs no move: it is asked for by the dates of that day.
    """
    if placement.state in OVER:
        return
    for evaluation in _open_ones(session, placement):
        if evaluation.covers_until is None:
            _move(session, placement, evaluation, actor=actor)


def _move(
    session: Session, placement: Placement, evaluation: Evaluation, *, actor: Actor
) -> None:
    anchor = dates.anchor_of(placement, evaluation.kind)
    if evaluation.anchor_on is None or anchor <= evaluation.anchor_on:
        return
    later = anchor - evaluation.anchor_on
    due = dates.due_of(placement, dates.evening(anchor, placement))
    was = evaluation.due_at
    if was is None or due > was:
        evaluation.due_before, evaluation.due_at = was, due
    if evaluation.release_at is not None:
        evaluation.release_at += later
    evaluation.anchor_on = anchor
    if evaluation.state == EvaluationState.REQUESTED:
        evaluation.is_short = plan.length_of(placement.planned_minutes).is_short
    session.flush()
    audit.record(session, "evaluation:retime", evaluation, actor=actor, days=later.days)


def when_handed_over(session: Session, handed: HandOver, actor: Actor) -> None:
    """Each supervisor answers for their own dates; after the end the new one for all."""
    placement = handed.placement
    for ended in handed.ended:
        drafts = _let_go(session, placement, ended, handed, actor=actor)
        is_running = placement.state == PlacementState.ACTIVE
        if is_running and handed.asks_former and ended.contact.left_at is None:
            _ask_former(session, placement, ended, actor=actor)
        for kind, draft in drafts.items():
            _ask_new(session, placement, kind, handed, draft, actor=actor)


def _let_go(
    session: Session,
    placement: Placement,
    ended: Supervision,
    handed: HandOver,
    *,
    actor: Actor,
) -> dict[EvaluationKind, dict[str, object]]:
    """Close what the former supervisor was asked, and say which drafts the new one gets."""
    found: dict[EvaluationKind, dict[str, object]] = {}
    for evaluation in _open_ones(session, placement, ended.contact_id):
        passes = handed.passes_draft and bool(evaluation.draft)
        found[evaluation.kind] = dict(evaluation.draft) if passes else {}
        reason = WENT_OVER if passes else TAKEN_OVER
        states.move(
            session,
            evaluation,
            EvaluationState.LAPSED,
            WORKFLOW,
            actor=actor,
            reason=reason,
            lapsed_reason=reason,
        )
    return found


def _ask_former(
    session: Session, placement: Placement, ended: Supervision, *, actor: Actor
) -> None:
    until = _day(placement, ended.ended_at)
    if until < placement.starts_on:
        return
    sent = queries.of_author(session, placement, EvaluationKind.FINAL, ended.contact_id)
    if sent is None:
        evaluation = requesting.begin(
            session,
            placement,
            EvaluationKind.FINAL,
            ended.contact,
            actor=actor,
            covers=(
                requesting.first_day_of(
                    session, placement, EvaluationKind.FINAL, ended.contact
                ),
                until,
            ),
        )
        evaluation.anchor_on = until
        session.flush()


def _ask_new(
    session: Session,
    placement: Placement,
    kind: EvaluationKind,
    handed: HandOver,
    draft: dict[str, object],
    *,
    actor: Actor,
) -> None:
    contact: PartnerContact = handed.begun.contact
    if queries.of_author(session, placement, kind, contact.id) is None:
        evaluation = requesting.begin(session, placement, kind, contact, actor=actor)
        evaluation.draft = draft
        session.flush()


def _day(placement: Placement, moment: datetime | None) -> date:
    zone = ZoneInfo(placement.institution.time_zone)
    return (moment or clock.now()).astimezone(zone).date()


def _open_ones(
    session: Session, placement: Placement, contact_id: int | None = None
) -> list[Evaluation]:
    query = select(Evaluation).where(
        Evaluation.placement_id == placement.id, Evaluation.state.in_(queries.OPEN)
    )
    if contact_id is not None:
        query = query.where(Evaluation.contact_id == contact_id)
    return list(session.scalars(query))


def let_former_go(session: Session) -> int:
    """Sweep: a former supervisor is asked about their own dates for three weeks."""
    late = session.scalars(
        select(Evaluation)
        .where(
            Evaluation.author == Author.SUPERVISOR,
            Evaluation.covers_until.is_not(None),
            Evaluation.state.in_(queries.OPEN),
            Evaluation.requested_at < clock.now() - timedelta(days=plan.FORMER_DAYS),
        )
        .limit(200)
    ).all()
    for evaluation in late:
        states.move(
            session,
            evaluation,
            EvaluationState.LAPSED,
            WORKFLOW,
            actor=system(evaluation.placement.institution_id),
            reason=TOO_LONG,
            lapsed_reason=TOO_LONG,
        )
        _take_their_dates(session, evaluation)
    return len(late)


def _take_their_dates(session: Session, former: Evaluation) -> None:
    """Else nobody would be asked about those hours, and the student would lose them."""
    if former.covers_until is None:
        return
    for evaluation in _open_ones(session, former.placement):
        if evaluation.covers_from == former.covers_until + timedelta(days=1):
            evaluation.covers_from = former.covers_from
    session.flush()
