"""Who is gone from a list: believed where the list can be whole, else asked about.

A false alarm costs a person one look at a few names; a class that was dropped because a
platform sent half a list costs trust. So one person who leaves is believed, and also several
while most stay. The rest waits until somebody says that these very people really left.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses.models import CourseRoster
from careerlink.courses.roles import CourseRole
from careerlink.errors import ChangedMeanwhile, NotPermitted, NotPossible
from careerlink.outbox import OutboxMessage
from careerlink.people.actors import Actor
from lti import roster_people, roster_queue
from lti.claim_values import User
from lti.models import LtiContext, LtiMembership

SEVERAL = 2


@dataclass(frozen=True)
class Held:
    problem: str
    """In words that continue the platform's name."""
    missing_ids: list[int]


def is_doubtful(known: Collection[CourseRole], gone: Collection[CourseRole]) -> bool:
    """May this list be less than the whole? By the roles of those known and those left out.

    Students are also weighed by themselves: a teacher who is still listed says nothing about
    them. Where two or three make the class, one may go any day, and two at once are asked
    about.
    """
    if not gone:
        return False
    students = [role for role in known if role == CourseRole.STUDENT]
    gone_students = [role for role in gone if role == CourseRole.STUDENT]
    return (
        len(gone) == len(known)
        or _is_most(len(gone), len(known))
        or _is_most(len(gone_students), len(students))
    )


def _is_most(gone: int, known: int) -> bool:
    """One of two pages is half a list, so half is too much already."""
    return gone >= SEVERAL and gone * 2 >= known


def settle(
    session: Session,
    context: LtiContext,
    members: Sequence[User],
    before: Collection[str],
    *,
    confirmed: Collection[int],
) -> Held | None:
    """Mark as gone who is, or say who is missing for how long nobody said so.

    ``before`` are the accounts that the list before this one named; ``confirmed`` the persons
    of whom somebody said that they really left.
    """
    known, listed = roster_people.listed(session, context), {user.sub for user in members}
    gone = [one for one in known if one.lti_user.sub not in listed]
    said = [one for one in gone if one.lti_user.person_id in confirmed]
    unsaid = [one for one in gone if one.lti_user.person_id not in confirmed]
    others = [one for one in known if one.lti_user.sub in before and one not in said]
    is_held = is_doubtful(_roles(others), _roles(unsaid))
    roster_people.drop(session, context, said if is_held else gone)
    if is_held:
        missing = sorted({one.lti_user.person_id for one in unsaid})
        return Held(_problem(members, len(missing), len(others), bool(said)), missing)
    if not members and not _knew_anybody(session, context):
        return Held("sent an empty list of members.", [])
    return None


def _roles(memberships: Collection[LtiMembership]) -> list[CourseRole]:
    return [one.roster_role or CourseRole.NONE for one in memberships]


def _problem(members: Sequence[User], missing: int, known: int, others_went: bool) -> str:
    if not members:
        told = "sent an empty list of members."
    else:
        told = f"left out {missing} {'more ' if others_went else ''}of {known} known members."
    return f"{told} {'These' if others_went else 'Nobody'} {_WAS[others_went]}"


_WAS = {False: "was marked as dropped.", True: "were not marked as dropped."}


def _knew_anybody(session: Session, context: LtiContext) -> bool:
    """An empty list is no news where everybody it ever named has left."""
    found = select(LtiMembership.id).where(
        LtiMembership.context_id == context.id, LtiMembership.in_roster.is_not(None)
    )
    return session.scalar(found.limit(1)) is not None


def fingerprint(roster: CourseRoster) -> str:
    """Stands for the very people who are missing now."""
    people = ",".join(map(str, sorted(roster.missing_ids)))
    return sha256(f"{roster.id}:{people}".encode()).hexdigest()[:32]


def confirm_departures(
    session: Session, context: LtiContext, *, actor: Actor, shown: str
) -> OutboxMessage:
    """Have the list read anew, and believed about the people who were shown, nobody else.

    :raises ChangedMeanwhile: the list was read since, and other people are missing now.
    """
    course = context.course
    may = actor.is_instructor(course.id) or actor.is_staff or actor.is_system
    if not may or actor.looks_only or actor.institution_id != course.institution_id:
        raise NotPermitted("Instructors of the course and career staff may say who left.")
    if roster_queue.is_over(context):
        raise NotPossible(roster_queue.CONCLUDED)
    roster = roster_queue.roster_of(session, context)
    if shown != fingerprint(roster) or not roster.missing_ids:
        raise ChangedMeanwhile("The list was read again since you opened this page.")
    audit.record(
        session, "course_roster:confirm", roster, actor=actor, missing=roster.missing_ids
    )
    return roster_queue.queue_reading(session, context, confirmed=roster.missing_ids)
