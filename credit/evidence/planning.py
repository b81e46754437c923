"""What is to be handed in and by when: as the agreement in force says, moved with its dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, states
from careerlink.people.actors import Actor, system
from careerlink.placements.changes import Schedule
from careerlink.placements.models import UNFINISHED, Placement
from credit.agreements import queries as agreements
from credit.agreements.models import AgreedDeliverable, AgreementState, LearningAgreement
from credit.evidence import questions
from credit.evidence.models import Deliverable, DeliverableState, Milestone
from credit.evidence.workflow import ACCEPTED, DELIVERABLE

PROMISED = "promised"
"""Lineage of what the listing promises, where an agreement names nothing to hand in."""
SETTLED = (*ACCEPTED, DeliverableState.NO_LONGER_AGREED)
BATCH = 100


@dataclass(frozen=True)
class Due:
    lineage: str
    title: str
    on: date | None
    is_required: bool = True
    is_final: bool = False


def when_in_force(session: Session, agreement: LearningAgreement, _actor: Actor) -> None:
    """Reaction to the last signature, and to an amendment's."""
    follow(session, agreement.placement, agreement)


def follow(session: Session, placement: Placement, agreement: LearningAgreement) -> None:
    """Bring the deliverables and milestones of a placement to what the agreement asks for.

    A date that an amendment left as it was stays where an extension has moved it.
    """
    actor = system(placement.institution_id)
    wanted = _wanted(placement, agreement)
    former = _former_dates(session, agreement)
    known = {one.lineage: one for one in agreed_upon(session, placement)}
    last = final_of(wanted, placement.ends_on)
    for position, due in enumerate(wanted, 1):
        found = known.pop(due.lineage, None) or _plan(
            session, placement, due, rounds=agreement.rework_rounds, actor=actor
        )
        _take_in(session, found, actor=actor)
        found.is_required = due.is_required
        found.title, found.position = due.title, position
        found.is_final = due is last
        if former.get(due.lineage, ...) != due.on:
            found.due_on = due.on
    for gone in known.values():
        _let_go(session, gone, actor=actor)
    _follow_milestones(session, placement, wanted, former)
    session.flush()


def agreed_upon(
    session: Session, placement: Placement, *, to_change: bool = True
) -> Sequence[Deliverable]:
    query = (
        select(Deliverable)
        .where(Deliverable.placement_id == placement.id, Deliverable.lineage.is_not(None))
        .order_by(Deliverable.position, Deliverable.id)
    )
    if to_change:
        query = query.with_for_update()
    return session.scalars(query).all()


def when_rescheduled(
    session: Session, placement: Placement, before: Schedule, _actor: Actor
) -> None:
    """Dates still to come move with the end, unless an amendment named others.

    What is handed in may still come back for rework, so its date and milestone move as well.
    """
    by = placement.ends_on - before.ends_on
    today = clock.today(placement.institution.time_zone)
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    if not by or agreement is None:
        return
    former = _former_dates(session, agreement)
    named = {
        one.lineage
        for one in agreement.deliverables
        if former and former.get(one.lineage, ...) != one.due_on
    }
    moving = [
        one
        for one in agreed_upon(session, placement)
        if one.state not in SETTLED and one.lineage not in named
    ]
    lineages = {one.lineage for one in moving}
    days = [one for one in milestones_of(session, placement) if one.lineage in lineages]
    every: Sequence[Deliverable | Milestone] = [*moving, *days]
    for dated in every:
        if dated.due_on is not None and dated.due_on > today:
            dated.due_on = min(dated.due_on + by, placement.ends_on)
    session.flush()


def milestones_of(session: Session, placement: Placement) -> Sequence[Milestone]:
    return session.scalars(
        select(Milestone)
        .where(Milestone.placement_id == placement.id)
        .order_by(Milestone.due_on, Milestone.id)
    ).all()


def plan_missing(session: Session) -> int:
    """Sweep: agreements that came into force before deliverables were kept."""
    planned = exists().where(
        Deliverable.placement_id == LearningAgreement.placement_id,
        Deliverable.lineage.is_not(None),
    )
    found = session.scalars(
        select(LearningAgreement)
        .join(LearningAgreement.placement)
        .where(
            LearningAgreement.state == AgreementState.IN_FORCE,
            Placement.state.in_(UNFINISHED),
            ~planned,
        )
        .options(joinedload(LearningAgreement.placement))
        .limit(BATCH)
    ).all()
    for agreement in found:
        follow(session, agreement.placement, agreement)
    return len(found)


def _wanted(placement: Placement, agreement: LearningAgreement) -> list[Due]:
    named: Sequence[AgreedDeliverable] = agreement.deliverables
    promised = placement.deliverable or placement.title
    if named:
        return [
            Due(one.lineage, one.title, one.due_on, one.is_required, one.is_final)
            for one in named
        ]
    return [Due(PROMISED, promised.rstrip(". "), placement.ends_on)]


def _former_dates(session: Session, agreement: LearningAgreement) -> Mapping[str, date | None]:
    """By lineage, what the version in force before this one said."""
    before = session.scalar(
        select(LearningAgreement.id)
        .where(
            LearningAgreement.placement_id == agreement.placement_id,
            LearningAgreement.number < agreement.number,
            LearningAgreement.in_force_at.is_not(None),
        )
        .order_by(LearningAgreement.number.desc())
        .limit(1)
    )
    rows = session.execute(
        select(AgreedDeliverable.lineage, AgreedDeliverable.due_on).where(
            AgreedDeliverable.agreement_id == before
        )
    )
    return {row[0]: row[1] for row in rows}


def final_of(wanted: Sequence[Due], ends_on: date) -> Due:
    """The piece named as final, else the required one that is due last."""
    for one in wanted:
        if one.is_final:
            return one
    required = [one for one in wanted if one.is_required] or wanted
    return sorted(required, key=lambda one: one.on or ends_on)[-1]


def _plan(
    session: Session, placement: Placement, due: Due, *, rounds: int | None, actor: Actor
) -> Deliverable:
    if rounds is None:
        rounds = questions.of_course(session, placement.course_id).rework_rounds
    made = Deliverable(
        placement_id=placement.id,
        placement=placement,
        lineage=due.lineage,
        title=due.title,
        due_on=due.on,
        is_required=due.is_required,
        state=DeliverableState.AWAITED,
        state_since=clock.now(),
        rounds=0,
        most_rounds=rounds,
    )
    session.add(made)
    session.flush()
    audit.record(session, "deliverable:plan", made, actor=actor, due_on=str(due.on))
    return made


def _take_in(session: Session, one: Deliverable, *, actor: Actor) -> None:
    if one.state == DeliverableState.NO_LONGER_AGREED:
        states.move(session, one, DeliverableState.AWAITED, DELIVERABLE, actor=actor)


def _let_go(session: Session, one: Deliverable, *, actor: Actor) -> None:
    """What was handed in stays and may still be accepted; nothing waits for it any more."""
    one.is_required, one.is_final = False, False
    if one.state == DeliverableState.AWAITED:
        states.move(session, one, DeliverableState.NO_LONGER_AGREED, DELIVERABLE, actor=actor)


def _follow_milestones(
    session: Session,
    placement: Placement,
    wanted: Sequence[Due],
    former: Mapping[str, date | None],
) -> None:
    known = {one.lineage: one for one in milestones_of(session, placement)}
    for due in wanted:
        if due.on is None:
            continue
        milestone = known.pop(due.lineage, None)
        if milestone is None:
            milestone = Milestone(
                placement_id=placement.id, lineage=due.lineage, title="", due_on=due.on
            )
            session.add(milestone)
        milestone.title = due.title
        if former.get(due.lineage, ...) != due.on:
            milestone.due_on = due.on
    for gone in known.values():
        if gone.reached_at is None:
            session.delete(gone)
