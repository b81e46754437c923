"""Who came into a course in which role, and whether its roster should be read anew."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses import operations as courses
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import RANK, CourseRole
from lti import first_time, roster_queue
from lti.identity import is_due
from lti.known import Place
from lti.models import LtiContext, LtiMembership, LtiUser


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
    roster_queue.want(session, context)


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
