"""Sessions that have ended are forgotten."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.models import LoginSession, LoginSessionCourse

MOST_AT_ONCE = 1000


def forget_ended(session: Session) -> int:
    """For the worker: delete sessions past their end, oldest first."""
    ended = session.scalars(
        select(LoginSession.id)
        .where(LoginSession.expires_at < clock.now())
        .order_by(LoginSession.expires_at)
        .limit(MOST_AT_ONCE)
    ).all()
    if ended:
        session.execute(
            delete(LoginSessionCourse).where(LoginSessionCourse.login_session_id.in_(ended))
        )
        session.execute(delete(LoginSession).where(LoginSession.id.in_(ended)))
    return len(ended)
