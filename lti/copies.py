"""Which course a context was copied from: told by its launches, or by a notice beforehand."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses import copies, work
from careerlink.courses.models import Course
from lti.models import LtiContext, LtiDeployment, LtiNotice
from lti.succession import predecessors


def nearest_known(
    session: Session, deployment: LtiDeployment, context_ids: Sequence[str]
) -> LtiContext | None:
    """The first of these that was opened here: through any deployment of this registration in
    this institution, or by a registration that this one succeeds. Elsewhere an equal id is
    another course."""
    if not context_ids:
        return None
    registrations = [
        deployment.registration_id,
        *predecessors(session, deployment.registration),
    ]
    known = session.execute(
        select(LtiContext, LtiDeployment.registration_id)
        .join(LtiContext.deployment)
        .where(
            LtiDeployment.registration_id.in_(registrations),
            LtiDeployment.institution_id == deployment.institution_id,
            LtiContext.context_id.in_(context_ids),
        )
    ).all()
    nearest = min(
        known,
        key=lambda row: (
            context_ids.index(row[0].context_id),
            registrations.index(row[1]),
            row[0].id,
        ),
        default=None,
    )
    return nearest[0] if nearest is not None else None


def origin(
    session: Session, deployment: LtiDeployment, context_id: str, history: Sequence[str]
) -> Course | None:
    """The course that a context unknown so far was copied from."""
    told = [*history, *_noticed(session, deployment, context_id)]
    found = nearest_known(session, deployment, [one for one in told if one != context_id])
    return found.course if found is not None else None


def note_origins(session: Session, context: LtiContext, history: Sequence[str]) -> None:
    """It was opened before its origin was told. A course in use asks nobody any more: content
    may be imported into it at any time."""
    course = context.own_course or context.course
    if history and not context.history:
        context.history = list(history)
    found = origin(session, context.deployment, context.context_id, history)
    if found is None or found.id == course.id or work.of_students(session, course):
        return
    copies.note_origin(session, course, found)


def _noticed(session: Session, deployment: LtiDeployment, context_id: str) -> list[str]:
    """Newest first."""
    found = session.scalars(
        select(LtiNotice.origins)
        .join(LtiNotice.deployment)
        .where(
            LtiDeployment.registration_id == deployment.registration_id,
            LtiDeployment.institution_id == deployment.institution_id,
            LtiNotice.context_id == context_id,
        )
        .order_by(LtiNotice.id.desc())
    )
    return [one for origins in found for one in origins]
