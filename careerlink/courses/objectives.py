"""What a course teaches: chosen by the course, else what every course begins with."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit
from careerlink.courses import set_up
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course, CourseObjective, Objective
from careerlink.errors import InvalidInput, NotPermitted
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


def offered(session: Session, course: Course) -> Sequence[Objective]:
    return session.scalars(
        select(Objective)
        .where(Objective.institution_id == course.institution_id)
        .order_by(Objective.position, Objective.code, Objective.id)
    ).all()


def choose(
    session: Session, course: Course, objective_ids: Collection[int], *, actor: Actor
) -> None:
    """Set the course's own list; plans that are written already keep what they name."""
    require_open(actor, course)
    if not set_up.may_set_up(actor, course):
        raise NotPermitted("Only the instructor or career staff set up this course.")
    wanted = [one.id for one in offered(session, course) if one.id in set(objective_ids)]
    if not wanted:
        raise InvalidInput("Choose at least one objective.", field="objectives")
    if wanted == [one.objective_id for one in chosen(session, course)]:
        return
    session.execute(delete(CourseObjective).where(CourseObjective.course_id == course.id))
    session.add_all(
        CourseObjective(course_id=course.id, objective_id=one, position=position)
        for position, one in enumerate(wanted)
    )
    session.flush()
    audit.record(
        session, "course:choose_objectives", course, actor=actor, objectives=len(wanted)
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
