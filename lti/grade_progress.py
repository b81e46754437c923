"""How far the grades of a course have come."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.outbox import ON_ITS_WAY, OutboxMessage
from lti.models import LtiContext, LtiScore


@dataclass(frozen=True)
class Progress:
    done: int
    """In the LMS, kept as a teacher typed them, or entered by hand."""
    on_its_way: int
    stuck: int
    """Refused, or changed by a teacher: somebody has to choose."""

    @property
    def told(self) -> int:
        return self.done + self.on_its_way + self.stuck


def of_course(session: Session, course: Course) -> Progress:
    waits = OutboxMessage.state.in_(ON_ITS_WAY)
    done = (
        LtiScore.applied_at.is_not(None)
        | LtiScore.kept_at.is_not(None)
        | OutboxMessage.done_by_id.is_not(None)
    )
    row = session.execute(
        select(
            func.count(),
            func.sum(case((waits, 1), else_=0)),
            func.sum(case((~waits & done, 1), else_=0)),
        )
        .select_from(LtiScore)
        .join(LtiContext, LtiScore.context_id == LtiContext.id)
        .join(OutboxMessage, LtiScore.outbox_message_id == OutboxMessage.id)
        .where(LtiContext.course_id == course.id, LtiScore.given_thousandths.is_not(None))
    ).one()
    told, waiting, finished = row[0], row[1] or 0, row[2] or 0
    return Progress(finished, waiting, told - waiting - finished)
