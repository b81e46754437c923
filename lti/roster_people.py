"""Applying a list of members: who is new, who is back, and who may be gone."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses import rosters
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import RANK, CourseRole
from careerlink.people import operations as people
from lti import first_time, identity
from lti.claim_values import User
from lti.models import LtiContext, LtiMembership, LtiUser


def apply(
    session: Session,
    context: LtiContext,
    members: Sequence[User],
    *,
    confirmed_missing: int | None,
) -> tuple[str, int]:
    """Bring accounts, memberships and the course up to date.

    Returns a problem in words, continuing the platform's name, and how many people are
    missing. An empty list says nothing about anybody. Where more than half of the known
    members are missing, who is listed is believed and nobody is dropped, until a person
    confirms that number.
    """
    if not members:
        return "sent an empty list of members. Nobody was marked as dropped.", 0
    listed = {user.sub: user for user in sorted(members, key=lambda user: user.sub)}
    known = _memberships(session, context)
    gone = [one for one in known.values() if one.in_roster and one.lti_user.sub not in listed]
    before = sum(1 for one in known.values() if one.in_roster)
    touched = {_list(session, context, known.get(sub), user) for sub, user in listed.items()}
    is_doubtful = len(gone) * 2 > before
    if is_doubtful and (confirmed_missing is None or len(gone) > confirmed_missing):
        _weigh(session, context, touched)
        return (
            f"left out {len(gone)} of {before} known members. Nobody was marked as dropped.",
            len(gone),
        )
    for membership in gone:
        membership.in_roster = False
    _weigh(session, context, touched | {one.lti_user.person_id for one in gone})
    return "", 0


def _memberships(session: Session, context: LtiContext) -> dict[str, LtiMembership]:
    found = session.scalars(
        select(LtiMembership)
        .join(LtiMembership.lti_user)
        .options(joinedload(LtiMembership.lti_user).joinedload(LtiUser.person))
        .where(LtiMembership.context_id == context.id)
    )
    return {membership.lti_user.sub: membership for membership in found}


def _list(
    session: Session, context: LtiContext, membership: LtiMembership | None, user: User
) -> int:
    """Note one listed account, and return the person's id."""
    account = (
        membership.lti_user
        if membership is not None
        else identity.find_or_add(session, context.deployment, user)
    )
    if user.roles.is_test:
        account.is_test = account.person.is_test = True
    people.refresh_person(session, account.person, **identity.told(user))
    if membership is None:
        membership = LtiMembership(context_id=context.id, lti_user_id=account.id)
        session.add(membership)
    membership.roster_role, membership.in_roster = user.roles.course, True
    return account.person_id


def _weigh(session: Session, context: LtiContext, person_ids: Iterable[int]) -> None:
    """Set the course's word on each person from all of its rosters: a section's list says
    nothing about people of another section, and gone means gone from every list."""
    session.flush()
    ids = sorted(person_ids)
    course = context.course
    said = _said(session, course.id, ids)
    for person_id in ids:
        first_time.alone(session, "course_member", course.id, person_id)
    members = _course_members(session, course.id, ids)
    for person_id in ids:
        present = [one for one in said[person_id] if one.in_roster]
        member = members.get(person_id)
        if present:
            roles = [one.roster_role or CourseRole.NONE for one in present]
            rosters.list_member(
                session,
                course,
                present[0].lti_user.person,
                member,
                role=max(roles, key=RANK.__getitem__),
                is_test=any(one.lti_user.is_test for one in present),
            )
        elif member is not None:
            rosters.drop_member(session, course, member)
    session.flush()


def _said(session: Session, course_id: int, ids: list[int]) -> dict[int, list[LtiMembership]]:
    said: dict[int, list[LtiMembership]] = {person_id: [] for person_id in ids}
    for batch in _batches(ids):
        found = session.scalars(
            select(LtiMembership)
            .join(LtiMembership.lti_user)
            .join(LtiMembership.context)
            .options(joinedload(LtiMembership.lti_user).joinedload(LtiUser.person))
            .where(
                LtiContext.course_id == course_id,
                LtiUser.person_id.in_(batch),
                LtiMembership.in_roster.is_not(None),
            )
        )
        for membership in found:
            said[membership.lti_user.person_id].append(membership)
    return said


def _course_members(
    session: Session, course_id: int, ids: list[int]
) -> dict[int, CourseMember]:
    return {
        member.person_id: member
        for batch in _batches(ids)
        for member in session.scalars(
            select(CourseMember).where(
                CourseMember.course_id == course_id, CourseMember.person_id.in_(batch)
            )
        )
    }


def _batches(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))
