"""What a platform says about the end of a course. Silence says nothing, and neither does a 404:
a column alone may be gone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses import conclusion
from lti import first_time
from lti.models import LtiContext

COMPLETED = "completed"
"""Canvas's ``workflow_state`` of a concluded course; ``available`` is one that runs."""
GRACE = timedelta(days=60)
"""Decisions, corrections and incompletes come after the last day of a course or term."""


def note(session: Session, context: LtiContext, custom: Mapping[str, str]) -> None:
    """Follow what a launch tells, where it tells anything new."""
    is_over = told_over(custom)
    if is_over is not None and is_over != (context.concluded_at is not None):
        context.concluded_at = clock.now() if is_over else None
        _weigh(session, context)


def note_refusal(session: Session, context: LtiContext) -> None:
    """A service of the platform refused because the course is concluded."""
    if context.concluded_at is None:
        context.concluded_at = clock.now()
        _weigh(session, context)


def told_over(custom: Mapping[str, str]) -> bool | None:
    """``None`` where it cannot be told: also between the last day and the end of the grace,
    when Canvas may call a course available and refuse its grades."""
    state = custom.get("course_state", "")
    ends = _moment(custom.get("course_ends_at", "")) or _moment(custom.get("term_ends_at", ""))
    now = clock.now()
    if state == COMPLETED or (ends is not None and now - ends > GRACE):
        return True
    if (state or ends) and (ends is None or ends > now):
        return False
    return None


def _weigh(session: Session, context: LtiContext) -> None:
    """Of linked courses the last one that runs keeps them all open."""
    session.flush()
    # Two may end at once, and neither sees what the other's launch has not committed yet.
    first_time.alone(session, "course_life", context.course_id)
    session.refresh(context.course)
    runs = session.scalar(
        select(LtiContext.id)
        .where(LtiContext.course_id == context.course_id, LtiContext.concluded_at.is_(None))
        .limit(1)
    )
    if runs is None:
        conclusion.conclude_by_platform(session, context.course)
    else:
        conclusion.reopen_by_platform(session, context.course)


def _moment(text: str) -> datetime | None:
    """ISO 8601, or Canvas's ``2026-12-19 06:59:59 UTC``; what names no zone is UTC."""
    try:
        found = datetime.fromisoformat(text.strip().replace(" UTC", "+00:00"))
        return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    except ValueError:
        return None
