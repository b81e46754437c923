"""Reading moves between cases; every query starts from who is looking."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.cases.models import CreditCase
from credit.cases.move_models import CreditCaseMove, MoveState


def visible_to(actor: Actor) -> Select[CreditCaseMove]:
    """The office sees all, instructors those that lead from or into their courses."""
    query = (
        select(CreditCaseMove)
        .where(CreditCaseMove.institution_id == actor.institution_id)
        .options(
            joinedload(CreditCaseMove.placement).joinedload(Placement.person),
            joinedload(CreditCaseMove.placement).joinedload(Placement.partner),
            joinedload(CreditCaseMove.from_case).joinedload(CreditCase.course),
            joinedload(CreditCaseMove.to_course),
            joinedload(CreditCaseMove.asked_by),
            joinedload(CreditCaseMove.answered_by),
            joinedload(CreditCaseMove.reason),
            joinedload(CreditCaseMove.answer),
        )
    )
    if actor.reads_office:
        return query
    courses = actor.courses_where_may_look()
    sent = select(CreditCase.id).where(CreditCase.course_id.in_(courses))
    return query.where(
        or_(
            CreditCaseMove.to_course_id.in_(courses),
            CreditCaseMove.from_case_id.in_(sent),
        )
    )


def get(session: Session, public_id: str, *, actor: Actor, course: Course) -> CreditCaseMove:
    """In the course that would take it up.

    :raises NotFound: not there, of another course, or not for this actor's eyes.
    """
    may_look = actor.may_look(course.id) or actor.reads_office
    move = session.scalar(
        visible_to(actor).where(
            CreditCaseMove.public_id == public_id, CreditCaseMove.to_course_id == course.id
        )
    )
    if move is None or not may_look:
        raise NotFound
    return move


def asked_of(session: Session, course: Course, *, actor: Actor) -> Sequence[CreditCaseMove]:
    """What waits for a signature in ``course``, oldest first."""
    return session.scalars(
        visible_to(actor)
        .where(
            CreditCaseMove.to_course_id == course.id,
            CreditCaseMove.state == MoveState.ASKED,
        )
        .order_by(CreditCaseMove.id)
    ).all()


def of_case(session: Session, case: CreditCase) -> Sequence[CreditCaseMove]:
    """Every move out of this case and into it, newest first."""
    return session.scalars(
        select(CreditCaseMove)
        .where(
            or_(
                CreditCaseMove.from_case_id == case.id,
                CreditCaseMove.to_case_id == case.id,
            )
        )
        .options(
            joinedload(CreditCaseMove.placement),
            joinedload(CreditCaseMove.from_case).joinedload(CreditCase.course),
            joinedload(CreditCaseMove.to_course),
            joinedload(CreditCaseMove.asked_by),
            joinedload(CreditCaseMove.answered_by),
            joinedload(CreditCaseMove.reason),
            joinedload(CreditCaseMove.answer),
        )
        .order_by(CreditCaseMove.id.desc())
    ).all()
