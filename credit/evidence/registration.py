"""What this feature brings to the whole."""

from datetime import timedelta

from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import NextStep, Panel, Registry, Waiting
from credit import addresses
from credit.agreements.models import AgreementState
from credit.agreements.workflow import WORKFLOW as AGREEMENT
from credit.evidence import (
    ladder,
    link_views,
    objective_views,
    page,
    planning,
    progress,
    queries,
    question_views,
    questions,
    reflection_views,
    rules,
    settling_views,
    views,
)
from credit.evidence.models import (
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    EvidenceKind,
)
from credit.hours.days import day_words
from credit.hours.plan import policy_of

SOON = timedelta(days=7)
SHOWN = (EvidenceKind.FILE, EvidenceKind.LINK, EvidenceKind.ATTESTED)
IN_FORCE = AgreementState.IN_FORCE
MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, reflection_views.bp, settling_views.bp, link_views.bp]
    registry.blueprints += [objective_views.bp, question_views.bp]
    registry.supervisor_tasks.append(link_views.tasks)
    registry.placement_panels.append(panels)
    registry.next_steps.append(next_steps)
    registry.attention.append(waiting)
    registry.file_readers.append(queries.reads_file)
    registry.histories["deliverable_version"] = history
    registry.schedule_changes.append(planning.when_rescheduled)
    registry.carry_overs.append(questions.CARRY_OVER)
    registry.set_up_pages.append(question_views.set_up_pages)
    registry.sweeps.append(planning.plan_missing)
    registry.ladders[ladder.LADDER.key] = ladder.LADDER
    for verb in {edge.verb for (_, to), edge in AGREEMENT.items() if to == IN_FORCE}:
        registry.reaction("learning_agreement", verb, planning.when_in_force)


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    if placement.state == PlacementState.CANCELLED:
        return []
    lines = progress.board(session, placement, actor=actor)
    found = [
        Panel(
            "Objectives",
            "credit/progress/panel.html",
            {
                "lines": lines,
                "is_own": rules.is_own(actor, placement),
                "objectives_url": addresses.of(placement, "objectives"),
                "most_minutes": max((line.minutes for line in lines), default=0),
                "new_url": addresses.of(placement, "evidence/new"),
                "may_hand_in": not rules.why_not_open(session, actor, placement),
            },
            position=20,
        )
    ]
    if placement.state != PlacementState.PLANNED:
        values = page.values(session, placement, actor=actor)
        found.append(Panel("Evidence", "credit/evidence/panel.html", values, position=30))
    return found


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """From a week before the end: the deliverable, then the reflection if the policy asks."""
    if course_id is None or not actor.is_student(course_id):
        return []
    if actor.standing(course_id).read_only:
        return []
    found = [
        placement
        for placement in placements.placements_of(session, actor, course_id)
        if placement.state in rules.WRITING
    ]
    ids = [placement.id for placement in found]
    kinds = queries.kinds_of(session, ids)
    due = queries.due_of(session, ids)
    return [
        step
        for placement in found
        for step in _steps(
            session, placement, kinds.get(placement.id, set()), due.get(placement.id, [])
        )
        if not rules.why_not_open(session, actor, placement)
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """More rework than was agreed: the supervisor has asked the office to help."""
    found = session.scalars(
        queries.deliverables_visible_to(actor)
        .where(Deliverable.state == DeliverableState.WITH_OFFICE)
        .options(
            joinedload(Deliverable.placement).joinedload(Placement.person),
            joinedload(Deliverable.placement).joinedload(Placement.course),
        )
        .order_by(Deliverable.state_since, Deliverable.id)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Yours",
            title=f"Rework beyond what was agreed: {one.placement.person.label}",
            text=f"“{one.title}” in “{one.placement.title}”",
            since=one.state_since,
            url=addresses.of(one.placement, f"evidence/{one.public_id}/settle"),
            action="Settle it",
            why="The agreed rounds of rework are used up, and the supervisor asks for more.",
            is_late=True,
        )
        for one in found
    ]


def history(session: Session, actor: Actor, public_id: str) -> DeliverableVersion | None:
    return session.scalar(
        queries.visible_to(actor).where(DeliverableVersion.public_id == public_id)
    )


def _steps(
    session: Session,
    placement: Placement,
    kinds: set[EvidenceKind],
    due: list[Deliverable],
) -> list[NextStep]:
    """What came back first, then what is due within a week, then the reflection."""
    for one in due:
        if one.state == DeliverableState.REWORK_ASKED:
            return [_rework(placement, one)]
    today = clock.today(placement.institution.time_zone)
    is_done = placement.state == PlacementState.WORK_COMPLETED
    for one in due:
        if is_done or today >= (one.due_on or placement.ends_on) - SOON:
            return [_hand_in(placement, one)]
    if not is_done and today < placement.ends_on - SOON:
        return []
    if not due and not kinds.intersection(SHOWN):
        return [_hand_in(placement, None)]
    wants = policy_of(session, placement).reflection_required
    return [_reflect(placement)] if wants and EvidenceKind.REFLECTION not in kinds else []


def _rework(placement: Placement, one: Deliverable) -> NextStep:
    return NextStep(
        title=f"answer what was said about “{one.title}”",
        url=addresses.of(placement, "evidence"),
        action="Read what should change",
        why=f"{placement.title}: your supervisor asks for a newer version.",
        urgency=25,
    )


def _hand_in(placement: Placement, one: Deliverable | None) -> NextStep:
    late = rules.is_late(placement, one.due_on if one else None)
    last_day = (one.due_on if one else None) or placement.ends_on
    part = f"evidence/{one.public_id}/new-version" if one else "evidence/new"
    what = one.title if one else placement.deliverable
    return NextStep(
        title=f"hand in “{one.title}”" if one else "hand in your deliverable",
        url=addresses.of(placement, part),
        action="Hand it in",
        why=f"{placement.title}: the last day has passed; it is marked late."
        if late
        else f"{placement.title}: {what}. The last day is {day_words(last_day)}.",
        urgency=20 if late else 35,
    )


def _reflect(placement: Placement) -> NextStep:
    return NextStep(
        title="write your reflection",
        url=addresses.of(placement, "evidence/reflection"),
        action="Write it",
        why=f"{placement.title}: the credit policy asks for one.",
        urgency=45,
    )
