"""What rests on a course, as the features that know about it say."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import OpenEnd
from careerlink.registry import registry


def of_students(
    session: Session, course: Course, person_ids: Collection[int] | None = None
) -> list[str]:
    """What students, or these students, have begun there: "3 placements"; empty for nothing."""
    return [line for ask in registry.student_work for line in ask(session, course, person_ids)]


def unfinished(session: Session, course: Course) -> list[OpenEnd]:
    """What would be left open if the course ended now: "2 cases without a decision"."""
    return [line for ask in registry.open_ends for line in ask(session, course)]
