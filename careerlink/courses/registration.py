"""What courses bring to the whole."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses import copies, copy_views
from careerlink.courses.models import Course
from careerlink.courses.objectives import OBJECTIVES
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Registry


def register(registry: Registry) -> None:
    registry.blueprints += [copy_views.bp]
    registry.carry_overs.append(OBJECTIVES)
    registry.next_steps.append(carry_over)


def carry_over(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Before anything else in a copied course: who teaches it says what comes along."""
    if course_id is None or not actor.may_decide(course_id):
        return []
    course = session.get_one(Course, course_id)
    if not copies.awaits_answer(course) or not copies.may_answer(actor, course):
        return []
    origin = copies.origin_of(session, course)
    if origin is None:
        return []
    return [
        NextStep(
            title=f"carry over from {copy_views.name_of(origin)}",
            url=url_for("copies.show", course_id=course.public_id),
            action="Choose what comes along",
            why="This course was copied. Student work never comes along.",
            urgency=5,
        )
    ]
