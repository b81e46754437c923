"""Which competencies a course offers for agreements, and what its copy takes over."""

from collections.abc import Collection

from flask import url_for
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses import conclusion
from careerlink.courses.models import Course
from careerlink.errors import NotPermitted
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.people.actors import Actor
from credit.competencies import queries
from credit.competencies.models import CourseCompetency


def may_choose(actor: Actor, course: Course) -> bool:
    return actor.is_staff or actor.teaches(course.id)


def choose(
    session: Session, course: Course, competency_ids: Collection[int], *, actor: Actor
) -> None:
    """Set the course's own list; an empty one goes back to the institution's usual ones.

    Plans that are written already keep what they name.
    """
    if not may_choose(actor, course):
        raise NotPermitted("Only the instructor or career staff set up this course.")
    conclusion.require_open(actor, course)
    possible = {one.id for one in queries.all_of(session, course.institution_id)}
    wanted = possible & set(competency_ids)
    before = ids_of(session, course)
    if wanted == before:
        return
    _write(session, course, wanted)
    audit.record(
        session, "course:choose_competencies", course, actor=actor, competencies=sorted(wanted)
    )


def ids_of(session: Session, course: Course) -> set[int]:
    """Also those that were retired since."""
    return set(
        session.scalars(
            select(CourseCompetency.competency_id).where(
                CourseCompetency.course_id == course.id
            )
        )
    )


def _write(session: Session, course: Course, wanted: Collection[int]) -> None:
    session.execute(delete(CourseCompetency).where(CourseCompetency.course_id == course.id))
    session.add_all(
        CourseCompetency(course_id=course.id, competency_id=number) for number in sorted(wanted)
    )
    session.flush()


def preview(session: Session, source: Course, target: Course) -> CarriedPart | None:
    chosen = ids_of(session, source)
    still = queries.chosen_by(session, source)
    if not still or {one.id for one in still} == ids_of(session, target):
        return None
    gone = len(chosen) - len(still)
    return CarriedPart(
        text=f"{_number(len(still))} that agreements here can name.",
        stays=f"{_number(gone)} retired since." if gone else "",
        names=tuple(one.label for one in still),
    )


def take(session: Session, source: Course, target: Course, actor: Actor) -> str:
    still = {one.id for one in queries.chosen_by(session, source)}
    _write(session, target, still)
    audit.record(
        session, "course:choose_competencies", target, actor=actor, competencies=sorted(still)
    )
    return _number(len(still))


def page(course: Course) -> str:
    return url_for("course_competencies.show", course_id=course.public_id)


def _number(count: int) -> str:
    return "1 competency" if count == 1 else f"{count} competencies"


COMPETENCIES = CarryOver("competencies", "Competencies", preview, take, page)
