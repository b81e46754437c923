"""What a student without a project does first: look at the board."""

from flask import url_for
from sqlalchemy import func
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.institutions.day import campus_day
from careerlink.listings import board
from careerlink.listings.board_filters import BoardFilters, conditions
from careerlink.listings.models import Listing
from careerlink.people.actors import Actor
from careerlink.placements import queries
from careerlink.placements.models import ENDED, PlacementState
from careerlink.registry import NextStep


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.is_student(course_id):
        return []
    standing = actor.standing(course_id)
    if standing.read_only or standing.dropped or _has_one(session, actor, course_id):
        return []
    course = session.get_one(Course, course_id)
    open_now = _count(session, actor, course, BoardFilters())
    if not open_now:
        return []
    in_time = _count(session, actor, course, BoardFilters(ends="in-time"))
    saved = _count(session, actor, course, BoardFilters(saved="yes"))
    return [
        NextStep(
            title="find a project",
            url=url_for("board.show", course_id=course.public_id),
            action="Look at the projects",
            why=_why(open_now, in_time, saved),
            urgency=90,
        )
    ]


def _has_one(session: Session, actor: Actor, course_id: int) -> bool:
    return any(
        one.state not in ENDED for one in queries.applications_of(session, actor, course_id)
    ) or any(
        one.state != PlacementState.CANCELLED
        for one in queries.placements_of(session, actor, course_id)
    )


def _count(session: Session, actor: Actor, course: Course, filters: BoardFilters) -> int:
    query = board.visible_to(actor, course, campus_day(session, actor)).where(
        *conditions(session, actor, course, filters)
    )
    return session.scalar(query.with_only_columns(func.count(Listing.id))) or 0


def _why(open_now: int, in_time: int, saved: int) -> str:
    are = "project is" if open_now == 1 else "projects are"
    kept = f" You saved {saved}." if saved else ""
    return f"{open_now} {are} open to you; {in_time} can be finished in this term.{kept}"
