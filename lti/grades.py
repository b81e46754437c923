"""Grades for the gradebook: queued with the decision, and what became of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, outbox
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from lti import scores
from lti.first_time import alone
from lti.grade_states import GradeState, states_for
from lti.models import (
    DeploymentState,
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiRegistration,
    LtiScore,
    LtiUser,
    RegistrationState,
)
from lti.scopes import SCORE

__all__ = ["GradeState", "has_gradebook", "queue_score", "states_for", "why_no_gradebook"]


def queue_score(
    session: Session,
    *,
    person: Person,
    course: Course,
    resource_id: str,
    label: str,
    given_thousandths: int | None,
    maximum_thousandths: int,
    comment: str,
    decided_at: datetime,
    institution_id: int,
    actor: Actor,
) -> LtiScore | None:
    """Queue a score in the decision's own transaction; a newer one replaces an older.

    ``given_thousandths`` zero is a score; ``None`` takes back what was sent. ``resource_id``
    names the column (``credit``). Returns ``None`` where there is no gradebook to send to, or
    nothing to take back; ``why_no_gradebook`` has the reason in words.
    """
    membership = _membership(session, person, course, institution_id, resource_id)
    if membership is None:
        return None
    alone(session, "score", membership.context_id, membership.lti_user_id, resource_id)
    score = session.scalar(
        select(LtiScore)
        .where(
            LtiScore.context_id == membership.context_id,
            LtiScore.lti_user_id == membership.lti_user_id,
            LtiScore.resource_id == resource_id,
        )
        .with_for_update()
    )
    if score is None:
        if given_thousandths is None:
            return None
        score = LtiScore(
            context_id=membership.context_id,
            lti_user_id=membership.lti_user_id,
            resource_id=resource_id,
        )
        session.add(score)
    else:
        _rescale(score, maximum_thousandths)
    score.timestamp = _later(score.timestamp, decided_at)
    score.given_thousandths = given_thousandths
    score.maximum_thousandths = maximum_thousandths
    score.label, score.comment = label, comment
    score.answer, score.applied_at = "", None
    _enqueue(session, score, institution_id)
    audit.record(
        session,
        "lti_score:queue",
        score,
        actor=actor,
        given_thousandths=given_thousandths,
        maximum_thousandths=maximum_thousandths,
    )
    return score


def _later(last: datetime | None, decided_at: datetime) -> datetime:
    """Whole seconds, and never one twice: Moodle drops fractions and refuses an equal time."""
    decided = decided_at.replace(microsecond=0)
    return decided if last is None else max(decided, last + timedelta(seconds=1))


def _rescale(score: LtiScore, maximum_thousandths: int) -> None:
    for name in ("platform_thousandths", "posting_thousandths"):
        value = getattr(score, name)
        if value is not None:
            scaled = round(value * maximum_thousandths / score.maximum_thousandths)
            setattr(score, name, scaled)


def _enqueue(session: Session, score: LtiScore, institution_id: int) -> None:
    session.flush()
    message = outbox.enqueue(
        session,
        kind=scores.KIND,
        target=f"score:{score.context_id}:{score.lti_user_id}:{score.resource_id}"[:255],
        payload={
            "score_id": score.id,
            "given_thousandths": score.given_thousandths,
            "maximum_thousandths": score.maximum_thousandths,
            "timestamp": score.timestamp.isoformat(),
        },
        institution_id=institution_id,
    )
    score.outbox_message_id = message.id
    session.flush()


def _membership(
    session: Session, person: Person, course: Course, institution_id: int, resource_id: str
) -> LtiMembership | None:
    """The person's place in a context with a gradebook: enrolled, else where a score of theirs
    already stands, else where they were seen last."""
    found = session.scalars(
        select(LtiMembership)
        .join(LtiUser, LtiMembership.lti_user_id == LtiUser.id)
        .where(
            LtiUser.person_id == person.id,
            LtiUser.institution_id == institution_id,
            LtiMembership.context_id.in_(
                [context.id for context in _gradebooks(session, course)]
            ),
        )
    ).all()
    standing = {
        (score.context_id, score.lti_user_id)
        for score in session.scalars(
            select(LtiScore)
            .join(LtiUser, LtiScore.lti_user_id == LtiUser.id)
            .where(LtiUser.person_id == person.id, LtiScore.resource_id == resource_id)
        )
    }
    enrolled = {True: 2, None: 1, False: 0}
    return max(
        found,
        key=lambda one: (
            enrolled[one.in_roster],
            (one.context_id, one.lti_user_id) in standing,
            one.seen_at,
            one.id,
        ),
        default=None,
    )


def _gradebooks(session: Session, course: Course) -> Sequence[LtiContext]:
    contexts = session.scalars(
        select(LtiContext)
        .join(LtiDeployment, LtiContext.deployment_id == LtiDeployment.id)
        .join(LtiRegistration, LtiDeployment.registration_id == LtiRegistration.id)
        .where(
            LtiContext.course_id == course.id,
            LtiContext.lineitems_url != "",
            LtiDeployment.institution_id == course.institution_id,
            LtiDeployment.state == DeploymentState.ACTIVE,
            LtiRegistration.state == RegistrationState.ACTIVE,
        )
    )
    return [context for context in contexts if SCORE in context.scopes]


def has_gradebook(session: Session, course: Course) -> bool:
    return bool(_gradebooks(session, course))


def why_no_gradebook(session: Session, course: Course, person: Person) -> str:
    """Why ``queue_score`` has nowhere to send this person's score; empty where it has."""
    if not has_gradebook(session, course):
        return "The learning management system gives CareerLink no gradebook in this course."
    if _membership(session, person, course, course.institution_id, "") is None:
        return "This student has no account in the course's gradebook that CareerLink knows."
    return ""
