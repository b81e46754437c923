"""Who came into a course in which role, and whether its roster should be read anew."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock, outbox
from careerlink.courses import operations as courses
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import RANK, CourseRole
from careerlink.outbox import DeliveryState, OutboxMessage
from lti import first_time
from lti.identity import is_due
from lti.known import Place
from lti.models import LtiContext, LtiMembership, LtiUser

ROSTER_KIND = "roster"
ROSTER_EVERY = timedelta(hours=6)


def enter(
    session: Session,
    context: LtiContext,
    account: LtiUser,
    known: Place,
    *,
    role: CourseRole,
    is_test: bool,
) -> None:
    """Note the membership by launch, on the platform's side and in the course."""
    membership, member = known.membership, known.member
    if membership is None or member is None:
        first_time.alone(session, "course_member", context.course_id, account.person_id)
        membership, member = _find(session, context, account)
    now = clock.now()
    if membership is None:
        membership = LtiMembership(context=context, lti_user=account, seen_at=now)
        session.add(membership)
    highest = max((membership.launch_role or CourseRole.NONE, role), key=RANK.__getitem__)
    if membership.launch_role != highest:
        membership.launch_role = highest
    if is_due(membership.seen_at, now):
        membership.seen_at = now
    courses.note_launch(
        session, context.course, account.person, member, role=role, is_test=is_test
    )
    if context.memberships_url:
        _want_roster(session, context)


def _find(
    session: Session, context: LtiContext, account: LtiUser
) -> tuple[LtiMembership | None, CourseMember | None]:
    session.flush()
    membership = session.scalar(
        select(LtiMembership).where(
            LtiMembership.context_id == context.id, LtiMembership.lti_user_id == account.id
        )
    )
    return membership, courses.find_member(session, context.course, account.person)


def roster_source(context_id: int) -> str:
    """The name of a context's roster among those of a course."""
    return f"lti-context-{context_id}"


def roster_target(context_id: int) -> str:
    return f"lti_context/{context_id}"


def _want_roster(session: Session, context: LtiContext) -> None:
    """Have the worker read the roster where the last reading is hours ago."""
    now = clock.now()
    read_at = context.roster_read_at
    if read_at is not None and now - read_at < ROSTER_EVERY:
        return
    courses.expect_roster(session, context.course, source=roster_source(context.id))
    target = roster_target(context.id)
    under_way = session.scalar(
        select(OutboxMessage.id)
        .where(
            OutboxMessage.kind == ROSTER_KIND,
            OutboxMessage.target == target,
            OutboxMessage.state.in_((DeliveryState.QUEUED, DeliveryState.SENDING)),
        )
        .limit(1)
    )
    if under_way is None:
        outbox.enqueue(
            session,
            kind=ROSTER_KIND,
            target=target,
            payload={"context_id": context.id},
            institution_id=context.course.institution_id,
        )
