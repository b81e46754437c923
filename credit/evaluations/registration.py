"""What evaluations bring: pages, the supervisor's task, panels, next steps and the request."""

from flask import url_for
from sqlalchemy.orm import Session, joinedload

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import NextStep, Panel, Registry, SupervisorTask
from careerlink.tokens import AccessLink
from credit import addresses
from credit.evaluations import (
    addenda,
    carrying,
    chasing_views,
    desk_views,
    due_today,
    ladder,
    link_views,
    moving,
    note_reminding,
    note_views,
    operations,
    page,
    plan_views,
    queries,
    release,
    requesting,
    views,
)
from credit.evaluations.models import Author, Evaluation, EvaluationKind, EvaluationState

MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints += [
        views.bp,
        link_views.bp,
        desk_views.bp,
        note_views.bp,
        plan_views.bp,
        chasing_views.bp,
    ]
    registry.tabs.append(chasing_views.tabs)
    registry.next_steps += [next_steps, addenda.next_steps]
    registry.set_up_pages.append(plan_views.set_up_pages)
    registry.placement_panels.append(panels)
    registry.supervisor_tasks.append(supervisor_tasks)
    registry.histories["evaluation"] = history
    registry.file_readers.append(queries.reads_file)
    registry.carry_overs.append(carrying.EVALUATIONS)
    registry.link_guests.append(guests)
    registry.schedule_changes.append(moving.when_rescheduled)
    registry.hand_overs.append(moving.when_handed_over)
    registry.sweeps += [due_today.sweep, moving.let_former_go]
    for verb in ("complete", "end_early"):
        registry.reaction("placement", verb, when_over)
    for verb in ("approve", "deny", "leave_incomplete"):
        registry.reaction("credit_case", verb, release.when_decided)
    ladder.register(registry)
    note_reminding.register(registry)


def when_over(session: Session, placement: Placement, actor: Actor) -> None:
    requesting.request_final(session, placement, actor)


def guests(session: Session, link: AccessLink, placement: Placement) -> list[str]:
    """A former supervisor who is asked about their own dates opens that, and nothing else."""
    own = queries.of_author(session, placement, EvaluationKind.FINAL, link.contact_id)
    return ["evaluations_by_link"] if own is not None and own.covers_until else []


def history(session: Session, actor: Actor, public_id: str) -> Evaluation | None:
    return session.scalar(queries.visible_to(actor).where(Evaluation.public_id == public_id))


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.is_student(course_id):
        return []
    if actor.standing(course_id).read_only:
        return []
    own = session.scalars(
        queries.visible_to(actor)
        .join(Evaluation.placement)
        .where(
            Placement.course_id == course_id,
            Placement.person_id == actor.person_id,
            Evaluation.author == Author.STUDENT,
            Evaluation.state.in_(queries.OPEN),
        )
        .options(joinedload(Evaluation.placement).joinedload(Placement.course))
        .order_by(Evaluation.due_at)
        .limit(MOST)
    ).all()
    return [
        NextStep(
            title=f"evaluate your own work in “{evaluation.placement.title}”",
            url=addresses.of(evaluation.placement, "evaluation"),
            action="Write self-evaluation",
            why="The same questions as the supervisor’s; you read theirs once yours is in.",
            urgency=42,
        )
        for evaluation in own
    ]


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    lines = page.lines(session, placement, actor=actor)
    if not lines:
        return []
    return [
        Panel(
            title="Evaluation",
            template="credit/evaluations/panel.html",
            values={
                "evaluation_lines": lines,
                "evaluation_url": addresses.of(placement, "evaluation"),
            },
            position=40,
            is_side=True,
        )
    ]


def supervisor_tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    evaluation = operations.now_of(session, placement, actor=actor)
    if not operations.may_begin(placement, evaluation):
        return []
    is_sent = evaluation is not None and evaluation.state == EvaluationState.SUBMITTED
    name = addresses.first_name(placement)
    return [
        SupervisorTask(
            title="your evaluation is sent" if is_sent else f"say what you saw {name} do",
            text="What you answered, and what happens next."
            if is_sent
            else _how_long(evaluation),
            url=url_for("evaluations_by_link.show", token=token),
            action="Open the receipt" if is_sent else "Start the evaluation",
            is_done=is_sent,
        )
    ]


def _how_long(evaluation: Evaluation | None) -> str:
    if evaluation is not None and evaluation.kind == EvaluationKind.MIDPOINT:
        return "Three short steps, about two minutes, saved as you go."
    return "Four short steps, about five minutes, saved as you go."
