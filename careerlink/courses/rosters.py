"""What a list of members says about a course. It never deletes anybody."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole
from careerlink.people.actors import system
from careerlink.people.models import Person


def list_member(
    session: Session,
    course: Course,
    person: Person,
    member: CourseMember | None,
    *,
    role: CourseRole,
    is_test: bool,
    is_late: bool = False,
) -> CourseMember:
    """Note that a roster lists ``person`` as ``role``; who was dropped is back.

    ``is_late``: the class was known before, and its term has begun.
    """
    if member is None:
        member = CourseMember(course_id=course.id, person_id=person.id)
        session.add(member)
    member.is_test = member.is_test or is_test
    before = member.roster_role
    if before != role:
        member.roster_role = role
        if before is None and is_late and role == CourseRole.STUDENT:
            member.added_late_at = clock.now()
        session.flush()
        _record(session, "course_member:list", course, member, before=before, after=role)
    if member.dropped_at is not None:
        member.dropped_at = None
        _record(session, "course_member:return", course, member)
    return member


def drop_member(session: Session, course: Course, member: CourseMember) -> None:
    """Every roster that once listed this person says they are gone."""
    if member.dropped_at is None:
        member.dropped_at = clock.now()
        _record(session, "course_member:drop", course, member)


def note_answer(roster: CourseRoster, *, members: int) -> None:
    roster.answered_at = clock.now()
    roster.members = members
    roster.failed_at = roster.failing_since = None
    roster.problem, roster.missing, roster.missing_ids = "", 0, []


def note_problem(
    roster: CourseRoster, problem: str, *, missing_ids: Sequence[int] | None = None
) -> None:
    """What is shown instead of applied; the last good answer stays in effect.

    Without ``missing_ids`` nothing could be read: whoever was missing before still is.
    """
    roster.failed_at = clock.now()
    roster.failing_since = roster.failing_since or roster.failed_at
    if missing_ids is not None:
        roster.missing_ids, roster.missing = list(missing_ids), len(missing_ids)
    roster.problem = problem


def _record(
    session: Session,
    action: str,
    course: Course,
    member: CourseMember,
    *,
    before: CourseRole | None = None,
    after: CourseRole | None = None,
) -> None:
    audit.record(
        session,
        action,
        member,
        actor=system(course.institution_id),
        before=before,
        after=after,
        course_id=course.id,
    )
