"""That a course keeps its decisions here, for its copy in a new term."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.people.actors import Actor
from credit.gradebook import choosing


def preview(session: Session, source: Course, target: Course) -> CarriedPart | None:
    """A column of its own is what every course begins with."""
    is_other = source.keeps_grades_here and not target.keeps_grades_here
    told = "Decisions stay in CareerLink, and none is sent to the gradebook."
    return CarriedPart(told) if is_other else None


def take(session: Session, source: Course, target: Course, actor: Actor) -> str:
    choosing.choose(
        session, target, keeps_here=True, seen=target.keeps_grades_here, actor=actor
    )
    return "no column in the gradebook"


def page(course: Course) -> str:
    return url_for("gradebook_choice.choose", course_id=course.public_id)


NO_COLUMN = CarryOver("no_column", "No column in the gradebook", preview, take, page)
