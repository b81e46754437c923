"""What returning a case brings: days and rounds that hold, and who acts when a day passes."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.registry import Registry, Waiting
from credit.cases import queries
from credit.cases.models import CaseState, CreditCase
from credit.returning import ladder, limits, operations, views

MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.guard("credit_case", "return", limits.not_too_often)
    registry.guard("credit_case", "resubmit", limits.not_too_late)
    registry.guard("credit_case", "resubmit", operations.all_answered)
    registry.reaction("credit_case", "return", limits.set_last_day)
    registry.reaction("credit_case", "end_appeal", limits.set_last_day)
    registry.reaction("credit_case", "resubmit", limits.forget_last_day)
    registry.reaction("credit_case", "take_up", limits.forget_last_day)
    registry.ladders[ladder.LADDER.key] = ladder.LADDER
    registry.attention.append(not_sent_back)


def not_sent_back(session: Session, actor: Actor) -> list[Waiting]:
    """Returned cases whose day has passed, until the instructor says how it goes on."""
    # The day begins at another hour on each campus; `is_over` looks at this one's.
    late = session.scalars(
        queries.visible_to(actor)
        .where(
            CreditCase.state == CaseState.RETURNED,
            CreditCase.resubmit_by < clock.now().date(),
        )
        .options(*queries.PAGE_NEEDS)
        .order_by(CreditCase.resubmit_by, CreditCase.id)
        .limit(MOST)
    ).all()
    return [_waiting(case) for case in late if limits.is_over(case)]


def _waiting(case: CreditCase) -> Waiting:
    zone = ZoneInfo(case.course.institution.time_zone)
    return Waiting(
        group="Instructors",
        title=f"Returned case of {case.person.label}",
        text=case.course.name,
        since=datetime.combine(case.resubmit_by or limits.today_at(case), time.max, zone),
        url=url_for("cases.show", course_id=case.course.public_id, case_id=case.public_id),
        action="Open packet",
        why="The student did not send it back in time. The instructor gives more time, or "
        "decides on what is there.",
        is_late=True,
    )
