"""What learning agreements bring: pages, next steps, guards and their history."""

from flask import url_for
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import NextStep, Panel, Registry, SupervisorTask, Waiting
from credit import addresses
from credit.agreements import decision_views, link_views, operations, page, queries, views
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.notifications import REMIND_AFTER

MOST = 50

__all__ = ["decision_views", "register"]


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, link_views.bp]
    registry.next_steps += [student_steps, instructor_steps]
    registry.placement_panels.append(panels)
    registry.supervisor_tasks.append(supervisor_tasks)
    registry.attention.append(waiting)
    registry.histories["learning_agreement"] = history
    registry.guard("learning_agreement", "sign", operations.supervisor_can_be_asked)
    registry.guard("learning_agreement", "approve", operations.all_have_signed)
    registry.guard("placement", "start", agreement_is_in_force)


def agreement_is_in_force(session: Session, placement: Placement) -> list[str]:
    if placement.id in queries.in_force(session, [placement.id]):
        return []
    return ["a learning agreement in force"]


def history(session: Session, actor: Actor, public_id: str) -> LearningAgreement | None:
    """Drafts are read by the student alone, so is their trail."""
    agreement = session.scalar(
        queries.visible_to(actor).where(LearningAgreement.public_id == public_id)
    )
    if agreement is None or page.hides_draft(agreement, actor, agreement.placement):
        return None
    return agreement


def student_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.is_student(course_id):
        return []
    if actor.standing(course_id).read_only:
        return []
    planned = session.scalars(
        placements.visible_to(actor)
        .where(
            Placement.course_id == course_id,
            Placement.person_id == actor.person_id,
            Placement.state == PlacementState.PLANNED,
        )
        .options(joinedload(Placement.course))
        .order_by(Placement.starts_on)
        .limit(MOST)
    ).all()
    latest = queries.latest_of(session, [placement.id for placement in planned])
    steps = (_student_step(placement, latest.get(placement.id)) for placement in planned)
    return [step for step in steps if step is not None]


def _student_step(placement: Placement, agreement: LearningAgreement | None) -> NextStep | None:
    url = addresses.of(placement, "agreement")
    if agreement is None:
        title, why = (
            "write the learning agreement",
            "Work counts once the agreement is in force.",
        )
    elif agreement.state == AgreementState.DRAFT and agreement.returned_reason:
        title, why = "answer the comments on your agreement", "It came back with a comment."
    elif agreement.state == AgreementState.DRAFT:
        title, why = "finish and sign the learning agreement", "Your draft is saved."
    elif agreement.state == AgreementState.REFUSED:
        title, why = "read why your agreement was refused", "You can write another one."
    else:
        return None
    return NextStep(
        title=f"{title} for “{placement.title}”",
        url=url,
        action="Open agreement",
        why=why,
        urgency=40,
    )


def instructor_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.may_decide(course_id):
        return []
    waiting = session.scalars(
        queries.visible_to(actor)
        .join(LearningAgreement.placement)
        .where(
            Placement.course_id == course_id,
            LearningAgreement.state == AgreementState.AWAITING_INSTRUCTOR,
        )
        .options(
            joinedload(LearningAgreement.placement).joinedload(Placement.person),
            joinedload(LearningAgreement.placement).joinedload(Placement.course),
        )
        .order_by(LearningAgreement.state_since)
        .limit(MOST)
    ).all()
    return [
        NextStep(
            title=f"approve the agreement of {agreement.placement.person.label}",
            url=addresses.of(agreement.placement, "agreement"),
            action="Read agreement",
            why=f"“{agreement.placement.title}”: student and supervisor have signed.",
            urgency=45,
        )
        for agreement in waiting
    ]


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    agreement = queries.latest(session, placement)
    who, move = page.move_of(agreement, actor, placement)
    return [
        Panel(
            title="Learning agreement",
            template="credit/agreements/panel.html",
            values={
                "agreement": agreement,
                "signers": page.signers(session, agreement) if agreement else [],
                "agreement_who": who,
                "agreement_move": move,
                "agreement_url": addresses.of(placement, "agreement"),
            },
            position=20,
            is_side=True,
        )
    ]


def supervisor_tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    agreement = queries.latest(session, placement)
    if agreement is None or agreement.state == AgreementState.DRAFT:
        return []
    is_done = agreement.state != AgreementState.AWAITING_SUPERVISOR
    return [
        SupervisorTask(
            title="the plan is signed" if is_done else "read the plan and sign it",
            text="What was agreed, and who signed when."
            if is_done
            else "Objectives, hours and dates on one page. You can also ask a question.",
            url=url_for("agreements_by_link.show", token=token),
            action="Read the plan" if is_done else "Read and sign",
            is_done=is_done,
        )
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Plans that nobody has answered for some days."""
    groups = {
        AgreementState.AWAITING_SUPERVISOR: "Partners and supervisors",
        AgreementState.AWAITING_INSTRUCTOR: "Instructors",
    }
    since = clock.now() - REMIND_AFTER
    late = session.scalars(
        queries.visible_to(actor)
        .where(LearningAgreement.state.in_(groups), LearningAgreement.state_since < since)
        .options(
            joinedload(LearningAgreement.placement).joinedload(Placement.person),
            joinedload(LearningAgreement.placement).joinedload(Placement.course),
        )
        .order_by(LearningAgreement.state_since)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group=groups[agreement.state],
            title=f"Agreement of {agreement.placement.person.label}",
            text=f"“{agreement.placement.title}”",
            since=agreement.state_since,
            url=addresses.of(agreement.placement, "agreement"),
            action="Open agreement",
            why="Agreements that wait for a signature longer than five days are listed here.",
            is_late=True,
        )
        for agreement in late
    ]
