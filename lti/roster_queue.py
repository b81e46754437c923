"""When a platform's list of members is read: on launches, every day, and when somebody asks."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, outbox
from careerlink.courses.models import Course, CourseRoster
from careerlink.courses.operations import expect_roster
from careerlink.errors import NotPermitted, NotPossible
from careerlink.outbox import ON_ITS_WAY, DeliveryState, OutboxMessage
from careerlink.people.actors import Actor
from lti.models import (
    DeploymentState,
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiRegistration,
    RegistrationState,
)

KIND = "roster"
ROSTER_EVERY = timedelta(hours=6)
AGAIN_AFTER = timedelta(hours=24)
TRY_FAILED_AFTER = timedelta(hours=6)
LEAVE_ALONE = timedelta(minutes=15)
"""After a reading that failed for good, a class that comes in at once must not repeat it."""
A_MOMENT = timedelta(minutes=1)
IN_USE = timedelta(days=30)
PER_SWEEP = 20
CONCLUDED = "This course is concluded; its list is not read any more."


def source_of(context_id: int) -> str:
    """The name of a context's roster among those of a course."""
    return f"lti-context-{context_id}"


def target_of(context_id: int) -> str:
    return f"lti_context/{context_id}"


def roster_of(session: Session, context: LtiContext) -> CourseRoster:
    return expect_roster(session, context.course, source=source_of(context.id))


def queue_reading(session: Session, context: LtiContext, **payload: Any) -> OutboxMessage:
    return outbox.enqueue(
        session,
        kind=KIND,
        target=target_of(context.id),
        payload={"context_id": context.id, **payload},
        institution_id=context.course.institution_id,
    )


def under_way(session: Session, context_ids: Collection[int]) -> dict[int, OutboxMessage]:
    """The reading that is queued or running, by context."""
    targets = {target_of(number): number for number in context_ids}
    found = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.kind == KIND,
            OutboxMessage.target.in_(list(targets)),
            OutboxMessage.state.in_(ON_ITS_WAY),
        )
        .order_by(OutboxMessage.id)
    )
    return {targets[message.target]: message for message in found}


def is_over(context: LtiContext) -> bool:
    """Nobody joins or leaves any more, and a platform may refuse to say who was there."""
    return context.concluded_at is not None or context.course.concluded_at is not None


def want(session: Session, context: LtiContext) -> None:
    """On a launch: have the worker read the roster where the last reading is hours ago."""
    now = clock.now()
    read_at = context.roster_read_at
    if read_at is not None and now - read_at < ROSTER_EVERY:
        return
    if not context.memberships_url or is_over(context):
        return
    roster = roster_of(session, context)
    if _is_within(roster.failed_at, LEAVE_ALONE, now):
        return
    if not under_way(session, [context.id]):
        queue_reading(session, context)


def read_now(session: Session, course: Course, *, actor: Actor) -> bool:
    """Have every list of the course read; ``False`` where that was done or begun just now.

    One reading a list is under way at a time. One that waits to be repeated is not waited for,
    unless the platform was asked within the last minute.
    """
    may = actor.may_look(course.id) or actor.is_staff
    if not may or actor.looks_only or actor.institution_id != course.institution_id:
        raise NotPermitted("Instructors, their assistants and career staff may do this.")
    if course.concluded_at is not None:
        raise NotPossible(CONCLUDED)
    contexts = served(session, course)
    if not contexts:
        raise NotPossible("The LMS serves no list of members for this course.")
    pending = under_way(session, [context.id for context in contexts])
    begun = [_begin(session, one, pending.get(one.id), actor=actor) for one in contexts]
    session.flush()
    return any(begun)


def served(session: Session, course: Course) -> Sequence[LtiContext]:
    """The places in learning platforms whose lists say who is in this course."""
    return session.scalars(
        select(LtiContext)
        .where(
            LtiContext.course_id == course.id,
            LtiContext.memberships_url != "",
            LtiContext.concluded_at.is_(None),
        )
        .options(joinedload(LtiContext.deployment).joinedload(LtiDeployment.registration))
        .order_by(LtiContext.id)
    ).all()


def _begin(
    session: Session, context: LtiContext, waiting: OutboxMessage | None, *, actor: Actor
) -> bool:
    now = clock.now()
    roster = roster_of(session, context)
    asked_at = (roster.failed_at, roster.answered_at)
    if any(_is_within(moment, A_MOMENT, now) for moment in asked_at):
        return False
    if waiting is None:
        queue_reading(session, context)
    elif waiting.state == DeliveryState.QUEUED and waiting.due_at > now:
        waiting.due_at = now
    else:
        return False
    audit.record(session, "course_roster:ask", roster, actor=actor)
    return True


def _is_within(moment: datetime | None, span: timedelta, now: datetime) -> bool:
    return moment is not None and now - moment < span


def queue_old(session: Session) -> int:
    """Deadline: a roster of a course in use is read every day, also without launches."""
    due = session.scalars(_due().limit(PER_SWEEP)).all()
    for context in due:
        roster_of(session, context)
        queue_reading(session, context)
    return len(due)


def _due() -> sa.Select[LtiContext]:
    now = clock.now()
    target = sa.literal("lti_context/") + sa.cast(LtiContext.id, sa.Text)
    source = sa.literal("lti-context-") + sa.cast(LtiContext.id, sa.Text)
    is_under_way = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.kind == KIND,
            OutboxMessage.target == target,
            OutboxMessage.state.in_(ON_ITS_WAY),
        )
        .exists()
    )
    failed_lately = (
        select(CourseRoster.id)
        .where(
            CourseRoster.course_id == LtiContext.course_id,
            CourseRoster.source == source,
            CourseRoster.failed_at > now - TRY_FAILED_AFTER,
        )
        .exists()
    )
    in_use = (
        select(LtiMembership.id)
        .where(LtiMembership.context_id == LtiContext.id, LtiMembership.seen_at > now - IN_USE)
        .exists()
    )
    return (
        select(LtiContext)
        .join(Course, LtiContext.course_id == Course.id)
        .join(LtiDeployment, LtiContext.deployment_id == LtiDeployment.id)
        .join(LtiRegistration, LtiDeployment.registration_id == LtiRegistration.id)
        .where(
            LtiContext.memberships_url != "",
            sa.or_(
                LtiContext.roster_read_at.is_(None),
                LtiContext.roster_read_at < now - AGAIN_AFTER,
            ),
            Course.concluded_at.is_(None),
            LtiContext.concluded_at.is_(None),
            LtiDeployment.state == DeploymentState.ACTIVE,
            LtiRegistration.state == RegistrationState.ACTIVE,
            ~is_under_way,
            ~failed_lately,
            in_use,
        )
        .order_by(LtiContext.roster_read_at, LtiContext.id)
    )
