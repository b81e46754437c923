"""What students' applications and placements mean for the course that they are in."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import OpenEnd
from careerlink.placements.application_queries import LIVE
from careerlink.placements.models import UNFINISHED, Application, Placement


def student_work(
    session: Session, course: Course, person_ids: Collection[int] | None
) -> list[str]:
    found = []
    for model, one, many in (
        (Application, "application", "applications"),
        (Placement, "placement", "placements"),
    ):
        query = select(func.count()).where(model.course_id == course.id)
        if person_ids is not None:
            query = query.where(model.person_id.in_(person_ids))
        found += _words(session.scalar(query.select_from(model)) or 0, one, many)
    return found


def open_ends(session: Session, course: Course) -> list[OpenEnd]:
    asked = session.scalar(
        select(func.count())
        .select_from(Application)
        .where(Application.course_id == course.id, Application.state.in_(LIVE))
    )
    at_work = session.scalar(
        select(func.count())
        .select_from(Placement)
        .where(Placement.course_id == course.id, Placement.state.in_(UNFINISHED))
    )
    found = {
        "applications": _words(
            asked or 0, "application without an answer", "applications without an answer"
        ),
        "placements": _words(
            at_work or 0, "placement still at work", "placements still at work"
        ),
    }
    return [OpenEnd(kind, line) for kind, lines in found.items() for line in lines]


def _words(number: int, one: str, many: str) -> list[str]:
    return [f"{number} {one if number == 1 else many}"] if number else []
