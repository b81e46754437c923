"""What waits for whom besides decisions: awards to accept, moves to sign, late drops."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.enrollments.models import Enrollment
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Waiting
from credit.cases import acceptance, move_queries, queries
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.move_models import CreditCaseMove, MoveState
from credit.policy.wording import credits_in_words

LONG = timedelta(days=7)
MOST = 50


def to_accept(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.is_student(course_id):
        return []
    course = session.get_one(Course, course_id)
    case = queries.own(session, actor, course)
    award = acceptance.awaited(session, case) if case is not None else None
    if case is None or award is None:
        return []
    figure = credits_in_words(award.credits_thousandths or 0)
    day = case.accept_by
    until = f" until {day:%a} {day.day} {day:%b}" if day is not None else ""
    return [
        NextStep(
            title=f"accept your award of {figure}",
            url=url_for("credit.show", course_id=course.public_id),
            action="Look at the award",
            why=f"It goes to the registrar once you have accepted it{until}.",
            urgency=15,
        )
    ]


def to_sign(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """A project of another course that is to count here."""
    if course_id is None or not actor.may_decide(course_id):
        return []
    course = session.get_one(Course, course_id)
    waiting = move_queries.asked_of(session, course, actor=actor)
    if not waiting:
        return []
    first = waiting[0]
    more = "" if len(waiting) == 1 else f" {len(waiting)} moves wait for you."
    name = first.placement.person.label
    return [
        NextStep(
            title=f"sign for a project of {name} from {first.from_case.course.name}",
            url=url_for(
                "cases_moves.show", course_id=course.public_id, move_id=first.public_id
            ),
            action="Look at the move",
            why=f"Career staff ask you to count it in this course.{more}",
            urgency=25,
        )
    ]


def unanswered_moves(session: Session, actor: Actor) -> list[Waiting]:
    late = session.scalars(
        move_queries.visible_to(actor)
        .where(
            CreditCaseMove.state == MoveState.ASKED,
            CreditCaseMove.state_since < clock.now() - LONG,
        )
        .order_by(CreditCaseMove.id)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Instructors",
            title=f"Move of “{move.placement.title}” to {move.to_course.name}",
            text=f"{move.placement.person.label}, from {move.from_case.course.name}",
            since=move.state_since,
            url=url_for(
                "cases_moves.show", course_id=move.to_course.public_id, move_id=move.public_id
            ),
            action="Open the move",
            why="Moves that nobody signed or declined for seven days are listed here.",
            is_late=True,
        )
        for move in late
    ]


def left_before_the_award(session: Session, actor: Actor) -> list[Waiting]:
    """The registrar's day is older than the award: nobody knew of it then."""
    of_student = (Enrollment.course_id == CreditCase.course_id) & (
        Enrollment.person_id == CreditCase.person_id
    )
    still = select(Enrollment.id).where(of_student, Enrollment.dropped_on.is_(None)).exists()
    left_on = (
        select(func.max(Enrollment.dropped_on))
        .where(of_student)
        .correlate(CreditCase)
        .scalar_subquery()
    )
    awarded = (
        select(Decision.id)
        .where(
            Decision.credit_case_id == CreditCase.id,
            Decision.outcome == DecisionOutcome.APPROVED,
            Decision.is_final,
            Decision.decided_at > left_on,
        )
        .correlate(CreditCase)
        .exists()
    )
    found = session.scalars(
        queries.visible_to(actor)
        .where(CreditCase.state == CaseState.APPROVED, ~still, awarded)
        .options(*queries.PAGE_NEEDS)
        .order_by(CreditCase.state_since, CreditCase.id)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Registrar",
            title=f"Award of {case.person.label} after they had left",
            text=case.course.name,
            since=case.state_since,
            url=url_for("cases.show", course_id=case.course.public_id, case_id=case.public_id),
            action="Open packet",
            why="By the registrar’s list the student had left the course before the award. "
            "Have it voided, or the enrollment corrected.",
        )
        for case in found
    ]
