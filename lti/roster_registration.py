"""What rosters bring to the whole."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course, CourseRoster
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Registry, Tab, Waiting
from lti import roster, roster_page, roster_queue, roster_views

LONG = timedelta(days=2)
MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints.append(roster_views.bp)
    registry.outbox_handlers[roster_queue.KIND] = roster.deliver
    registry.sweeps.append(roster_queue.queue_old)
    registry.tabs.append(tabs)
    registry.next_steps.append(steps)
    registry.attention.append(waiting)


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not (actor.may_look(course.id) or actor.reads_office):
        return []
    url = url_for("roster.show", course_id=course.public_id)
    return [Tab("People", url, page="roster.", position=60)]


def steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """For instructors: an answer is held back until they say who left."""
    if course_id is None or not actor.is_instructor(course_id) or actor.looks_only:
        return []
    held = select(CourseRoster.id).where(
        CourseRoster.course_id == course_id, CourseRoster.missing > 0
    )
    if session.scalar(held.limit(1)) is None:
        return []
    course = session.get_one(Course, course_id)
    if course.concluded_at is not None:
        return []
    return [
        NextStep(
            title=f"say whether {_people(source.roster.missing)} really left the course",
            url=url_for("roster.confirm", course_id=course.public_id, list_id=source.roster.id),
            action="See the names",
            why=source.roster.problem,
            urgency=40,
        )
        for source in roster_page.sources(session, course)
        if source.roster is not None and source.is_held and not source.is_under_way
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """For the office: lists that are held back, and lists that have not come for days."""
    rows = session.execute(
        select(CourseRoster, Course)
        .join(Course, Course.id == CourseRoster.course_id)
        .where(
            Course.institution_id == actor.institution_id,
            Course.concluded_at.is_(None),
            CourseRoster.failing_since.is_not(None),
            or_(
                CourseRoster.missing > 0,
                and_(
                    CourseRoster.failed_at.is_not(None),
                    CourseRoster.failing_since < clock.now() - LONG,
                ),
            ),
        )
        .order_by(CourseRoster.failing_since, CourseRoster.id)
        .limit(MOST)
    )
    return [_waiting(row[0], row[1]) for row in rows]


def _waiting(held: CourseRoster, course: Course) -> Waiting:
    is_held = held.missing > 0
    return Waiting(
        group="Instructors" if is_held else "Yours",
        title=f"Members of {course.name}",
        text=held.problem,
        since=held.failing_since or clock.now(),
        url=url_for("roster.show", course_id=course.public_id),
        action="See who is missing" if is_held else "See what is wrong",
        why="Nobody is marked as dropped until somebody says that they really left."
        if is_held
        else "A list of members that has not come for two days is listed here.",
        is_late=not is_held,
    )


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{number} people"
