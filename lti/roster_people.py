"""Applying a list of members: who is new, who is back, who is gone from every list."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses import rosters
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import RANK, CourseRole
from careerlink.people import operations as people
from lti import first_time, identity
from lti.claim_values import User
from lti.models import (
    LtiContext,
    LtiDeployment,
    LtiMembership,
    LtiRegistration,
    LtiUser,
    RegistrationState,
)

Item = TypeVar("Item")
BATCH = 200
"""PostgreSQL has room for a few thousand locks, and every new person takes two."""


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def listed(session: Session, context: LtiContext) -> Sequence[LtiMembership]:
    """Those whom the list names, as far as it has been applied."""
    return session.scalars(
        select(LtiMembership)
        .where(LtiMembership.context_id == context.id, LtiMembership.in_roster.is_(True))
        .options(joinedload(LtiMembership.lti_user))
        .order_by(LtiMembership.id)
    ).all()


def note(
    session: Session, context: LtiContext, batch: Sequence[User], *, is_first: bool
) -> None:
    """Bring accounts, memberships and the course up to date with people who are listed.

    ``is_first``: this list has never been read whole, so that nobody on it is late.
    """
    accounts, memberships = (
        _accounts(session, context, batch),
        _memberships(session, context, batch),
    )
    touched = set()
    for user in sorted(batch, key=lambda user: user.sub):
        account = accounts.get(user.sub) or identity.find_or_add(
            session, context.deployment, user
        )
        _list(session, context, account, memberships.get(user.sub), user)
        touched.add(account.person_id)
    _weigh(session, context, touched, is_late=not is_first and _has_begun(context.course))


def drop(session: Session, context: LtiContext, gone: Sequence[LtiMembership]) -> None:
    for membership in gone:
        membership.in_roster = False
    session.flush()
    for batch in batches(gone):
        _weigh(session, context, {one.lti_user.person_id for one in batch}, is_late=False)


def _has_begun(course: Course) -> bool:
    if course.term is None:
        return True
    return clock.today(course.institution.time_zone) > course.term.starts_on


def _accounts(
    session: Session, context: LtiContext, batch: Sequence[User]
) -> dict[str, LtiUser]:
    deployment = context.deployment
    found = session.scalars(
        select(LtiUser)
        .options(joinedload(LtiUser.person))
        .where(
            LtiUser.registration_id == deployment.registration_id,
            LtiUser.institution_id == deployment.institution_id,
            LtiUser.sub.in_([user.sub for user in batch]),
        )
    )
    return {account.sub: account for account in found}


def _memberships(
    session: Session, context: LtiContext, batch: Sequence[User]
) -> dict[str, LtiMembership]:
    found = session.scalars(
        select(LtiMembership)
        .join(LtiMembership.lti_user)
        .options(joinedload(LtiMembership.lti_user))
        .where(
            LtiMembership.context_id == context.id,
            LtiUser.sub.in_([user.sub for user in batch]),
        )
    )
    return {membership.lti_user.sub: membership for membership in found}


def _list(
    session: Session,
    context: LtiContext,
    account: LtiUser,
    membership: LtiMembership | None,
    user: User,
) -> None:
    if user.roles.is_test:
        account.is_test = account.person.is_test = True
    people.refresh_person(session, account.person, **identity.told(user))
    if membership is None:
        membership = LtiMembership(context_id=context.id, lti_user_id=account.id)
        session.add(membership)
    membership.roster_role, membership.in_roster = user.roles.course, True


def _weigh(
    session: Session, context: LtiContext, person_ids: Iterable[int], *, is_late: bool
) -> None:
    """Set the course's word on each person from all of its rosters: a section's list says
    nothing about people of another section, and gone means gone from every list."""
    session.flush()
    ids, course = sorted(person_ids), context.course
    said = _said(session, course.id, ids)
    for person_id in ids:
        first_time.alone(session, "course_member", course.id, person_id)
    members = _course_members(session, course.id, ids)
    for person_id in ids:
        present = [one for one in said[person_id] if one.in_roster]
        member = members.get(person_id)
        if present:
            rosters.list_member(
                session,
                course,
                present[0].lti_user.person,
                member,
                role=_highest(present),
                is_test=any(one.lti_user.is_test for one in present),
                is_late=is_late,
            )
        elif member is not None:
            rosters.drop_member(session, course, member)
    session.flush()


def _highest(present: Sequence[LtiMembership]) -> CourseRole:
    roles = [one.roster_role or CourseRole.NONE for one in present]
    return max(roles, key=RANK.__getitem__)


def _said(session: Session, course_id: int, ids: list[int]) -> dict[int, list[LtiMembership]]:
    said: dict[int, list[LtiMembership]] = {person_id: [] for person_id in ids}
    found = session.scalars(
        select(LtiMembership)
        .join(LtiMembership.lti_user)
        .join(LtiMembership.context)
        .join(LtiContext.deployment)
        .join(LtiDeployment.registration)
        .options(joinedload(LtiMembership.lti_user).joinedload(LtiUser.person))
        .where(
            LtiContext.course_id == course_id,
            LtiUser.person_id.in_(ids),
            LtiMembership.in_roster.is_not(None),
            # A list that is read no more would keep everybody on it for ever.
            LtiRegistration.state == RegistrationState.ACTIVE,
        )
    )
    for membership in found:
        said[membership.lti_user.person_id].append(membership)
    return said


def _course_members(
    session: Session, course_id: int, ids: list[int]
) -> dict[int, CourseMember]:
    found = session.scalars(
        select(CourseMember).where(
            CourseMember.course_id == course_id, CourseMember.person_id.in_(ids)
        )
    )
    return {member.person_id: member for member in found}
