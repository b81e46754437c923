"""What evaluations bring: pages, the supervisor's task, panels, next steps and the request."""

from flask import url_for
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.registry import NextStep, Panel, Registry, SupervisorTask, Waiting
from credit import addresses
from credit.evaluations import asking, link_views, operations, page, queries, views
from credit.evaluations.models import Author, Evaluation, EvaluationState

MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, link_views.bp]
    registry.next_steps.append(next_steps)
    registry.placement_panels.append(panels)
    registry.supervisor_tasks.append(supervisor_tasks)
    registry.attention.append(waiting)
    registry.histories["evaluation"] = history
    registry.outbox_handlers[asking.KIND] = asking.deliver
    registry.reaction("placement", "complete", operations.request_all)


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
            Evaluation.state.in_(asking.OPEN),
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
    evaluation = queries.open_or_sent(session, placement, actor.contact_id)
    if not operations.may_begin(placement, evaluation):
        return []
    is_sent = evaluation is not None and evaluation.state == EvaluationState.SUBMITTED
    name = addresses.first_name(placement)
    return [
        SupervisorTask(
            title="your evaluation is sent" if is_sent else f"say what you saw {name} do",
            text="What you answered, and what happens next."
            if is_sent
            else "Four short steps, about five minutes, saved as you go.",
            url=url_for("evaluations_by_link.show", token=token),
            action="Open the receipt" if is_sent else "Start the evaluation",
            is_done=is_sent,
        )
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Supervisors who have not answered in time; late is better than never."""
    late = session.scalars(
        queries.visible_to(actor)
        .where(
            Evaluation.author == Author.SUPERVISOR,
            Evaluation.state.in_(asking.OPEN),
            Evaluation.due_at < clock.now(),
        )
        .options(
            joinedload(Evaluation.contact),
            joinedload(Evaluation.placement).joinedload(Placement.course),
            joinedload(Evaluation.placement).joinedload(Placement.person),
        )
        .order_by(Evaluation.due_at)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Partners and supervisors",
            title=f"Evaluation of {evaluation.placement.person.label}",
            text=f"{evaluation.contact.name} has not answered about "
            f"“{evaluation.placement.title}”.",
            since=evaluation.requested_at,
            url=addresses.of(evaluation.placement, "evaluation"),
            action="Open evaluation",
            why="Evaluations that are not there a week after the work was completed.",
            is_late=True,
        )
        for evaluation in late
        if evaluation.contact is not None
    ]
