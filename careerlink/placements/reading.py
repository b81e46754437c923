"""Staff who open a student's record leave a line in its history."""

from careerlink import audit
from careerlink.courses.roles import CourseRole
from careerlink.people.actors import Actor
from careerlink.placements.models import Application, Placement
from careerlink.web import services


def note_reading(record: Application | Placement, *, actor: Actor) -> None:
    """In a short unit of its own: a page that is only read has none."""
    with services().database.write() as session:
        audit.record(session, f"{record.__tablename__}:read", record, actor=actor)


def note_from_outside(placement: Placement, *, actor: Actor) -> None:
    """Note it when the reader is nobody in this course, and so reads for the office."""
    if actor.role_in(placement.course_id) == CourseRole.NONE:
        note_reading(placement, actor=actor)
