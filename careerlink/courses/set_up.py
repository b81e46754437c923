"""Setting a course up: what holds is shown part by part, and it works as the office set it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses import work
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.courses.set_up_models import CourseSetUp
from careerlink.errors import NotFound, NotPermitted
from careerlink.offered_parts import SetUpPart
from careerlink.people.actors import Actor
from careerlink.registry import registry


@dataclass(frozen=True)
class Part:
    key: str
    title: str
    holds: SetUpPart
    is_done: bool


def may_set_up(actor: Actor, course: Course) -> bool:
    inside = actor.institution_id == course.institution_id
    is_open = course.concluded_at is None and course.joined_id is None
    standing = actor.standing(course.id)
    teaches = actor.teaches(course.id) and not standing.read_only and not actor.looks_only
    return inside and is_open and (teaches or actor.is_staff)


def of_course(session: Session, course: Course) -> CourseSetUp | None:
    return session.scalar(select(CourseSetUp).where(CourseSetUp.course_id == course.id))


def parts(session: Session, actor: Actor, course: Course) -> Sequence[Part]:
    """In their order, with what holds in this course now."""
    row = of_course(session, course)
    done = set(row.steps_done) if row is not None else set()
    found = []
    for step in sorted(registry.set_up_steps, key=lambda one: one.position):
        holds = step.say(session, actor, course)
        if holds is not None:
            found.append(Part(step.key, step.title, holds, step.key in done))
    return found


def is_waiting(session: Session, course: Course) -> bool:
    """Nobody has set it up, and no student has begun: from then on it runs as it is."""
    row = of_course(session, course)
    if row is not None and row.done_at is not None:
        return False
    return course.concluded_at is None and not work.of_students(session, course)


def keep(session: Session, course: Course, *, actor: Actor, key: str) -> None:
    """``key`` was looked at and is left as it is; with the last one the course is set up.

    :raises NotFound: no such part in this course.
    """
    row = _open(session, course, actor)
    keys = [part.key for part in parts(session, actor, course)]
    if key not in keys:
        raise NotFound
    if key not in row.steps_done:
        row.steps_done = [*row.steps_done, key]
    if row.done_at is None and set(keys) <= set(row.steps_done):
        _finish(session, course, row, actor, used_defaults=False)
    session.flush()


def use_defaults(session: Session, course: Course, *, actor: Actor) -> None:
    """Everything stays as the office set it; each part can be changed at any time."""
    row = _open(session, course, actor)
    if row.done_at is None:
        _finish(session, course, row, actor, used_defaults=not row.steps_done)
    row.steps_done = [part.key for part in parts(session, actor, course)]
    session.flush()


def _open(session: Session, course: Course, actor: Actor) -> CourseSetUp:
    require_open(actor, course)
    if not may_set_up(actor, course):
        raise NotPermitted("Only the instructor or career staff set up this course.")
    # Two instructors may begin at once; the course's row lets one after the other in.
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update())
    row = of_course(session, course)
    if row is None:
        row = CourseSetUp(course_id=course.id, steps_done=[])
        session.add(row)
        session.flush()
    return row


def _finish(
    session: Session, course: Course, row: CourseSetUp, actor: Actor, *, used_defaults: bool
) -> None:
    row.done_at, row.done_by_id = clock.now(), actor.person_id
    row.used_defaults = used_defaults
    audit.record(session, "course:set_up", course, actor=actor, used_defaults=used_defaults)
