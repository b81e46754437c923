"""A course copied into a new term: what comes along is chosen once. Student work never does."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import Course
from careerlink.errors import NotPermitted
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.people.actors import Actor, system
from careerlink.registry import registry


@dataclass(frozen=True)
class Choice:
    """One part of the set-up, and what of it would come along now."""

    part: CarryOver
    offered: CarriedPart


def note_origin(session: Session, course: Course, origin: Course) -> None:
    """Its copy was told after its first launch. What was said once stays."""
    if course.copied_from_id is not None or course.copy_answered_at is not None:
        return
    course.copied_from_id = origin.id
    audit.record(
        session,
        "course:note_origin",
        course,
        actor=system(course.institution_id),
        copied_from=origin.id,
    )


def origin_of(session: Session, course: Course) -> Course | None:
    """The earlier course, in this institution."""
    found = session.get(Course, course.copied_from_id) if course.copied_from_id else None
    return found if found and found.institution_id == course.institution_id else None


def awaits_answer(course: Course) -> bool:
    return course.copied_from_id is not None and course.copy_answered_at is None


def may_answer(actor: Actor, course: Course) -> bool:
    inside = actor.institution_id == course.institution_id
    is_open = course.concluded_at is None and course.joined_id is None
    return inside and is_open and (actor.may_decide(course.id) or actor.is_staff)


def choices(session: Session, course: Course, origin: Course) -> list[Choice]:
    return [
        Choice(part, offered)
        for part in registry.carry_overs
        if (offered := part.preview(session, origin, course)) is not None
    ]


def answer(
    session: Session, course: Course, *, actor: Actor, keys: Collection[str]
) -> list[str] | None:
    """Take over the named parts, or none of them to start fresh; what came along, in words.

    ``None``: it was answered before, perhaps a moment ago in another tab, and stays so.
    """
    if not may_answer(actor, course):
        raise NotPermitted("Only the instructor or career staff set up this course.")
    origin = origin_of(session, course)
    if origin is None or not _claim(session, course):
        return None
    wanted = [choice.part for choice in choices(session, course, origin)]
    taken = [part for part in wanted if part.key in keys]
    words = [part.take(session, origin, course, actor) for part in taken]
    audit.record(
        session,
        "course:carry_over" if taken else "course:start_fresh",
        course,
        actor=actor,
        copied_from=origin.id,
        parts=[part.key for part in taken],
    )
    return words


def _claim(session: Session, course: Course) -> bool:
    """Of two answers at once the first counts; the row is locked until its end."""
    claimed = session.execute(
        update(Course)
        .where(Course.id == course.id, Course.copy_answered_at.is_(None))
        .values(copy_answered_at=clock.now())
        .returning(Course.id)
        .execution_options(synchronize_session="fetch")
    ).first()
    return claimed is not None
