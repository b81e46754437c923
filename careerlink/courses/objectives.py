"""What a course teaches: chosen by the course, else what every course begins with."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit
from careerlink.courses.models import Course, CourseObjective
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.people.actors import Actor


def chosen(session: Session, course: Course) -> Sequence[CourseObjective]:
    return session.scalars(
        select(CourseObjective)
        .where(CourseObjective.course_id == course.id)
        .options(joinedload(CourseObjective.objective))
        .order_by(CourseObjective.position, CourseObjective.id)
    ).all()


def preview(session: Session, source: Course, target: Course) -> CarriedPart | None:
    theirs = chosen(session, source)
    own = [one.objective_id for one in chosen(session, target)]
    if not theirs or [one.objective_id for one in theirs] == own:
        return None
    return CarriedPart(
        text=f"{len(theirs)} learning objectives, in place of the {len(own)} here now.",
        names=tuple(f"{one.objective.code} {one.objective.title}" for one in theirs),
    )


def take(session: Session, source: Course, target: Course, actor: Actor) -> str:
    theirs = chosen(session, source)
    session.execute(delete(CourseObjective).where(CourseObjective.course_id == target.id))
    session.add_all(
        CourseObjective(
            course_id=target.id, objective_id=one.objective_id, position=one.position
        )
        for one in theirs
    )
    session.flush()
    audit.record(
        session, "course:choose_objectives", target, actor=actor, objectives=len(theirs)
    )
    return f"{len(theirs)} learning objectives"


OBJECTIVES = CarryOver("objectives", "Learning objectives", preview, take)
