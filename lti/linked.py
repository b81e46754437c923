"""Courses of the LMS that are taught as one: cross-listed, or one class in Canvas and Moodle.

One of them keeps its queue and policy; the other's launches, lists and members go there.
Student work never moves: who joins must have none, and who leaves takes none along.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from careerlink.courses import joining, work
from careerlink.courses.models import Course
from careerlink.errors import NotFound, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from lti.linked_courses import joined_to, leaving, people_of, teaches
from lti.models import LtiContext
from lti.roster_queue import source_of

BOTH_BEGUN = "Students have begun work in both courses, so nothing can be joined by itself."


@dataclass(frozen=True)
class Link:
    """What linking two courses would do."""

    keeps: Course
    joins: Course
    unmet: Sequence[str] = ()


def proposed(session: Session, course: Course, other: Course) -> Link:
    """The course with student work keeps its place; without any, the one where it is asked."""
    there = work.of_students(session, other)
    if not there:
        return Link(course, other)
    if not work.of_students(session, course):
        return Link(other, course)
    return Link(course, other, [f"{other.name}: {', '.join(there)}"])


def link(session: Session, course: Course, other: Course, *, actor: Actor) -> Course:
    """Make both one course, and return the one that stays. Twice is once.

    :raises NotPossible: both have student work, or one is concluded or linked elsewhere.
    """
    joining.lock(session, course, other)
    if course.id in (other.id, other.joined_id):
        return course
    if other.id == course.joined_id:
        return other
    _require_teaching(session, actor, course, other)
    _require_running(course, other)
    link = proposed(session, course, other)
    if link.unmet:
        raise NotPossible(BOTH_BEGUN, link.unmet)
    for context in _contexts(session, link.joins):
        context.own_course_id = context.own_course_id or link.joins.id
        context.course_id = link.keeps.id
    session.flush()
    joining.join(session, link.joins, link.keeps, actor=actor)
    session.expire_all()
    return link.keeps


def unlink(session: Session, course: Course, other: Course, *, actor: Actor) -> None:
    """Make ``other`` a course of its own again. Twice is once.

    :raises NotPossible: students whom only ``other`` knows have begun work.
    """
    joining.lock(session, course, other)
    if other.joined_id != course.id:
        return
    _require_teaching(session, actor, course)
    if course.concluded_at is not None:
        raise NotPossible(
            "This course is concluded. Open it again to change what belongs to it."
        )
    alone = leaving(session, course, other)
    if rests := work.of_students(session, course, alone):
        raise NotPossible("Students who came from there have begun work here.", rests)
    everybody = people_of(session, joined_to(session, course, other))
    moved = [context.id for context in joined_to(session, course, other)]
    session.execute(
        update(LtiContext)
        .where(LtiContext.id.in_(moved))
        .values(course_id=other.id, own_course_id=None)
    )
    joining.part(
        session,
        other,
        course,
        everybody=everybody,
        leaving=alone,
        sources=[source_of(number) for number in moved],
        actor=actor,
    )
    session.expire_all()


def _contexts(session: Session, course: Course) -> Sequence[LtiContext]:
    return session.scalars(select(LtiContext).where(LtiContext.course_id == course.id)).all()


def _require_teaching(session: Session, actor: Actor, *courses: Course) -> None:
    for course in courses:
        if course.institution_id != actor.institution_id:
            raise NotFound
        if not teaches(session, actor, course):
            raise NotPermitted(f"You do not decide in {course.name}.")


def _require_running(course: Course, other: Course) -> None:
    for one in (course, other):
        if one.concluded_at is not None:
            raise NotPossible(f"{one.name} is concluded, so it stays as it is.")
        if one.joined_id is not None:
            raise NotPossible(f"{one.name} is linked with another course already.")
    if course.term_id != other.term_id:
        raise NotPossible("These courses belong to different terms.")
