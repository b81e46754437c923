"""Grades that a course would leave behind if it ended now."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import OpenEnd
from careerlink.outbox import OutboxMessage
from lti.models import LtiContext, LtiScore


def open_ends(session: Session, course: Course) -> list[OpenEnd]:
    """Queued or failed; who entered a grade by hand has finished it."""
    if course.keeps_grades_here:
        return []
    number = session.scalar(
        select(func.count())
        .select_from(LtiScore)
        .join(LtiContext, LtiScore.context_id == LtiContext.id)
        .join(OutboxMessage, LtiScore.outbox_message_id == OutboxMessage.id)
        .where(
            LtiContext.course_id == course.id,
            LtiScore.applied_at.is_(None),
            LtiScore.overridden_at.is_(None),
            OutboxMessage.done_by_id.is_(None),
        )
    )
    if not number:
        return []
    words = f"{number} {'grade' if number == 1 else 'grades'} not in the gradebook yet"
    return [OpenEnd("grades", words)]
