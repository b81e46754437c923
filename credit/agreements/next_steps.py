"""What a plan asks of whoever looks: the student, the instructor, the people of the company."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session, joinedload

from careerlink.people.actors import Actor
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from careerlink.registry import NextStep, SupervisorTask
from credit import addresses
from credit.agreements import queries, signatures
from credit.agreements.models import AgreementState, LearningAgreement

MOST = 50


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
    if len(waiting) > 1:
        return [_all_of(waiting)]
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


def _all_of(waiting: Sequence[LearningAgreement]) -> NextStep:
    course = waiting[0].placement.course
    return NextStep(
        title=f"approve {len(waiting)} learning agreements",
        url=url_for("agreement_lists.listed", course_id=course.public_id),
        action="Open the list",
        why="Students and supervisors have signed them.",
        urgency=45,
    )


def supervisor_tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    agreement = queries.latest(session, placement)
    if agreement is None or agreement.state == AgreementState.DRAFT:
        return []
    party = signatures.party_of(session, agreement, actor)
    is_done = (
        agreement.state != AgreementState.AWAITING_SUPERVISOR
        or party not in signatures.missing_of_company(session, agreement)
    )
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
